import { expect, test } from 'vitest';
import { deliver } from '../src/delivery/deliver.ts';
import type { Engine } from '../src/delivery/engine.ts';
import type { Session, Warehouse } from '../src/warehouse/warehouse.ts';
import { configRow } from './support/seed.ts';
import { drain } from './support/worker-drain.ts';
import { openPlace, START } from './support/worker-place.ts';

/** Where each statement is a round trip and costs money, a week of many audiences takes no more of them than a week of few, but for the files. */

interface Counted {
  statements: number;
  unloads: number;
}

/** A warehouse that counts what it is asked, and says that its answers last. */
function counting(warehouse: Warehouse, counted: Counted): Warehouse {
  const ofSession = (session: Session): Session =>
    new Proxy(session, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]) => {
          if (name === 'all' || name === 'execute' || name === 'query') counted.statements += 1;
          if (name === 'unload') counted.unloads += 1;
          return value.apply(target, given);
        };
      },
    });
  return {
    dialect: warehouse.dialect,
    readOnly: warehouse.readOnly,
    answersLastMs: 600_000,
    session: async () => ofSession(await warehouse.session()),
    [Symbol.asyncDispose]: () => warehouse[Symbol.asyncDispose](),
  };
}

async function week(audiences: number, work: (engine: Engine) => Promise<unknown>): Promise<Counted> {
  const ids = Array.from({ length: audiences }, (_, n) => String(n + 1));
  await using place = await openPlace({
    configs: ids.map((id) => configRow(id, [{ destination: 'archive' }])),
    // Enough rows for the log to be prepared.
    devices: Object.fromEntries(ids.map((id) => [id, Math.ceil(1_200 / audiences)])),
  });
  const counted: Counted = { statements: 0, unloads: 0 };
  const engine = await place.engine();
  await place.plan();
  await work({ ...engine, warehouse: counting(engine.warehouse, counted) });
  const runs = await place.runs();
  expect(runs.map(({ state }) => state)).toEqual(ids.map(() => 'delivered'));
  expect(runs.map(({ written }) => written)).toEqual(ids.map(() => Math.ceil(1_200 / audiences)));
  return counted;
}

const quiet = { step: () => {}, share: () => {}, amount: () => {} };

test.each([
  ['deliver', (engine: Engine) => deliver(engine, { at: new Date(START), force: false }, { onRun: () => quiet })],
  ['a worker', drain],
])('%s takes as many statements for 24 audiences as for 6, and a file for each', async (_, work) => {
  const [few, many] = [await week(6, work), await week(24, work)];
  expect([few.unloads, many.unloads]).toEqual([6, 24]);
  expect(few.statements).toBeGreaterThan(10);
  // Each session learns once who owns what and who has opted out, and how many lanes have one at a time is chance.
  expect(many.statements - few.statements).toBeLessThan(6);
});
