import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { Readable } from 'node:stream';
import * as openpgp from 'openpgp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseSettings } from '../src/config/parse-settings.ts';
import { fileGroups } from '../src/delivery/file-groups.ts';
import type { Ctx, ReadableSet } from '../src/destinations/destination.ts';
import { presetSchema } from '../src/destinations/partner-file/form.ts';
import { partnerFile } from '../src/destinations/partner-file/partner-file.ts';
import { PRESETS } from '../src/destinations/partner-file/presets.ts';
import type { Membership } from '../src/format/layout.ts';
import { systemClock } from '../src/lib/clock.ts';
import { destinationConformance } from './conformance/destination.ts';
import { partnerInbox } from './standins/partner-inbox.ts';
import type { SftpStandIn } from './standins/sftp-server.ts';
import { memberships, PLANNED_AT } from './support/format.ts';
import { cutFiles, cutSet, layoutOf, partnerSettings } from './support/partner-set.ts';
import { bucketSecrets, bucketSettings } from './support/s3-destination.ts';
import { type S3Server, startS3Server } from './support/s3-server.ts';
import { sftpPlace } from './support/sftp-settings.ts';
import { failureOf } from './support/stage-files.ts';
import { stagedFile, stagedSet, testCtx } from './support/staged-set.ts';

const COLUMNS = [
  { header: 'id', value: 'identifier' },
  { header: 'type', value: 'type' },
];

let s3: S3Server;
beforeAll(async () => {
  s3 = await startS3Server();
});
afterAll(() => s3[Symbol.asyncDispose]());

destinationConformance('partner-file in a folder', partnerFile, async () => {
  const above = mkdtempSync(join(tmpdir(), 'aquarius-partner-'));
  const path = join(above, 'partner');
  mkdirSync(path);
  const settings = { type: 'partner-file', via: { type: 'folder', path }, columns: COLUMNS };
  const missing = { ...settings, via: { type: 'folder', path: join(above, 'missing') } };
  return {
    settings,
    secrets: {},
    canaries: [],
    broken: [{ name: 'no folder', settings: missing, kind: 'config', code: 'folder_missing' }],
    read: async (name) => (readdirSync(path).includes(name) ? readFileSync(join(path, name)) : null),
    put: async (name, content) => writeFileSync(join(path, name), content),
    snapshot: async () =>
      Object.fromEntries(
        readdirSync(path).map((name) => {
          const { ino, mtimeNs } = statSync(join(path, name), { bigint: true });
          return [name, `${ino} ${mtimeNs}`];
        }),
      ),
    [Symbol.asyncDispose]: async () => rmSync(above, { recursive: true, force: true }),
  };
});

