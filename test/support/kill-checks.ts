import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { Run } from '../../src/ledger/run.ts';
import { ENDS } from '../../src/ledger/step.ts';
import { sql } from '../../src/lib/sql.ts';
import { withResource } from '../../src/lib/with-resource.ts';
import type { Stage } from '../../src/stage/stage.ts';
import type { Row, Warehouse } from '../../src/warehouse/warehouse.ts';
import type { WatchedInbox } from './kill-inbox.ts';

/** What must be so when everything has come to its end, whoever was killed on the way. */

const ALL = 1_000_000;

export interface Ended {
  /** Runs that were delivered. */
  readonly delivered: readonly Run[];
  /** Regular runs that had nothing left to do, since one that somebody asked for had delivered their slot meanwhile. */
  readonly spared: readonly Run[];
  readonly attempts: number;
}

/**
 * Every run was delivered, by an attempt that ended well, or its slot was by a run that somebody asked for; each other attempt has its
 * one end, and no slot has a run twice.
 */
export async function expectAllEnded(ledger: Ledger): Promise<Ended> {
  const runs = await ledger.runs({ limit: ALL });
  const delivered = runs.filter(({ state }) => state === 'delivered');
  const spared = runs.filter(({ state, reason }) => state === 'skipped' && reason === 'already_delivered');
  const others = runs.filter((run) => !delivered.includes(run) && !spared.includes(run));
  expect(await Promise.all(others.map(async (run) => ({ run, steps: await ledger.stepsOf(run.id) })))).toEqual([]);
  for (const run of delivered) expect(run.receipt).toMatchObject({ accepted: run.manifest?.rows, rejected: 0 });

  const byId = new Map(delivered.map((run) => [run.id, run]));
  const generations = new Map<string, number[]>();
  let attempts = 0;
  for (const run of runs) {
    expect(run).toMatchObject({ leaseOwner: null, error: null, hold: null, retryAt: null });
    const pair = `${run.deliveryId} ${run.slot}`;
    generations.set(pair, [...(generations.get(pair) ?? []), run.generation]);
    const begun = (await ledger.attemptsOf(run.id)).map(({ no }) => no).sort((a, b) => a - b);
    expect(begun).toEqual(Array.from({ length: run.attempts }, (_, index) => index + 1));
    const ends = (await ledger.stepsOf(run.id)).filter(({ step }) => ENDS.some((end) => end === step));
    expect({ run: run.id, ended: ends.map(({ attempt }) => attempt) }).toEqual({ run: run.id, ended: begun });
    expect(ends.slice(0, -1).filter(({ step }) => step !== 'lost' && step !== 'released')).toEqual([]);
    expect(ends.at(-1)?.step).toBe(run.state);
    if (run.state === 'skipped') {
      const other = byId.get(String(ends.at(-1)?.detail.run));
      expect(other).toMatchObject({ deliveryId: run.deliveryId, slot: run.slot });
      expect(run).toMatchObject({ generation: 0, manifest: null });
    }
    attempts += begun.length;
  }
  for (const of of generations.values()) {
    expect(of.sort((a, b) => a - b)).toEqual(Array.from({ length: of.length }, (_, index) => index));
  }
  return { delivered, spared, attempts };
}

/**
 * The partner has each file of each run once, under its one name, whole from the first moment on, and nothing else; what is in it is the
 * advertiser's audience.
 */
export function expectAtPartner(
  runs: readonly Run[],
  inbox: WatchedInbox,
  folder: string,
  devicesOf: (advertiserId: string) => readonly string[],
): void {
  const files = new Map(runs.flatMap(({ manifest }) => (manifest?.files ?? []).map(({ name, sha256 }) => [name, sha256])));
  expect(files.size).toBe(runs.length);
  expect(Object.fromEntries(inbox.now())).toEqual(Object.fromEntries(files));
  expect(Object.fromEntries(inbox.firstSeen)).toEqual(Object.fromEntries(files));
  expect(inbox.unfinished()).toEqual([]);
  for (const { manifest, delivery } of runs) {
    const [header, ...lines] = readFileSync(join(folder, manifest?.files[0]?.name ?? ''), 'utf8')
      .trimEnd()
      .split('\n');
    expect(header).toContain('|');
    const devices = devicesOf(delivery.advertiserId);
    expect(lines).toHaveLength(devices.length);
    for (const device of devices) expect(lines.filter((line) => line.includes(device))).toHaveLength(1);
  }
}

/** The stage has every set as its manifest says. Gives the keys of what attempts left that were succeeded before they had staged all. */
export async function expectStaged(runs: readonly Run[], stage: Stage): Promise<readonly string[]> {
  const objects = new Map((await stage.list('')).map(({ key, sha256 }) => [key, sha256]));
  for (const { stagePrefix, manifest } of runs) {
    for (const { name, sha256 } of manifest?.files ?? []) {
      expect({ key: `${stagePrefix}/${name}`, sha256: objects.get(`${stagePrefix}/${name}`) }).toEqual({
        key: `${stagePrefix}/${name}`,
        sha256,
      });
      objects.delete(`${stagePrefix}/${name}`);
    }
    expect(objects.delete(`${stagePrefix}/manifest.json`)).toBe(true);
  }
  const left = [...objects.keys()];
  for (const key of left) {
    const cut = key.split('/').at(-2) ?? '';
    const run = runs.find(({ id }) => cut === id || cut.startsWith(`${id}-`));
    // Of an earlier attempt at a run that another attempt has staged, under a name of its own.
    expect({ key, succeeded: run !== undefined && run.stagePrefix?.endsWith(`/${cut}`) === false }).toEqual({
      key,
      succeeded: true,
    });
  }
  return left;
}

/** What a warehouse's SEGMENT_DELIVERY_DETAILS says. */
export async function detailsIn(warehouse: Warehouse): Promise<readonly Row[]> {
  const rows = await withResource(warehouse.session(), (session) =>
    session.all(sql`
      SELECT "RUN_ID", "PART_NO", "STATUS", "ATTEMPTS", "FILE_NAME", "FILE_SHA256", "ERROR_KIND"
      FROM "SEGMENT_DATA"."SEGMENT_DELIVERY_DETAILS" ORDER BY "RUN_ID", "PART_NO"`),
  );
  return rows.map((row) => ({ ...row, PART_NO: Number(row.PART_NO), ATTEMPTS: Number(row.ATTEMPTS) }));
}

/** The one row that a run has there, once it is over. */
export function detailOf({ id, attempts, manifest, state }: Run): Row {
  const [file] = manifest?.files ?? [];
  return {
    RUN_ID: id,
    PART_NO: 1,
    STATUS: state.toUpperCase(),
    ATTEMPTS: attempts,
    FILE_NAME: file?.name ?? null,
    FILE_SHA256: file?.sha256 ?? null,
    ERROR_KIND: null,
  };
}
