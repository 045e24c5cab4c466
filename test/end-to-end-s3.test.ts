import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { exitCodeOf } from '../src/cli/exit-code.ts';
import { deliver } from '../src/delivery/deliver.ts';
import { withResource } from '../src/lib/with-resource.ts';
import { deliverOutput, doctorOutput, runOutput } from '../src/shapes/shapes.ts';
import { commandsOf } from './support/cli-here.ts';
import { freePort } from './support/postgres.ts';
import { device, impression, makeProject, mapping, type Project } from './support/project.ts';
import { type S3Server, s3Error, startS3Server } from './support/s3-server.ts';
import { SECRET, stageIn } from './support/s3-stage.ts';
import { configRow, openProject, seed } from './support/seed.ts';
import { type SshServer, startSshd } from './support/sshd.ts';

/**
 * The main job with its files staged in S3: warehouse, bucket, partner's sshd, ledger. In processes of its own where that matters, the
 * rest within this one, since a process takes longer to start than its command to run.
 */

const AT = '2026-02-18T12:00:00Z';
const FOLDER = '1480/4711/liveramp-us/2026-W08';

let sshd: SshServer;
let s3: S3Server;
/** Data for each test to copy. */
let loaded: Project;
beforeAll(async () => {
  [sshd, s3] = await Promise.all([startSshd(), startS3Server()]);
  loaded = makeProject(settings('/nowhere', { bucket: 'no-such-bucket' }));
  await seed(loaded, new Date(AT), {
    AD_IMPRESSION_LOG_V2: [1, 2, 3].map((n) => impression(device(n), { at: '2026-02-17T10:00:00Z' })),
    PIXEL_CAMPAIGN_MAPPING_V2: [mapping('4711')],
    REF_ADVERTISER_CONFIG: [configRow('4711', [{ destination: 'liveramp-us', segmentId: '1480_4711_30D' }])],
  });
});
afterAll(async () => {
  loaded[Symbol.dispose]();
  await Promise.all([sshd.stop(), s3[Symbol.asyncDispose]()]);
});

interface StagePlace {
  readonly bucket: string;
  readonly endpoint?: string;
  /** Further lines of the stage's settings. */
  readonly more?: string;
}

function settings(inbox: string, { bucket, endpoint = s3.endpoint, more = '' }: StagePlace): string {
  return `
stage:
  type: s3
  bucket: ${bucket}
  region: us-east-1
  endpoint: ${endpoint}
  forcePathStyle: true
${more}
destinations:
  liveramp-us:
    type: liveramp-sftp
    host: 127.0.0.1
    port: ${sshd.port}
    username: ${sshd.username}
    privateKey: file:${sshd.privateKey}
    hostKeys: ['${sshd.hostKeys.ed25519}']
    folder: ${inbox}
    minRows: 1
policy: { minAudience: 2 }
`;
}

const BY_REFERENCE = '  prefix: aquarius/test\n  accessKeyId: env:STAGE_KEY\n  secretAccessKey: env:STAGE_SECRET';

let project: Project;
let here: ReturnType<typeof commandsOf>;
let inbox: string;
let bucket: string;
let serial = 0;
beforeEach(() => {
  inbox = join(sshd.root, `inbox-${serial++}`);
  mkdirSync(inbox);
  sshd.grant(inbox);
  bucket = s3.newBucket();
  project = makeProject(settings(inbox, { bucket, more: BY_REFERENCE }), loaded);
  project.env.STAGE_KEY = s3.accessKeyId;
  project.env.STAGE_SECRET = SECRET;
  here = commandsOf(project);
});
afterEach(() => project[Symbol.dispose]());

const received = (): readonly string[] => readdirSync(inbox).sort();
const deliverArgs = ['deliver', '--at', AT, '--json'] as const;

async function stagedKeys(): Promise<readonly string[]> {
  const stage = stageIn(s3, bucket, { prefix: 'aquarius/test' });
  return (await stage.list('')).map(({ key }) => key);
}

