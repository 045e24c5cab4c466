import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changedHeaders, describeHeaderChanges } from '../src/delivery/changed-headers.ts';
import type { Manifest, ManifestFile } from '../src/format/manifest.ts';
import type { Run } from '../src/ledger/run.ts';
import { configRow } from './support/seed.ts';
import { type SshServer, startSshd } from './support/sshd.ts';
import { stagedFile, stagedSet } from './support/staged-set.ts';
import { drain } from './support/worker-drain.ts';
import { openPartner } from './support/worker-partner.ts';
import { DAY, openPlace, WHO } from './support/worker-place.ts';

function file(columns: readonly string[] | undefined, more: Partial<ManifestFile> = {}): ManifestFile {
  const { open: _open, ...plain } = stagedFile('audience.psv', Buffer.from('x'), 25);
  return { ...plain, ...(columns === undefined ? {} : { columns }), ...more };
}
const manifest = (files: readonly ManifestFile[], more: Partial<Manifest> = {}): Manifest => ({
  ...stagedSet([]).manifest,
  files: [...files],
  ...more,
});

const KNOWN = ['AUDIENCE_KEY', 'IDFA', 'SEG_A', 'SEG_B'];

describe('LR-03 a header against the one that LiveRamp was last given', () => {
  const lost = (now: readonly string[] | undefined) =>
    changedHeaders(manifest([file(KNOWN)]), manifest([file(now)])).flatMap(({ columns }) => columns);

  test.each([
    ['the same', KNOWN, []],
    ['a new segment at the end', [...KNOWN, 'SEG_C'], []],
    ['a new segment between', ['AUDIENCE_KEY', 'IDFA', 'SEG_0', 'SEG_A', 'SEG_B'], []],
    ['another case', ['AUDIENCE_KEY', 'idfa', 'SEG_A', 'SEG_B'], ['IDFA']],
    ['another order', ['IDFA', 'AUDIENCE_KEY', 'SEG_A', 'SEG_B'], ['IDFA']],
    ['another key', ['KEY', 'IDFA', 'SEG_A', 'SEG_B'], ['AUDIENCE_KEY']],
    ['a segment less', ['AUDIENCE_KEY', 'IDFA', 'SEG_A'], ['SEG_B']],
    ['no header any more', undefined, KNOWN],
  ])('%s', (_what, now, expected) => {
    expect(lost(now)).toEqual(expected);
  });

  test('files are compared by their identifier types, and of one segment only', () => {
    const before = manifest([file(['KEY', 'IDFA']), file(['KEY', 'AAID'], { name: 'b', identifiers: { GAID: 25 } })]);
    const gaid = file(['KEY', 'GAID'], { name: 'c', identifiers: { GAID: 30 } });
    const changes = changedHeaders(before, manifest([file(['KEY', 'IDFA']), gaid]));
    expect(changes).toEqual([{ file: 'c', columns: ['AAID'] }]);
    expect(describeHeaderChanges(changes)).toBe('c lacks "AAID" where it was before');
    expect(changedHeaders(before, manifest([gaid], { segmentId: 'another' }))).toEqual([]);
    expect(changedHeaders(before, manifest([file(['NEW'], { identifiers: { RAMPID: 25 } })]))).toEqual([]);
  });

  test('a file of several types is compared with one of some of them', () => {
    const before = manifest([file(['DEVICE_ID', 'DEVICE_TYPE'], { identifiers: { IDFA: 20, GAID: 5 } })]);
    const now = manifest([file(['DEVICE', 'DEVICE_TYPE'], { identifiers: { GAID: 25 } })]);
    expect(changedHeaders(before, now)).toMatchObject([{ columns: ['DEVICE_ID'] }]);
  });

  test('sets of earlier versions and opt-outs have nothing to be compared with', () => {
    expect(changedHeaders(manifest([file(undefined)]), manifest([file(KNOWN)]))).toEqual([]);
    const optOut = { action: 'optOut' } as const;
    expect(changedHeaders(manifest([file(KNOWN, optOut)]), manifest([file(['ID'], optOut)]))).toEqual([]);
    expect(changedHeaders(manifest([file(KNOWN)]), manifest([file(['ID'], optOut)]))).toEqual([]);
  });
});

describe('a delivery whose header changes', () => {
  let sshd: SshServer;
  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(() => sshd.stop());

  test('waits until a person lets it go, and the next one goes by itself', async () => {
    await using partner = await openPartner(sshd);
    await using place = await openPlace({
      destinations: partner.yaml('liveramp'),
      configs: [configRow('4711', [{ destination: 'liveramp' }])],
      devices: { 4711: 5 },
    });
    const week = async (): Promise<Run> => {
      await place.plan();
      await drain(await place.engine());
      const [run] = await place.runs();
      return run as Run;
    };
    expect(await week()).toMatchObject({ state: 'delivered' });

    const yaml = readFileSync(place.project.path('aquarius.yaml'), 'utf8');
    place.project.write('aquarius.yaml', yaml.replace('minRows: 1', 'minRows: 1\n    profile: activation'));
    await place.reopen();
    place.clock.move(7 * DAY);
    const held = await week();
    expect(held).toMatchObject({
      state: 'staged',
      hold: { reason: 'header_changed', detail: expect.stringContaining('DEVICE_ID') },
    });
    const files = readdirSync(partner.inbox).length;
    await place.app().ledger.approve(held.id, WHO);
    expect(await week()).toMatchObject({ id: held.id, state: 'delivered' });
    expect(readdirSync(partner.inbox).length).toBeGreaterThan(files);

    place.clock.move(7 * DAY);
    expect(await week()).toMatchObject({ state: 'delivered', hold: null });
  });
});
