import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHANGES, type Change, findChanges } from '../src/audience/changes.ts';
import type { Cut } from '../src/audience/cut.ts';
import type { Holding } from '../src/audience/held-members.ts';
import { noteChanges, noteMembers, unsettledCuts } from '../src/audience/member-changes.ts';
import { countMembers, settleCut, unsettleMembers } from '../src/audience/settle-cut.ts';
import { DAY_MS } from '../src/lib/clock.ts';
import { join, sql } from '../src/lib/sql.ts';
import { workTable } from '../src/reach/work-table.ts';
import { bindCatalogue, type Catalogue } from '../src/warehouse/catalogue.ts';
import { createTables } from '../src/warehouse/ddl.ts';
import { openDuckDB } from '../src/warehouse/duckdb/duckdb.ts';
import type { Session, Warehouse } from '../src/warehouse/warehouse.ts';
import { device } from './support/project.ts';

/** What a partner holds, week after week, against a partner that is played in plain TypeScript. */

const WEEK_MS = 7 * DAY_MS;
const START = Date.parse('2026-01-05T06:00:00Z');

let warehouse: Warehouse;
let session: Session;
let catalogue: Catalogue;
let serial = 0;
beforeAll(async () => {
  warehouse = await openDuckDB({ path: ':memory:', readOnly: false });
  session = await warehouse.session();
  await createTables(session);
  catalogue = await bindCatalogue(session, {});
});
afterAll(async () => {
  await session[Symbol.asyncDispose]();
  await warehouse[Symbol.asyncDispose]();
});

const newHolding = (): Holding => ({
  agencyId: '1480',
  advertiserId: '4711',
  destination: 'partner',
  segmentId: `s-${serial++}`,
});

/** A cut of these devices, with a suppression list that holds some. */
async function cutOf(audience: ReadonlySet<number>, optedOut: ReadonlySet<number> = new Set()): Promise<Cut> {
  const list = [...audience].map((n) => sql`(${n % 2 === 0 ? 'IDFA' : 'GAID'}, ${device(n)})`);
  const rows = list.length === 0 ? sql`('IDFA', CAST(NULL AS VARCHAR))` : join(list);
  const table = await workTable(
    session,
    'audience',
    sql`SELECT id_type, id_value, CAST(${new Date(START)} AS TIMESTAMP) AS last_seen FROM (VALUES ${rows}) AS v (id_type, id_value)
      WHERE id_value IS NOT NULL`,
  );
  const values = [...optedOut].map((n) => sql`${device(n)}`);
  return {
    counts: { segment: '', segmentName: null, selected: 0, dropped: {}, suppressed: 0, identifiers: {}, written: 0 },
    suppression: {
      fingerprint: '',
      marked(kind, rows, value) {
        const isListed = kind === 'MAID' && values.length > 0 ? sql`${value} IN (${join(values)})` : sql`FALSE`;
        return sql`SELECT f.*, ${isListed} AS is_listed FROM (${rows}) f`;
      },
    },
    members: sql`(SELECT * FROM ${table})`,
  };
}

const numberOf = (value: unknown): number => Number.parseInt(String(value).slice(1, 8), 16);

async function told(changes: Awaited<ReturnType<typeof findChanges>>): Promise<Record<Change, Set<number>>> {
  const result = { add: new Set<number>(), resend: new Set<number>(), remove: new Set<number>(), optOut: new Set<number>() };
  for (const change of CHANGES) {
    const rows = await session.all(sql`SELECT id_value FROM ${changes.members([change])}`);
    for (const { id_value } of rows) result[change].add(numberOf(id_value));
  }
  return result;
}

const week = fc.record({
  audience: fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 40 }),
  end: fc.constantFrom('taken', 'taken', 'taken', 'unknown', 'never-sent'),
  /** Of the members told, which ones the partner refuses, or took before it broke: by number. */
  odd: fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 8 }),
});