/** Local files of the data directory, but for the stores. */
function localFiles(): readonly string[] {
  return readdirSync(project.path('.aquarius'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^(warehouse\.duckdb|control\.db)/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

describe('with the stage in S3', () => {
  test('the partner gets what the bucket has, streamed from it, and the manifest goes last and says what the ledger says', async () => {
    const heldLocally: string[] = [];
    let reads = 0;
    s3.inject({
      when: (request) => request.operation === 'GetObject' && request.bucket === bucket,
      times: Number.MAX_SAFE_INTEGER,
      answer: ({ forward }) => {
        reads += 1;
        heldLocally.push(...localFiles());
        return forward();
      },
    });
    const { runs } = deliverOutput.parse((await project.done(...deliverArgs)).json());
    expect(runs).toMatchObject([{ state: 'delivered', rows: 3 }]);
    const [run] = runs;
    const name = run?.files[0]?.name ?? '';
    const prefix = `${FOLDER}/${run?.runId}`;

    // While the partner was being sent the file, this machine had no copy of it.
    expect(reads).toBe(1);
    expect(heldLocally).toEqual([]);
    expect(existsSync(project.path('.aquarius/stage'))).toBe(false);

    expect(await stagedKeys()).toEqual([`${prefix}/${name}`, `${prefix}/manifest.json`].sort());
    const puts = s3.requests.filter((request) => request.bucket === bucket && request.operation === 'PutObject');
    expect(puts.map(({ key }) => key)).toEqual([`aquarius/test/${prefix}/${name}`, `aquarius/test/${prefix}/manifest.json`]);

    const stage = stageIn(s3, bucket, { prefix: 'aquarius/test' });
    expect(received()).toEqual([name]);
    expect(readFileSync(join(inbox, name), 'utf8')).toBe(await text(await stage.open(`${prefix}/${name}`)));
    const manifest: unknown = JSON.parse(await text(await stage.open(`${prefix}/manifest.json`)));
    const shown = runOutput.parse((await project.done('runs', 'show', run?.runId ?? '', '--json')).json());
    expect(shown.manifest).toEqual(manifest);
    expect(manifest).toMatchObject({ runId: run?.runId, slot: '2026-W08', rows: 3, files: run?.files });

    const again = deliverOutput.parse((await project.done(...deliverArgs)).json());
    expect(again.runs).toEqual([]);
    expect(s3.requests.filter((request) => request.bucket === bucket && request.operation === 'PutObject')).toHaveLength(2);
  });

  test('credentials in the AWS variables of the environment are found without any reference, and doctor is content', async () => {
    project.write('aquarius.yaml', settings(inbox, { bucket }));
    delete project.env.STAGE_KEY;
    project.env.AWS_ACCESS_KEY_ID = s3.accessKeyId;
    project.env.AWS_SECRET_ACCESS_KEY = SECRET;
    await project.done(...deliverArgs);
    expect(received()).toHaveLength(1);
    const { checks } = doctorOutput.parse((await project.done('doctor', '--json')).json());
    expect(checks.find(({ check }) => check === 'stage')).toMatchObject({ status: 'ok' });
  });

  test('other bytes under the key are a clear conflict and stay as they are; the next call stages under a key of its own', async () => {
    s3.inject({
      when: (request) => request.operation === 'PutObject' && request.bucket === bucket && request.key.includes('.psv'),
      async answer({ request, forward }) {
        await s3.seed(bucket, request.key, 'somebody else was here');
        return forward();
      },
    });
    const refused = await here.run(...deliverArgs);
    expect(refused.code).toBe(65);
    const { runs } = deliverOutput.parse(refused.json());
    expect(runs).toMatchObject([{ state: 'failed', attempts: 1, error: { kind: 'rejected', code: 'stage_conflict' } }]);
    expect(refused.stderr).toContain('already holds other bytes');
    expect(refused.stderr).toContain('→');
    expect(received()).toEqual([]);

    const again = deliverOutput.parse((await here.done(...deliverArgs)).json());
    expect(again.runs).toMatchObject([{ runId: runs[0]?.runId, state: 'delivered', attempts: 2 }]);
    expect(received()).toHaveLength(1);
    expect(readFileSync(join(inbox, received()[0] ?? ''), 'utf8')).not.toContain('somebody');
  });

  test('a set whose object was replaced in the bucket is not sent; it is made anew', async () => {
    const output = project.write(
      'wrong-key.yaml',
      settings(inbox, { bucket, more: BY_REFERENCE }).replace(/ssh-ed25519 [^']+/, WRONG_KEY),
    );
    const failed = deliverOutput.parse((await here.run('--config', output, ...deliverArgs)).json());
    const [file] = failed.runs[0]?.files ?? [];
    const key = `aquarius/test/${FOLDER}/${failed.runs[0]?.runId}/${file?.name}`;
    await s3.seed(bucket, key, 'x'.repeat(file?.bytes ?? 0), { 'x-amz-meta-sha256': '0'.repeat(64) });
    const { runs } = deliverOutput.parse((await here.done(...deliverArgs)).json());
    expect(runs).toMatchObject([{ runId: failed.runs[0]?.runId, state: 'delivered' }]);
    expect(runs[0]?.files[0]?.name).not.toBe(file?.name);
    expect(readFileSync(join(inbox, received()[0] ?? ''), 'utf8')).toContain('1480_4711_30D');
  });
});

const WRONG_KEY = 'SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

describe('when the bucket is not to be had', () => {
  test('a missing bucket must be made by somebody: exit code 78, with a hint', async () => {
    project.write('aquarius.yaml', settings(inbox, { bucket: 'no-such-bucket', more: BY_REFERENCE }));
    const result = await here.run(...deliverArgs);
    expect(result.code).toBe(78);
    expect(deliverOutput.parse(result.json()).runs).toMatchObject([
      { state: 'failed', attempts: 1, error: { kind: 'config', code: 'stage_bucket_missing' } },
    ]);
    expect(result.stderr).toContain('no-such-bucket');
    expect(result.stderr).toContain('→');
    const doctor = await here.run('doctor', '--json');
    expect(doctor.code).toBe(78);
    const { checks } = doctorOutput.parse(doctor.json());
    expect(checks.find(({ check }) => check === 'stage')).toMatchObject({ status: 'error', hint: expect.any(String) });
    expect(received()).toEqual([]);
  });

  test('an endpoint that nobody answers at is a passing failure: exit code 75, and the next call delivers', async () => {
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    project.write('nowhere.yaml', settings(inbox, { bucket, endpoint: nowhere, more: BY_REFERENCE }));
    const doctor = await here.run('--config', project.path('nowhere.yaml'), 'doctor', '--json');
    expect(doctor.code).toBe(75);
    // In this process, where the pauses between the attempts need not be waited out.
    await withResource(openProject(project, { at: new Date(AT), settings: 'nowhere.yaml' }), async (app) => {
      const pauses: number[] = [];
      const engine = { ...(await app.engine()), random: () => 0.5, sleep: async (ms: number) => void pauses.push(ms) };
      const { runs } = await deliver(engine, { at: new Date(AT), force: false }, { onRun: () => QUIET });
      expect(runs.map(({ failure }) => exitCodeOf(failure))).toEqual([75]);
      expect(runs[0]?.run).toMatchObject({
        state: 'extracting',
        attempts: 4,
        error: { kind: 'transient', code: 'stage_unreachable' },
      });
      expect(pauses).toEqual([5_000, 10_000, 20_000]);
    });
    expect(deliverOutput.parse((await here.done(...deliverArgs)).json()).runs).toMatchObject([{ state: 'delivered', rows: 3 }]);
    expect(received()).toHaveLength(1);
  });

  test('a bucket that refuses to be written tells the right that is missing, and no key', async () => {
    s3.inject({
      when: (request) => request.operation === 'PutObject' && request.bucket === bucket,
      times: Number.MAX_SAFE_INTEGER,
      answer: () => s3Error(403, 'AccessDenied', 'Access Denied'),
    });
    const result = await here.run(...deliverArgs);
    expect(result.code).toBe(78);
    expect(result.stderr).toContain('s3:PutObject');
    for (const secret of [SECRET, s3.accessKeyId]) expect(result.stdout + result.stderr).not.toContain(secret);
  });
});

const QUIET = { step: () => {}, share: () => {}, amount: () => {} };