destinationConformance('partner-file over SFTP with a suffix while sending', partnerFile, async () => {
  const place = await sftpPlace();
  const via = { ...place.written, type: 'sftp', temp: 'suffix', tempSuffix: '.UPLOADING' };
  const settings = { type: 'partner-file', via, columns: COLUMNS };
  const { files } = place.server;
  return {
    settings,
    secrets: place.secrets,
    canaries: [],
    broken: [
      {
        name: 'folder',
        settings: { ...settings, via: { ...via, folder: '/out' } },
        kind: 'config',
        code: 'sftp_folder_missing',
      },
    ],
    read: async (name) => place.stored(`/in/${name}`),
    put: async (name, content) => {
      files.set(`/in/${name}`, { data: content, size: content.length, modified: 1_800_000_000 });
    },
    snapshot: async () =>
      Object.fromEntries([...files].map(([path, { data, size }]) => [posix.basename(path), sha256(data.subarray(0, size))])),
    [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
  };
});

destinationConformance('partner-file in a bucket', partnerFile, async () => {
  const bucket = s3.newBucket();
  const via = { type: 's3', ...bucketSettings(s3, bucket) };
  const settings = { type: 'partner-file', via, columns: COLUMNS };
  return {
    settings,
    secrets: bucketSecrets(s3),
    canaries: [],
    broken: [
      {
        name: 'bucket',
        settings: { ...settings, via: { ...via, bucket: 'no-such' } },
        kind: 'config',
        code: 's3_bucket_missing',
      },
    ],
    read: (name) => s3.read(bucket, name),
    put: (name, content) => s3.seed(bucket, name, content),
    snapshot: () => s3.objects(bucket),
    [Symbol.asyncDispose]: async () => {},
  };
});

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

const HEADER = ['device_id', 'id_type', 'segment_id', 'segment_name', 'action', 'event_ts', 'expires_at'];
const WORDS = ['IDFA', 'GAID', 'IP', 'RAMPID', 'UID2', 'UUID2'];
const HOUR_MS = 3_600_000;

const newInbox = (idTypes = WORDS) => partnerInbox({ delimiter: ',', header: HEADER, idTypes, timeoutMs: HOUR_MS });

const gaids = (count: number): Membership[] => memberships(count, 'GAID');
const bothTypes = [...memberships(30), ...gaids(20)];

/** A partner's SFTP server whose inbox is looked at whenever a name comes or goes and whenever bytes are acknowledged. */
async function watchedPlace(inbox = newInbox()) {
  const place = await sftpPlace();
  const { files } = place.server;
  const look = () => inbox.look(visibleIn(place.server));
  const set = files.set.bind(files);
  files.set = (path, file) => {
    set(path, file);
    look();
    return files;
  };
  const written = (more: object = {}, via: object = {}) => ({
    preset: 'paramount',
    via: { ...place.written, type: 'sftp', ...via },
    ...more,
  });
  const ctx: Ctx = { ...place.ctx(), onProgress: look };
  return {
    place,
    inbox,
    written,
    ctx,
    deliver: (delivered: ReadableSet, more: object = {}, via: object = {}) =>
      partnerFile.deliver(delivered, partnerSettings(written(more, via)), ctx),
    visible: () => visibleIn(place.server),
    [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
  };
}

function visibleIn({ files }: SftpStandIn): Map<string, Buffer> {
  return new Map([...files].map(([path, { data, size }]) => [posix.basename(path), Buffer.from(data.subarray(0, size))]));
}

/** A file whose source breaks half-way. */
function broken(set: ReadableSet, name: string): ReadableSet {
  const files = set.files.map((file) =>
    file.name === name
      ? {
          ...file,
          open: async () =>
            Readable.from(
              (async function* () {
                yield Buffer.concat(await (await file.open()).toArray()).subarray(0, 100);
                throw new Error('the store went away');
              })(),
              { objectMode: false },
            ),
        }
      : file,
  );
  return { ...set, files };
}

describe('a strict partner', () => {
  test('PM-01 data, manifest and done marker arrive in that order, and are taken in', async () => {
    await using at = await watchedPlace();
    const set = await cutSet(at.written({ filePer: 'identifierType' }), bothTypes);
    const receipt = await at.deliver(set, { filePer: 'identifierType' }, { connections: 2 });
    const names = at.place.server.requests
      .filter((request) => request.startsWith('RENAME'))
      .map((request) => posix.basename(request.split(' ')[2] ?? ''));
    const data = set.files.map(({ name }) => name);
    expect(data).toHaveLength(2);
    expect(names.slice(0, 2).sort()).toEqual([...data].sort());
    expect(names.slice(2)).toEqual([...data.map((name) => `${name}.manifest.json`), ...data.map((name) => `${name}.done`)]);
    expect(at.inbox.refusals).toEqual([]);
    expect(at.inbox.loads.map(({ accepted }) => accepted.length).sort()).toEqual([20, 30]);
    expect(receipt).toMatchObject({ accepted: 50, rejected: 0 });
    expect(receipt.files.map(({ name }) => name).sort()).toEqual([...names].sort());
  });

  test('PM-02 a done marker before its data is ignored, then alerted about; ours never comes before its data', async () => {
    const inbox = newInbox();
    await using at = await watchedPlace();
    const set = await cutSet(at.written(), bothTypes);
    await at.deliver(set);
    const whole = at.visible();
    const [name = ''] = set.files.map((file) => file.name);
    const early = new Map([[`${name}.done`, Buffer.alloc(0)]]);
    inbox.look(early, 0);
    inbox.look(early, HOUR_MS);
    expect([inbox.loads, inbox.alerts]).toEqual([[], []]);
    inbox.look(early, HOUR_MS + 1);
    expect(inbox.alerts).toEqual([name]);
    inbox.look(whole, HOUR_MS + 2);
    expect(inbox.loads).toHaveLength(1);

    await using other = await watchedPlace();
    const parts = await cutSet(other.written({ filePer: 'identifierType' }), bothTypes);
    const failing = broken(parts, parts.files[1]?.name ?? '');
    await failureOf(other.deliver(failing, { filePer: 'identifierType' }));
    expect([...other.visible().keys()]).toEqual([parts.files[0]?.name]);
    await other.deliver(parts, { filePer: 'identifierType' });
    expect(other.inbox.loads).toHaveLength(2);
    expect(other.inbox.alerts).toEqual([]);
  });

  test('PM-03 a manifest with other rows than the data is refused; ours adds up', async () => {
    await using at = await watchedPlace();
    const set = await cutSet(at.written(), bothTypes);
    await at.deliver(set);
    const [name = ''] = set.files.map((file) => file.name);
    const manifest = JSON.parse(String(at.visible().get(`${name}.manifest.json`)));
    expect(manifest).toMatchObject({
      schemaVersion: 1,
      runId: 'run-1',
      window: { from: null, to: '2026-11-23T06:00:00Z' },
      rows: 50,
      semantics: 'add',
      refresh: 'full',
      files: [{ name, rows: 50, action: 'ADD', identifierTypes: { IDFA: 30, GAID: 20 } }],
    });
    const inbox = newInbox();
    manifest.rows = manifest.files[0].rows = 51;
    inbox.look(at.visible().set(`${name}.manifest.json`, Buffer.from(JSON.stringify(manifest))));
    expect(inbox).toMatchObject({ loads: [], refusals: [{ file: name, reason: 'rows' }] });
  });

  test('PM-04 data with another SHA-256 is refused, and a stage that was changed is never delivered', async () => {
    await using at = await watchedPlace();
    const set = await cutSet(at.written(), bothTypes);
    const [file] = set.files;
    const stored = Buffer.concat((await (await file?.open())?.toArray()) ?? []);
    stored[20] = (stored[20] ?? 0) ^ 1;
    const changed = { ...set, files: [{ ...stagedFile('', stored), ...file, open: async () => Readable.from([stored]) }] };
    expect(await failureOf(at.deliver(changed as ReadableSet))).toMatchObject({ code: 'staged_file_changed' });
    expect(at.visible().size).toBe(0);

    await at.deliver(set);
    const inbox = newInbox();
    inbox.look(at.visible().set(file?.name ?? '', stored));
    expect(inbox).toMatchObject({ loads: [], refusals: [{ file: file?.name, reason: 'sha256' }] });
  });

  test('PM-05 no part of a file is ever visible under its final name, and the inbox would see one', async () => {
    await using at = await watchedPlace();
    const large = memberships(4000);
    const form = { compression: 'none' };
    await at.deliver(await cutSet(at.written(form), large), form, { temp: 'suffix', tempSuffix: '.UPLOADING' });
    expect(at.inbox.loads.map(({ accepted }) => accepted.length)).toEqual([4000]);
    expect(at.inbox.violations).toEqual([]);
    expect(new Set(at.place.server.requests.filter((request) => /^OPEN .*\.UPLOADING$/.test(request))).size).toBe(3);

    await using under = await watchedPlace();
    await under.deliver(await cutSet(under.written(form), large), form, { temp: 'none' });
    expect(under.inbox.violations).not.toEqual([]);
  });

  test('PM-05 in a folder, too, files come whole', async () => {
    const path = mkdtempSync(join(tmpdir(), 'aquarius-partner-'));
    const inbox = newInbox();
    const look = () => inbox.look(new Map(readdirSync(path).map((name) => [name, readFileSync(join(path, name))])));
    const written = { preset: 'paramount', via: { type: 'folder', path }, compression: 'none' };
    const ctx = { ...testCtx({ onProgress: look }), fence: async () => look() };
    await partnerFile.deliver(await cutSet(written, memberships(4000)), partnerSettings(written), ctx);
    look();
    expect(inbox).toMatchObject({ loads: [{ rejected: {} }], refusals: [], violations: [] });
    expect(readdirSync(path)).toHaveLength(3);
    rmSync(path, { recursive: true });
  });

  test('PM-06 a type that the partner does not take is a rejected row there, and is not sent where the settings say so', async () => {
    await using at = await watchedPlace(newInbox(['IDFA']));
    await at.deliver(await cutSet(at.written(), bothTypes));
    expect(at.inbox.loads).toMatchObject([{ rejected: { id_type: 20 } }]);
    expect(at.inbox.loads[0]?.accepted).toHaveLength(30);
    const can = (more: object) => partnerFile.capabilities(partnerSettings({ preset: 'paramount', ...more })).identifiers;
    expect(can({ identifiers: ['IDFA'] })).toEqual(['IDFA']);
    expect(can({})).not.toContain('MAID');
    expect(can({})).not.toContain('IP');
    expect(can({ allowIp: true })).toContain('IP');
  });

  test('PM-07 a segment name with delimiters and quotes is read back as it was', async () => {
    for (const delimiter of ['comma', 'tab', 'pipe', 'semicolon'] as const) {
      const letter = { comma: ',', tab: '\t', pipe: '|', semicolon: ';' }[delimiter];
      const inbox = partnerInbox({ delimiter: letter, header: HEADER, idTypes: WORDS, timeoutMs: HOUR_MS });
      await using at = await watchedPlace(inbox);
      const segmentName = `Köln, "SUV" | a;b`;
      await at.deliver(await cutSet(at.written({ delimiter }), memberships(3), { segmentName }), { delimiter });
      expect([...(inbox.loads[0]?.segmentNames ?? [])]).toEqual([segmentName]);
    }
  });

  test('PM-08 the same run gives the same bytes, and is delivered once', async () => {
    await using at = await watchedPlace();
    const [set, again] = [await cutSet(at.written(), bothTypes), await cutSet(at.written(), bothTypes)];
    expect(again.manifest).toEqual(set.manifest);
    await at.deliver(set);
    const before = at.visible();
    const receipt = await at.deliver(again);
    expect(receipt.files.map(({ outcome }) => outcome)).toEqual(['already', 'already', 'already']);
    expect(at.visible()).toEqual(before);
    expect(at.inbox).toMatchObject({ loads: [{ accepted: { length: 50 } }], violations: [] });
  });

  test('PM-09 an empty set never replaces an audience', async () => {
    await using at = await watchedPlace();
    const empty = stagedSet([stagedFile('empty.csv', Buffer.from('id\n'), 0)]);
    const refused = { kind: 'rejected', code: 'empty_replace', hint: expect.stringMatching(/\S/) };
    expect(await failureOf(at.deliver(empty, { semantics: 'replace' }))).toMatchObject(refused);
    expect(await failureOf(at.deliver(stagedSet([]), { semantics: 'replace' }))).toMatchObject(refused);
    expect(at.place.server.requests).toEqual([]);
    expect(partnerFile.settings.safeParse({ type: 'partner-file', ...at.written(), allowEmptyReplace: true }).success).toBe(
      false,
    );
    // The engine does not get so far: no identifiers, no files.
    expect(fileGroups(await layoutOf({ columns: COLUMNS, minRows: 0 }), {})).toEqual({ groups: [], tooSmall: 0 });
  });

  test('PM-10 below the minimum of rows there is no file, and the rows are counted', async () => {
    const written = { columns: COLUMNS, minRows: 25 };
    const layout = await layoutOf(written);
    expect(partnerFile.capabilities(partnerSettings(written)).minRows).toBe(25);
    expect(fileGroups(layout, { IDFA: 10, GAID: 14 })).toEqual({ groups: [], tooSmall: 24 });
    expect(await cutFiles(layout, memberships(24))).toEqual([]);
    expect(await cutFiles(layout, memberships(25))).toHaveLength(1);
  });

  test('PM-11 a key that S3 says exists is already delivered only if its checksum is equal', async () => {
    const bucket = s3.newBucket();
    const written = { preset: 'paramount', via: { type: 's3', ...bucketSettings(s3, bucket) } };
    const settings = partnerSettings(written);
    const set = await cutSet(written, bothTypes);
    const ctx = testCtx({ secrets: bucketSecrets(s3), now: systemClock.now().toISOString() });
    const [file] = set.files;
    const stored = Buffer.concat((await (await file?.open())?.toArray()) ?? []);
    for (const content of [stored, Buffer.from('something else')]) {
      // It appears between the look and the write, so that S3 answers 412.
      s3.inject({
        when: (request) => request.bucket === bucket && request.operation === 'PutObject' && request.key === file?.name,
        async answer({ forward }) {
          await s3.seed(bucket, file?.name ?? '', content, { 'x-amz-meta-sha256': sha256(content) });
          return forward();
        },
      });
      const delivered = await partnerFile.deliver(set, settings, ctx).catch((error: unknown) => error);
      if (content === stored) {
        expect(delivered).toMatchObject({ files: [{ outcome: 'already' }, { outcome: 'sent' }, { outcome: 'sent' }] });
        for (const key of Object.keys(await s3.objects(bucket))) await s3.remove(bucket, key);
      } else {
        expect(delivered).toMatchObject({ kind: 'rejected', code: 's3_conflict' });
        expect(Object.keys(await s3.objects(bucket))).toEqual([file?.name]);
      }
    }
  });

  test('PM-12 an expired PGP key fails before anything is sent, when files are cut, checked or delivered', async () => {
    const dayMs = 86_400_000;
    const { publicKey } = await openpgp.generateKey({
      type: 'ecc',
      curve: 'curve25519Legacy',
      userIDs: [{ name: 'Partner', email: 'files@partner.example' }],
      date: new Date(PLANNED_AT.getTime() - 10 * dayMs),
      keyExpirationTime: 864_000 + 60,
    });
    await using at = await watchedPlace();
    const written = at.written({ pgpPublicKey: 'env:PGP' });
    const at12 = (now: Date): Ctx => ({
      ...testCtx({ secrets: { ...at.place.secrets, 'env:PGP': publicKey }, now: now.toISOString() }),
    });
    const settings = partnerSettings(written);
    const layout = await partnerFile.layout(settings, at12(PLANNED_AT).secrets);
    const set = stagedSet(await cutFiles(layout, bothTypes));
    expect(set.files[0]?.name).toMatch(/\.csv\.gz\.gpg$/);
    const late = at12(new Date(PLANNED_AT.getTime() + dayMs));
    const refused = { kind: 'config', code: 'pgp_key' };
    expect(await failureOf(partnerFile.deliver(set, settings, late))).toMatchObject(refused);
    expect(await failureOf(partnerFile.check(settings, late))).toMatchObject(refused);
    expect(at.place.server.requests).toEqual([]);
    expect((await partnerFile.deliver(set, settings, at12(PLANNED_AT))).files).toHaveLength(3);
  });
});

describe('what a destination may be told', () => {
  const problems = (more: object): string[] | undefined =>
    partnerFile.settings
      .safeParse({ type: 'partner-file', via: { type: 'folder', path: '/x' }, ...more })
      .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  const column = (value: string) => problems({ columns: [...COLUMNS, { header: 'x', value }] });

  test.each([
    ['identifer', 'is no column value. Did you mean identifier?'],
    ['segmentid', 'is no column value. Did you mean segmentId?'],
    ['identifier[IFDA]', 'names an unknown identifier type. Did you mean IDFA?'],
    ['identifier:uper', 'identifier takes upper, lower and compact. Did you mean upper?'],
    ['identifier:upper:lower', 'takes either upper or lower'],
    ['sha256', 'must be written as sha256(identifier:lower)'],
    ['sha265(identifier:lower)', 'names an unknown hash. Did you mean sha256?'],
    ['md5(identifier)', 'must state the letter case that is hashed: md5(identifier:lower) or md5(identifier:upper)'],
    ['md5(segmentId)', 'md5 takes an identifier'],
    ['type:x', 'type takes nothing after a colon'],
    ['type[IP]', 'only identifier takes types in brackets'],
    ['lastSeen:ISO', 'lastSeen is written as lastSeen:iso or lastSeen:unix'],
    ['field', 'must name a field, as in field:dpid'],
    ['(', 'is no column value'],
  ])('a column that cannot be read is refused where it is: %s', (value, message) => {
    expect(column(value)).toEqual([`columns.2.value: ${message}`]);
  });

  test('settings that do not go together are refused where they are', () => {
    expect(problems({})).toEqual(['columns: columns are needed, or a preset that has them']);
    expect(problems({ preset: 'paramount', presetFile: '/x' })).toEqual(['presetFile: excludes preset']);
    expect(problems({ preset: 'paramount', identifiers: ['IP'] })?.[0]).toBe('identifiers: IP needs allowIp: true');
    expect(problems({ columns: [{ header: 'x', value: 'identifier[IP]' }], identifiers: ['IDFA'] })).toEqual([
      'columns: No column holds IDFA: add an identifier column, or leave them out of identifiers',
    ]);
    expect(column('expiresAt:iso')).toEqual(['expiryDays: a column expiresAt needs expiryDays']);
    expect(column('field:dpid')).toEqual(['columns: {dpid} is no field: add it to fields']);
    expect(problems({ columns: COLUMNS, expiryDays: 100, maxExpiryDays: 30 })).toEqual([
      'expiryDays: expiryDays is larger than maxExpiryDays',
    ]);
    expect(problems({ columns: COLUMNS, done: { per: 'set', name: 'ready_{runid}' } })).toEqual([
      'done.name: {runid} is no field: add it to fields. Did you mean runId?',
      'done.name: needs {file} or {stem} or {setId}, or a later one would have the same name',
    ]);
    expect(problems({ columns: [...COLUMNS, { header: 'ID', value: 'runId' }] })).toEqual([
      'columns: Two columns have the same header',
    ]);
    expect(problems({ columns: [{ header: '{identifierType}', value: 'identifier' }] })).toEqual([
      'columns: A header with {identifierType} needs filePer: identifierType',
    ]);
    expect(problems({ columns: COLUMNS, extension: 'psv' })).toEqual(['extension: must have its dot, as in .psv']);
    expect(problems({ columns: COLUMNS, nameTemplate: '{segmentId}' })?.[0]).toMatch(/^nameTemplate: .*lacks \{runId\}/);
    expect(problems({ columns: COLUMNS, quoting: 'none', typeWords: { IDFA: 'a,b' } })?.[0]).toMatch(/^quoting: /);
  });

  test('a preset knows how unfinished files are called over SFTP, and the settings go before it', async () => {
    await using place = await sftpPlace();
    const { type: _, ...server } = place.written;
    const deliver = async (via: object) => {
      const written = { preset: 'pubmatic', fields: { dpid: '4321', country: 'US' }, via: { type: 'sftp', ...server, ...via } };
      place.server.requests.length = 0;
      place.server.files.clear();
      await partnerFile.deliver(await cutSet(written, memberships(3)), partnerSettings(written), place.ctx());
      return place.server.requests.filter((request) => request.startsWith('RENAME'));
    };
    const name = '4321_1771221600_[0-9a-f]{32}\\.tsv\\.gz';
    expect(await deliver({})).toEqual([expect.stringMatching(`^RENAME /in/${name}\\.[0-9a-f]{12}\\.UPLOADING /in/${name}$`)]);
    expect(await deliver({ temp: 'dot-suffix' })).toEqual([expect.stringMatching(`^RENAME /in/\\.${name}\\..*partial /in/`)]);
    expect(problems({ columns: COLUMNS, via: { type: 'sftp', ...server, temp: 'suffix' } })).toEqual([
      "via.tempSuffix: temp: 'suffix' needs tempSuffix",
    ]);
  });

  test('unfinished files that a broken connection left under a suffix are swept by the next delivery', async () => {
    await using place = await sftpPlace();
    const { type: _, ...server } = place.written;
    const via = { type: 'sftp', ...server, temp: 'suffix', tempSuffix: '.UPLOADING' };
    const written = { columns: COLUMNS, via };
    const set = await cutSet(written, memberships(3));
    const [name = ''] = set.files.map((file) => file.name);
    const left = { data: Buffer.from('x'), size: 1, modified: 1_790_000_000 };
    for (const path of [`/in/${name}.0123456789ab.UPLOADING`, '/in/theirs.UPLOADING', `/in/${name}.0123456789ab.partial`])
      place.server.files.set(path, { ...left });
    await partnerFile.deliver(set, partnerSettings(written), place.ctx());
    expect([...place.server.files.keys()].map((path) => posix.basename(path)).sort()).toEqual(
      [name, `${name}.0123456789ab.partial`, 'theirs.UPLOADING'].sort(),
    );
  });

  test('capabilities follow the form: removals need a column that says so, and terms one that expires', () => {
    const can = (more: object) => partnerFile.capabilities(partnerSettings({ columns: COLUMNS, ...more }));
    expect(can({})).toMatchObject({ refresh: ['full'], removes: false, ttlDays: null, maxTtlDays: null, optOuts: false });
    expect(can({ expiryDays: 30 })).toMatchObject({ ttlDays: 30, maxTtlDays: null });
    const paramount = (more: object) => can({ columns: undefined, preset: 'paramount', ...more });
    expect(paramount({})).toMatchObject({ refresh: ['full', 'incremental'], removes: true, ttlDays: 90, maxTtlDays: 3650 });
    expect(paramount({ semantics: 'replace', maxExpiryDays: 180 })).toMatchObject({
      refresh: ['full'],
      removes: false,
      maxTtlDays: 180,
    });
  });

  test('removals go in files of their own, and the manifest says so', async () => {
    await using at = await watchedPlace();
    const add = await cutFiles(await layoutOf(at.written()), bothTypes);
    const remove = await cutFiles(await layoutOf(at.written()), memberships(5), { action: 'remove' });
    await at.deliver(stagedSet([...add, ...remove]));
    expect(at.inbox.refusals).toEqual([]);
    expect(at.inbox.loads.map(({ action, accepted, rejected }) => [action, accepted.length, rejected])).toEqual([
      ['ADD', 50, {}],
      ['REMOVE', 5, {}],
    ]);
  });

  test('a set can have one manifest and one trigger with a name and a content of its own', async () => {
    await using at = await watchedPlace();
    const form = {
      filePer: 'identifierType',
      fields: { feed: 'ACME' },
      manifest: { per: 'set', name: '{feed}_{setId}.json' },
      done: { per: 'set', name: '{feed} {setId}.trg', content: '{rows}\n{files}\n' },
    };
    const set = await cutSet(at.written(form), bothTypes);
    await at.deliver(set, form);
    const names = set.files.map(({ name }) => name);
    const setId = sha256(Buffer.from(set.files.map((file) => `${file.name} ${file.sha256}\n`).join(''))).slice(0, 16);
    expect([...at.visible().keys()]).toEqual([...names, `ACME_${setId}.json`, `ACME-${setId}.trg`]);
    expect(String(at.visible().get(`ACME-${setId}.trg`))).toBe(`50\n${names.join('\n')}\n`);
    expect(JSON.parse(String(at.visible().get(`ACME_${setId}.json`)))).toMatchObject({
      rows: 50,
      files: [{ rows: 30 }, { rows: 20 }],
    });
  });

  test('whichever file a delivery breaks off at, the next one completes it, and nothing is announced that is not there', async () => {
    for (const last of [0, 1, 2]) {
      await using at = await watchedPlace();
      const set = await cutSet(at.written(), bothTypes);
      let published = 0;
      const fence = async () => {
        if (published === last) throw new Error('the lease is lost');
        published += 1;
      };
      const [name = ''] = set.files.map((file) => file.name);
      await failureOf(partnerFile.deliver(set, partnerSettings(at.written()), { ...at.ctx, fence }));
      expect([...at.visible().keys()]).toEqual([name, `${name}.manifest.json`, `${name}.done`].slice(0, last));
      await at.deliver(set);
      expect(at.inbox).toMatchObject({ loads: [{ accepted: { length: 50 } }], refusals: [], violations: [] });
      expect(at.visible().size).toBe(3);
    }
  });

  test('companions whose names are taken by the data are refused before anything is sent', async () => {
    await using at = await watchedPlace();
    const form = { done: { per: 'file', name: '{file}' } };
    const set = await cutSet(at.written(form), bothTypes);
    expect(await failureOf(at.deliver(set, form))).toMatchObject({ kind: 'config', code: 'companion_name' });
    expect(at.place.server.requests).toEqual([]);
  });

  test('an audience in parts does not go to a partner where each part would replace the others', async () => {
    await using at = await watchedPlace();
    const form = { semantics: 'replace', maxRows: 30 };
    const set = await cutSet(at.written(form), bothTypes);
    expect(set.files).toHaveLength(2);
    expect(await failureOf(at.deliver(set, form))).toMatchObject({ kind: 'rejected', code: 'replace_in_parts' });
    expect(at.place.server.requests).toEqual([]);
    await at.deliver(set, { ...form, manifest: { per: 'set' } });
    const perType = { semantics: 'replace', filePer: 'identifierType' };
    await at.deliver(await cutSet(at.written(perType), bothTypes), perType);
  });

  test('the examples of its page are valid', () => {
    const page = readFileSync('docs/destinations/partner-file.md', 'utf8');
    const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = '']) => text);
    expect(examples).toHaveLength(4);
    for (const text of examples) {
      if (text.startsWith('destinations:')) expect(() => parseSettings(text, 'aquarius.yaml')).not.toThrow();
      else expect(presetSchema.safeParse(parse(text)).error).toBeUndefined();
    }
  });

  test('every preset is a valid form', () => {
    for (const preset of Object.keys(PRESETS))
      expect(problems({ preset, fields: { dpid: '1', country: 'US' }, allowIp: true })).toBeUndefined();
  });
});
