import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DeliverOutcome, deliver } from '../src/delivery/deliver.ts';
import { withResource } from '../src/lib/with-resource.ts';
import type { HttpStandIn } from './standins/http-standin.ts';
import { META_ACCOUNT, META_TOKEN, metaStandIn } from './standins/meta-server.ts';
import { ttdServer } from './standins/ttd-server.ts';
import { device, impression, makeProject, mapping, type Project } from './support/project.ts';
import { configRow, openProject, seed } from './support/seed.ts';
import { type SftpPlace, sftpPlace } from './support/sftp-settings.ts';

/** One audience to LiveRamp, The Trade Desk and Meta at once, and all that reached them. */

const AT = new Date('2026-02-18T12:00:00Z');
const TTD_TOKEN = 'a-token-of-the-trade-desk';
const SENT = [1, 2, 3].map(device);
const SUPPRESSED = [4, 5, 6].map(device);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const plain = (id: string): string => id.replaceAll('-', '');
/** A device as a partner could be told of it. */
const spellings = (id: string): readonly string[] =>
  [id, id.toUpperCase(), plain(id), plain(id).toUpperCase()].flatMap((text) => [text, sha256(text)]);

let project: Project;
let sftp: SftpPlace;
let standIns: readonly HttpStandIn[];
let outcome: DeliverOutcome;
/** Every byte that reached each partner: files, addresses and bodies of calls. */
const arrived = { liveramp: '', ttd: '', meta: '' };

/** Keeps whatever a stand-in is sent; it never fails a call. */
function overhear(standIn: HttpStandIn, as: 'ttd' | 'meta'): void {
  standIn.fail(['reset-before'], ({ path, body }) => {
    arrived[as] += `${path}\n${body.toString('latin1')}\n`;
    return false;
  });
}

beforeAll(async () => {
  const [ttd, meta] = await Promise.all([ttdServer({ tokens: { [TTD_TOKEN]: ['adv1'] } }), metaStandIn()]);
  standIns = [ttd, meta];
  overhear(ttd, 'ttd');
  overhear(meta, 'meta');
  sftp = await sftpPlace();
  const destinations = {
    liveramp: { ...sftp.written, minRows: 1 },
    ttd: {
      type: 'ttd-api',
      mode: 'advertiser',
      advertiserId: 'adv1',
      token: 'env:TTD_TOKEN',
      url: ttd.url,
      deletionUrl: ttd.url,
    },
    meta: {
      type: 'meta-custom-audience',
      adAccountId: META_ACCOUNT,
      accessToken: 'env:META_TOKEN',
      baseUrl: meta.url,
      createAudience: true,
      customerFileSource: 'PARTNER_PROVIDED_ONLY',
    },
  };
  project = makeProject(JSON.stringify({ destinations, policy: { minAudience: 1 } }));
  Object.assign(project.env, { TTD_TOKEN, META_TOKEN, PARTNER_KEY: sftp.key.privateKey });
  await seed(project, AT, {
    AD_IMPRESSION_LOG_V2: [...SENT, ...SUPPRESSED].map((id) => impression(id, { at: '2026-02-17T10:00:00Z', type: 'IDFA' })),
    PIXEL_CAMPAIGN_MAPPING_V2: [mapping('4711')],
    SUPPRESSION: [
      { IDENTIFIER_TYPE: 'IDFA', IDENTIFIER_VALUE: SUPPRESSED[0]?.toUpperCase(), AGENCY_ID: '1480' },
      { IDENTIFIER_TYPE: 'MAID', IDENTIFIER_VALUE: sha256(SUPPRESSED[1] ?? ''), AGENCY_ID: null },
      { IDENTIFIER_TYPE: '*', IDENTIFIER_VALUE: plain(SUPPRESSED[2] ?? ''), AGENCY_ID: '*' },
    ],
    REF_ADVERTISER_CONFIG: [
      configRow(
        '4711',
        Object.keys(destinations).map((destination) => ({ destination })),
      ),
    ],
  });
  const progress = { step: () => {}, share: () => {}, amount: () => {} };
  outcome = await withResource(openProject(project, { at: AT }), async (app) =>
    deliver(await app.engine(), { at: AT, force: false }, { onRun: () => progress }),
  );
  arrived.liveramp = [...sftp.server.files.keys()].map((path) => `${path}\n${sftp.stored(path)?.toString('latin1')}`).join('\n');
});
afterAll(async () => {
  project[Symbol.dispose]();
  await Promise.all([...standIns, sftp].map((one) => one[Symbol.asyncDispose]()));
});

describe('one audience to LiveRamp, The Trade Desk and Meta', () => {
  test('arrives at each, without those who are suppressed', () => {
    const told = outcome.runs.map(({ run }) => [run.delivery.destination, run.state, run.written, run.suppressed]);
    expect(told.toSorted()).toEqual(['liveramp', 'meta', 'ttd'].map((name) => [name, 'delivered', 3, 3]));
    for (const text of Object.values(arrived))
      for (const id of SENT) expect(spellings(id).some((spelling) => text.includes(spelling))).toBe(true);
  });

  test('ID-09: whoever is suppressed, as itself or by a hash, is in no file, no address and no body', () => {
    for (const [partner, text] of Object.entries(arrived)) {
      const found = SUPPRESSED.flatMap(spellings).filter((spelling) => text.includes(spelling));
      expect([partner, found]).toEqual([partner, []]);
    }
  });

  test('ID-03: the same stored id is upper case for LiveRamp and lower case for Meta', () => {
    for (const id of SENT) {
      expect([arrived.liveramp.includes(id.toUpperCase()), arrived.liveramp.includes(id)]).toEqual([true, false]);
      expect([arrived.meta.includes(id), arrived.meta.includes(id.toUpperCase())]).toEqual([true, false]);
    }
  });
});