describe('what a partner holds', () => {
  test('after any history of changes, refusals, crashes and lapses, the next delivery leaves the partner with exactly the audience', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(week, { minLength: 1, maxLength: 9 }),
        fc.boolean(),
        fc.constantFrom(null, 30, 60),
        async (weeks, removes, ttlDays) => {
          const holding = newHolding();
          /** When the partner was last sent each member that it has. */
          const partner = new Map<number, number>();
          const lapse = (at: number): void => {
            for (const [n, sentAt] of partner) if (ttlDays !== null && sentAt + ttlDays * DAY_MS <= at) partner.delete(n);
          };
          // Always ends with a delivery that goes well.
          for (const [index, { audience, end, odd }] of [
            ...weeks,
            { audience: [1, 2, 3, 38], end: 'taken' as const, odd: [] },
          ].entries()) {
            const at = START + index * WEEK_MS;
            lapse(at);
            const now = new Date(at);
            const rule = { now, ttlDays, intervalMs: WEEK_MS };
            const cut = { cutId: `${holding.segmentId}-${index}`, runId: 'run', holding };
            const wanted = new Set(audience);
            const changes = await findChanges(session, catalogue, await cutOf(wanted), holding, {
              ...rule,
              refresh: 'incremental',
              removes,
              optOuts: false,
            });
            await noteChanges(session, catalogue, cut, changes.members(CHANGES));
            const { add, resend, remove } = await told(changes);
            const sent = [...add, ...resend];
            const refused = new Set(end === 'taken' ? odd.filter((n) => sent.includes(n)) : []);
            const reaches = (n: number): boolean => (end === 'taken' ? !refused.has(n) : end === 'unknown' && odd.includes(n));
            for (const n of sent) if (reaches(n)) partner.set(n, at);
            for (const n of remove) if (reaches(n)) partner.delete(n);
            if (refused.size > 0)
              await noteMembers(
                session,
                catalogue,
                cut,
                'rejected',
                [...refused].map((n) => ({ type: n % 2 === 0 ? ('IDFA' as const) : ('GAID' as const), value: device(n) })),
              );
            expect(await unsettledCuts(session, catalogue, holding)).toHaveLength(sent.length + remove.size > 0 ? 1 : 0);
            await settleCut(
              session,
              catalogue,
              cut,
              end === 'taken'
                ? { kind: end, sentAt: now, rule, forgetBefore: new Date(0) }
                : end === 'unknown'
                  ? { kind: end, at: now }
                  : { kind: end },
            );
            expect(await unsettledCuts(session, catalogue, holding)).toEqual([]);
            if (end !== 'taken') continue;
            const has = new Set(partner.keys());
            for (const n of wanted) expect({ n, has: has.has(n) }).toEqual({ n, has: !refused.has(n) || has.has(n) });
            if (removes) for (const n of has) expect({ n, wanted: wanted.has(n) }).toEqual({ n, wanted: true });
            // Nobody lapses before the next delivery, or the one after it if that fails, but whom the partner refuses to keep any longer.
            lapse(at + 2 * WEEK_MS - 1);
            for (const n of wanted)
              if (has.has(n) && !refused.has(n)) expect({ n, has: partner.has(n) }).toEqual({ n, has: true });
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  test('members that were first sent together are not all sent again together, and none lapses', async () => {
    const holding = newHolding();
    const audience = new Set(Array.from({ length: 2_000 }, (_, index) => index + 1));
    const cut = await cutOf(audience);
    const lastSent = new Map<number, number>();
    const shares: number[] = [];
    for (let index = 0; index < 30; index += 1) {
      const now = new Date(START + index * WEEK_MS);
      const rule = { now, ttlDays: 90, intervalMs: WEEK_MS };
      const changes = await findChanges(session, catalogue, cut, holding, {
        ...rule,
        refresh: 'incremental',
        removes: true,
        optOuts: false,
      });
      const one = { cutId: `${holding.segmentId}-${index}`, runId: 'run', holding };
      await noteChanges(session, catalogue, one, changes.members(CHANGES));
      const { add, resend } = await told(changes);
      for (const n of resend) expect(now.getTime() - (lastSent.get(n) ?? 0)).toBeLessThan(90 * DAY_MS);
      for (const n of [...add, ...resend]) lastSent.set(n, now.getTime());
      await settleCut(session, catalogue, one, { kind: 'taken', sentAt: now, rule, forgetBefore: new Date(0) });
      for (const sentAt of lastSent.values()) expect(now.getTime() + 2 * WEEK_MS - sentAt).toBeLessThanOrEqual(90 * DAY_MS);
      shares.push(resend.size / audience.size);
    }
    expect(Math.max(...shares)).toBeLessThan(0.35);
    expect(shares.filter((share) => share > 0).length).toBeGreaterThan(15);
  });

  test('whoever has opted out since he was sent is told as such, also in a full refresh, and once', async () => {
    const holding = newHolding();
    const rule = { now: new Date(START), ttlDays: 90, intervalMs: WEEK_MS };
    for (const [index, [audience, optedOut, expected]] of (
      [
        [[1, 2, 3, 4], [], { add: [1, 2, 3, 4], resend: [], optOut: [] }],
        [[1, 2], [3], { add: [], resend: [1, 2], optOut: [3] }],
        [[1, 2], [3], { add: [], resend: [1, 2], optOut: [] }],
      ] as const
    ).entries()) {
      const cut = await cutOf(new Set(audience), new Set(optedOut));
      const changes = await findChanges(session, catalogue, cut, holding, {
        ...rule,
        refresh: 'full',
        removes: true,
        optOuts: true,
      });
      const result = await told(changes);
      expect({ add: [...result.add].sort(), resend: [...result.resend].sort(), optOut: [...result.optOut] }).toEqual(expected);
      expect(result.remove.size).toBe(0);
      const one = { cutId: `${holding.segmentId}-${index}`, runId: 'run', holding };
      await noteChanges(session, catalogue, one, changes.members(CHANGES));
      await settleCut(session, catalogue, one, { kind: 'taken', sentAt: rule.now, rule, forgetBefore: new Date(0) });
    }
  });

  test('where there is no call for opt-outs, a full refresh takes away whoever has opted out, and nobody else', async () => {
    const holding = newHolding();
    const rule = { now: new Date(START), ttlDays: null, intervalMs: WEEK_MS };
    const rules = { ...rule, refresh: 'full', removes: true, optOuts: false } as const;
    const first = await findChanges(session, catalogue, await cutOf(new Set([1, 2, 3, 4])), holding, rules);
    const one = { cutId: holding.segmentId, runId: 'run', holding };
    await noteChanges(session, catalogue, one, first.members(CHANGES));
    await settleCut(session, catalogue, one, { kind: 'taken', sentAt: rule.now, rule, forgetBefore: new Date(0) });
    const second = await findChanges(session, catalogue, await cutOf(new Set([1, 2]), new Set([3])), holding, rules);
    const { resend, remove } = await told(second);
    expect({ resend: [...resend].sort(), remove: [...remove], left: second.left }).toEqual({
      resend: [1, 2],
      remove: [3],
      left: 1,
    });
  });

  test.each(['taken', 'unknown'] as const)('whoever is noted twice is held once: %s', async (kind) => {
    const holding = newHolding();
    const rule = { now: new Date(START), ttlDays: null, intervalMs: WEEK_MS };
    const one = { cutId: holding.segmentId, runId: 'run', holding };
    const member = [{ type: 'IDFA', value: device(1) }] as const;
    for (const change of ['add', 'resend'] as const) await noteMembers(session, catalogue, one, change, member);
    await settleCut(
      session,
      catalogue,
      one,
      kind === 'taken' ? { kind, sentAt: rule.now, rule, forgetBefore: new Date(0) } : { kind, at: rule.now },
    );
    expect(await countMembers(session, catalogue, holding)).toBe(1);
  });

  test('one segment says nothing about another, and what is unsettled is sent anew, or taken away', async () => {
    const [own, other] = [newHolding(), newHolding()];
    const rule = { now: new Date(START), ttlDays: null, intervalMs: WEEK_MS };
    const rules = { ...rule, refresh: 'incremental', removes: true, optOuts: false } as const;
    const cut = await cutOf(new Set([1, 2, 3]));
    for (const holding of [own, other]) {
      const changes = await findChanges(session, catalogue, cut, holding, rules);
      expect(changes.counts.add).toEqual({ IDFA: 1, GAID: 2 });
      const one = { cutId: holding.segmentId, runId: 'run', holding };
      await noteChanges(session, catalogue, one, changes.members(CHANGES));
      await settleCut(session, catalogue, one, { kind: 'taken', sentAt: rule.now, rule, forgetBefore: new Date(0) });
    }
    const anew = { cutId: 'anew', runId: 'none', holding: own };
    await unsettleMembers(session, catalogue, anew);
    expect((await findChanges(session, catalogue, cut, own, rules)).counts.add).toEqual({ IDFA: 1, GAID: 2 });
    await settleCut(session, catalogue, anew, { kind: 'unknown', at: rule.now });
    const fewer = await findChanges(session, catalogue, await cutOf(new Set([1])), own, rules);
    expect(fewer.counts).toMatchObject({ add: {}, resend: { GAID: 1 }, remove: { IDFA: 1, GAID: 1 } });
    const left = await findChanges(session, catalogue, cut, other, rules);
    expect({ counts: left.counts, unchanged: left.unchanged }).toEqual({
      counts: { add: {}, resend: {}, remove: {}, optOut: {} },
      unchanged: 3,
    });
  });
});
