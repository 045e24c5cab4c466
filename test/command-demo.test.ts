import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { deliverOutput, planOutput, runsOutput } from '../src/shapes/shapes.ts';
import { aquarius, type CliResult } from './support/cli.ts';

/** `demo`: from nothing to a partner's folder in one command. */

const demoOutput = z.strictObject({ home: z.string(), plan: planOutput, deliver: deliverOutput });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'aquarius-demo-test-'));
  mkdirSync(join(folder, 'tmp'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: readonly string[]): Promise<CliResult> =>
  aquarius(args, { cwd: folder, env: { TMPDIR: join(folder, 'tmp') } });

/** Files of a partner with their content. */
function filesIn(path: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(path)
      .sort()
      .map((name) => [name, readFileSync(join(path, name), 'latin1')]),
  );
}

/** What is in the temp folder, but for Node's own cache of compiled code, which every command shares. */
const leftBehind = (): readonly string[] => readdirSync(join(folder, 'tmp')).filter((name) => name !== 'node-compile-cache');

describe('demo', () => {
  test('delivers, reports it as JSON, and leaves nothing behind', async () => {
    const { code, stdout, stderr } = await run('demo', '--rows', '20000', '--json');
    expect(code).toBe(0);
    expect(stderr).toBe('');
    const { home, plan, deliver } = demoOutput.parse(JSON.parse(stdout));
    expect(home.startsWith(join(folder, 'tmp'))).toBe(true);
    const delivered = deliver.runs.filter(({ state }) => state === 'delivered');
    expect(delivered.length).toBeGreaterThan(0);
    expect(deliver.runs.every(({ state }) => state === 'delivered' || state === 'skipped')).toBe(true);
    for (const run of delivered) {
      const written = Object.values(run.identifiers ?? {}).reduce((sum, count) => sum + (count ?? 0), 0);
      const dropped = Object.values(run.dropped ?? {}).reduce((sum, count) => sum + (count ?? 0), 0);
      expect(run.selected).toBe(written + dropped + (run.suppressed ?? 0));
      expect(run.receipt).toMatchObject({ accepted: run.rows, rejected: 0 });
    }
    expect(plan.notDelivered.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['not_enabled', 'inactive', 'invalid_config', 'no_identifiers: aggregated source', 'below_minimum']),
    );
    expect(leftBehind()).toEqual([]);
    expect(readdirSync(folder)).toEqual(['tmp']);
  });

  test('kept and run again, sends nothing twice; then in words, with identifiers cut short', async () => {
    const home = join(folder, 'kept');
    const [uploads, archive] = [join(home, 'partner/uploads/demo'), join(home, 'archive')];
    // As many rows as it takes for both partners to get something.
    const demo = async () =>
      demoOutput.parse(JSON.parse((await run('demo', '--keep', '--home', home, '--rows', '40000', '--json')).stdout));
    const first = await demo();
    expect(first.home).toBe(home);
    const sent = { ...filesIn(uploads), ...filesIn(archive) };
    const delivered = first.deliver.runs.filter(({ state }) => state === 'delivered');
    expect(new Set(delivered.map(({ destination }) => destination))).toEqual(new Set(['liveramp-us', 'archive']));
    expect(Object.keys(sent).sort()).toEqual(delivered.flatMap(({ files }) => files.map(({ name }) => name)).sort());

    const slotOf = ({ destination, segmentId, slot }: { destination: string; segmentId: string; slot: string }) =>
      `${destination} ${segmentId} ${slot}`;
    const second = await demo();
    // A new slot may begin between the two, and is no second delivery.
    const done = new Set(delivered.map(slotOf));
    expect(second.deliver.runs.filter((run) => run.state !== 'skipped' && done.has(slotOf(run)))).toEqual([]);
    expect(second.deliver.upToDate.length).toBeGreaterThan(0);
    expect({ ...filesIn(uploads), ...filesIn(archive) }).toMatchObject(sent);

    // What is kept is a data directory like any other.
    const { runs } = runsOutput.parse(JSON.parse((await run('--home', home, 'runs', '--limit', '100', '--json')).stdout));
    expect(runs.map(({ runId }) => runId)).toEqual(expect.arrayContaining(first.deliver.runs.map(({ runId }) => runId)));

    const { code, stdout } = await run('demo', '--home', home);
    expect(code).toBe(0);
    for (const words of ['── The plan ──', '── The ledger ──', '/uploads/demo', 'What to try next'])
      expect(stdout).toContain(words);
    const lines = Object.values(sent).flatMap((content) => content.split('\n').slice(1, -1));
    expect(lines.length).toBeGreaterThan(1000);
    const shown = new Set(stdout.split(/[\s|]+/));
    expect(lines.filter((line) => shown.has(line.split('|')[0] ?? ''))).toEqual([]);
    expect(leftBehind()).toEqual([]);
  }, 300_000);

  test.each(['0', 'many', '200000000000'])('--rows %s is refused', async (rows) => {
    const { code, stderr } = await run('demo', '--rows', rows);
    expect(code).toBe(64);
    expect(stderr).toContain('a whole number from 1 to 100,000,000');
    expect(leftBehind()).toEqual([]);
  });
});
