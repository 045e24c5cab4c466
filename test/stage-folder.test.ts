import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { classified } from '../src/stage/folder/classify.ts';
import { openFolderStage } from '../src/stage/folder/folder-stage.ts';
import { stageConformance } from './conformance/stage.ts';
import { failureOf, localFiles } from './support/stage-files.ts';

let above: string;
beforeAll(() => {
  above = mkdtempSync(join(tmpdir(), 'aquarius-stage-'));
});
afterAll(() => rmSync(above, { recursive: true, force: true }));

const newRoot = () => join(mkdtempSync(join(above, 'root-')), 'data', 'stage');

stageConformance('a folder', () => openFolderStage({ path: newRoot() }));

describe('a stage in a folder', () => {
  test('files are for their owner alone', async () => {
    using files = localFiles();
    const path = newRoot();
    await using stage = await openFolderStage({ path });
    await stage.put({ key: 'runs/1/a', ...files.file('private') });
    const modeOf = (...names: string[]) => statSync(join(path, ...names)).mode & 0o777;
    expect([modeOf(), modeOf('runs'), modeOf('runs', '1')]).toEqual([0o700, 0o700, 0o700]);
    expect([modeOf('runs', '1', 'a'), modeOf('runs', '1', '.a.sha256')]).toEqual([0o600, 0o600]);
  });

  test('a file that was given away is taken as it is, and what has another size is refused', async () => {
    using files = localFiles();
    const path = newRoot();
    await using stage = await openFolderStage({ path });
    const file = files.file('bytes');
    const wrong = stage.put({ key: 'runs/1/a', ...file, bytes: 6, isGiven: true });
    expect(await failureOf(wrong)).toMatchObject({ kind: 'transient', code: 'stage_verify' });
    expect(await stage.list('')).toEqual([]);
    expect(await stage.put({ key: 'runs/1/a', ...file, isGiven: true })).toEqual({ created: true });
    expect(statSync(join(path, 'runs', '1', 'a')).ino).toBe(statSync(file.path).ino);
    rmSync(file.path);
    expect(await stage.stat('runs/1/a')).toEqual({ key: 'runs/1/a', bytes: file.bytes, sha256: file.sha256 });
    expect(readdirSync(join(path, 'runs', '1')).sort()).toEqual(['.a.sha256', 'a']);
  });

  test('the record beside a file is one that sha256sum checks', async () => {
    using files = localFiles();
    const path = newRoot();
    await using stage = await openFolderStage({ path });
    await stage.put({ key: 'runs/1/a.psv', ...files.file('bytes') });
    const folder = join(path, 'runs', '1');
    expect(execFileSync('bash', ['-c', 'sha256sum --check .a.psv.sha256'], { cwd: folder, encoding: 'utf8' })).toBe(
      'a.psv: OK\n',
    );
    expect(readdirSync(folder).sort()).toEqual(['.a.psv.sha256', 'a.psv']);
  });

  test('a file whose record a crash prevented is found with its SHA-256, and recorded again', async () => {
    using files = localFiles();
    const path = newRoot();
    await using stage = await openFolderStage({ path });
    const file = files.file('durable before it had its name');
    await stage.put({ key: 'runs/1/a', ...file });
    rmSync(join(path, 'runs', '1', '.a.sha256'));
    expect(await stage.stat('runs/1/a')).toEqual({ key: 'runs/1/a', bytes: file.bytes, sha256: file.sha256 });
    expect(readFileSync(join(path, 'runs', '1', '.a.sha256'), 'utf8')).toBe(`${file.sha256}  a\n`);
    expect(await stage.put({ key: 'runs/1/a', ...file })).toEqual({ created: false });
  });

  test('the record is what was put, so that damage on the disk shows', async () => {
    using files = localFiles();
    const path = newRoot();
    await using stage = await openFolderStage({ path });
    const file = files.file('good bytes');
    await stage.put({ key: 'runs/1/a', ...file });
    writeFileSync(join(path, 'runs', '1', 'a'), 'bad  bytes');
    expect(await stage.stat('runs/1/a')).toMatchObject({ sha256: file.sha256 });
  });

  test('a record that outlived its file does not speak for another one', async () => {
    using files = localFiles();
    const path = newRoot();
    await using stage = await openFolderStage({ path });
    await stage.put({ key: 'runs/1/a', ...files.file('first') });
    rmSync(join(path, 'runs', '1', 'a'));
    const second = files.file('other');
    expect(await stage.put({ key: 'runs/1/a', ...second })).toEqual({ created: true });
    expect(await stage.stat('runs/1/a')).toMatchObject({ sha256: second.sha256 });
  });

  test('removing takes records and unfinished files with it, and the folders that are empty then', async () => {
    using files = localFiles();
    const path = newRoot();
    await using stage = await openFolderStage({ path });
    await stage.put({ key: 'runs/1/deep/a', ...files.file('a') });
    writeFileSync(join(path, 'runs', '1', 'deep', '.b.3f6c.tmp'), 'half');
    expect(await stage.remove('runs/1')).toBe(1);
    expect(readdirSync(path)).toEqual([]);
  });

  test('what a crash left unfinished is hidden, and swept once it is old', async () => {
    using files = localFiles();
    const path = newRoot();
    await using stage = await openFolderStage({ path });
    await stage.put({ key: 'runs/1/a', ...files.file('a') });
    const old = join(path, 'runs', '1', '.b.3f6c.tmp');
    const young = join(path, 'runs', '1', '.c.77aa.tmp');
    for (const file of [old, young]) writeFileSync(file, 'half');
    utimesSync(old, new Date('2026-11-01T00:00:00Z'), new Date('2026-11-01T00:00:00Z'));
    utimesSync(young, new Date('2026-11-10T00:00:00Z'), new Date('2026-11-10T00:00:00Z'));
    expect((await stage.list('')).map(({ key }) => key)).toEqual(['runs/1/a']);
    expect(await stage.sweepUnfinished(new Date('2026-11-09T00:00:00Z'))).toBe(1);
    expect([existsSync(old), existsSync(young)]).toEqual([false, true]);
    expect(await stage.stat('runs/1/a')).not.toBeNull();
  });

  test('a full disk is a failure that passes, with a hint to make room', async () => {
    // What the kernel says of a full device.
    const full = await failureOf(classified('Cannot write', () => writeFile('/dev/full', 'x')));
    expect(full).toMatchObject({ kind: 'transient', code: 'disk_full', hint: expect.stringContaining('Make room') });
  });

  test('a put that runs out of room leaves nothing behind', async () => {
    using files = localFiles();
    const path = newRoot();
    const file = files.file(Buffer.alloc(4 << 20, 1));
    const script = `
      const { openFolderStage } = await import(${JSON.stringify(join(import.meta.dirname, '../src/stage/folder/folder-stage.ts'))});
      const { path, bytes, sha256 } = ${JSON.stringify({ path: file.path, bytes: file.bytes, sha256: file.sha256 })};
      const stage = await openFolderStage({ path: ${JSON.stringify(path)} });
      const error = await stage.put({ key: 'runs/1/a', path, bytes, sha256 }).catch((error) => error);
      console.log(JSON.stringify({ kind: error.kind, code: error.code }));`;
    // The limit of file sizes, in KiB, stands for a disk that is full after the first MiB.
    const command = ['-c', 'ulimit -f 1024 && exec "$0" --input-type=module --eval "$1"', process.execPath, script];
    expect(JSON.parse(execFileSync('bash', command, { encoding: 'utf8' }))).toEqual({ kind: 'transient', code: 'disk_full' });
    expect(readdirSync(join(path, 'runs', '1'))).toEqual([]);
  });

  test('a folder that may not be entered is a matter of configuration', async () => {
    using files = localFiles();
    chmodSync(files.folder, 0o755);
    const path = newRoot();
    await using stage = await openFolderStage({ path });
    const file = files.file('x');
    chmodSync(path, 0o000);
    // The superuser may enter anything.
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    const error = await failureOf(stage.put({ key: 'runs/1/a', ...file })).finally(() => {
      if (isRoot) process.seteuid?.(0);
    });
    chmodSync(path, 0o700);
    expect(error).toMatchObject({ kind: 'config', code: 'stage_access_denied' });
  });

  test('something else in the place of a folder is a matter of configuration', async () => {
    using files = localFiles();
    const path = newRoot();
    await using stage = await openFolderStage({ path });
    await stage.put({ key: 'runs', ...files.file('a file where others expect a folder') });
    expect(await failureOf(stage.put({ key: 'runs/1/a', ...files.file('x') }))).toMatchObject({
      kind: 'config',
      code: 'stage_path',
    });
    mkdirSync(join(path, 'folder'));
    expect(await failureOf(stage.put({ key: 'folder', ...files.file('x') }))).toMatchObject({ code: 'stage_conflict' });
  });
});
