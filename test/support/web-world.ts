import { mkdirSync } from 'node:fs';
import { openApp } from '../../src/app.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { openLog } from '../../src/lib/log.ts';
import { serve } from '../../src/serve/serve.ts';
import { device, impression, makeProject, mapping } from './project.ts';
import { configRow, seed } from './seed.ts';

/** A server with its pages, in this process, over a small world in which there is something of everything. */

export const TOKEN = 'a-token-of-a-test';

/** Which advertisers there are, by what becomes of them. */
export const ADVERTISERS = {
  /** Waits for a person; goes out once it may. */
  waiting: '4711',
  /** Waits for a person; its partner cannot be reached. */
  unreachable: '4712',
  /** Has too few people: it is skipped. */
  small: '4713',
  /** Is switched on without a segment that can be cut. */
  blocked: '4714',
} as const;

export interface WebWorld extends AsyncDisposable {
  readonly url: string;
  /** Calls the API with the token. */
  // biome-ignore lint/suspicious/noExplicitAny: what came over the wire is whatever it is.
  api(path: string, body?: unknown): Promise<any>;
  /** The newest run of an advertiser, once it is as `wanted` says. */
  run(advertiser: string, wanted: (run: { readonly state: string; readonly hold: unknown }) => boolean): Promise<string>;
}

const SETTINGS = `
destinations:
  archive: { type: folder, path: archive }
  elsewhere: { type: folder, path: nowhere }
policy: { minAudience: 5 }
guards: { approveFirstRun: true }
`;

type Tables = Parameters<typeof seed>[2];

/** `tables` says what else there is, given when rows of that hour ago came in (ISO 8601). */
export async function startWeb(tables: (at: string) => Tables = () => ({})): Promise<WebWorld> {
  const project = makeProject(SETTINGS);
  mkdirSync(project.path('.aquarius/archive'), { recursive: true });
  const at = new Date(Date.now() - 3_600_000).toISOString();
  const people = (first: number, count: number, dspAdvertiser: string) =>
    Array.from({ length: count }, (_, index) => impression(device(first + index), { at, dspAdvertiser }));
  const { waiting, unreachable, small, blocked } = ADVERTISERS;
  await seed(project, new Date(), tables(at));
  await seed(project, new Date(), {
    REF_ADVERTISER_CONFIG: [
      configRow(waiting, [{ destination: 'archive' }], { ADVERTISER_DISPLAY_NAME: 'Harbor <b>& Sons</b>' }),
      configRow(unreachable, [{ destination: 'elsewhere' }]),
      configRow(small, [{ destination: 'archive' }]),
      configRow(blocked, [{ destination: 'archive' }], { EXPOSURE_SOURCE: 'CAMPAIGN_PERFORMANCE' }),
    ],
    PIXEL_CAMPAIGN_MAPPING_V2: [mapping(waiting, 'D1'), mapping(unreachable, 'D2'), mapping(small, 'D3')],
    AD_IMPRESSION_LOG_V2: [...people(1, 40, 'D1'), ...people(101, 20, 'D2'), ...people(201, 2, 'D3')],
  });
  const app = await openApp({
    home: project.path('.aquarius'),
    file: project.path('aquarius.yaml'),
    env: project.env,
    clock: systemClock,
    log: openLog('silent'),
    mode: 'write',
    signal: new AbortController().signal,
  });
  const stopping = new AbortController();
  const listening = Promise.withResolvers<string>();
  const served = serve(app, {
    host: '127.0.0.1',
    port: 0,
    token: TOKEN,
    stopping: stopping.signal,
    runCommand: async () => 0,
    onBuildingPages: () => {},
    onListening: async (url) => listening.resolve(url),
  });
  served.catch(listening.reject);
  const url = await listening.promise;
  const api: WebWorld['api'] = async (path, body) => {
    const response = await fetch(`${url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return response.json();
  };
  return {
    url,
    api,
    async run(advertiser, wanted) {
      for (;;) {
        const { runs } = await api(`/api/delivery/runs?advertiserId=${advertiser}&limit=1`);
        if (runs[0] !== undefined && wanted(runs[0])) return runs[0].runId;
        // The scheduler has its own pace.
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await served;
      await app[Symbol.asyncDispose]();
      project[Symbol.dispose]();
    },
  };
}
