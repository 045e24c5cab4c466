import { expect, test } from 'vitest';
import { deliver } from '../src/delivery/deliver.ts';
import type { Engine } from '../src/delivery/engine.ts';
import { configRow } from './support/seed.ts';
import { openPlace, START } from './support/worker-place.ts';

/** Somebody who waits for `deliver` stops it: what has begun is handed over, what has not is planned already, and the next call goes on with the same runs. */

const IDS = ['1', '2', '3', '4', '5', '6'];
const quiet = { step: () => {}, share: () => {}, amount: () => {} };

test('what is stopped before it begins stays planned, and the next call delivers each slot once', async () => {
  await using place = await openPlace({
    configs: IDS.map((id) => configRow(id, [{ destination: 'archive' }])),
    devices: Object.fromEntries(IDS.map((id) => [id, 20])),
  });
  const given = await place.engine();
  const stopping = new AbortController();
  const engine: Engine = { ...given, signal: AbortSignal.any([given.signal, stopping.signal]) };
  const request = { at: new Date(START), force: false };

  await deliver(engine, request, { onRun: () => quiet, onEnd: () => stopping.abort(new Error('stopped')) });
  const stopped = await place.runs();
  expect(stopped).toHaveLength(IDS.length);
  expect(stopped.filter(({ state }) => state === 'delivered').length).toBeGreaterThan(0);
  const waiting = stopped.filter(({ state, attempts }) => state === 'planned' && attempts === 0);
  expect(waiting.length).toBeGreaterThan(0);

  await deliver(given, request, { onRun: () => quiet });
  const ended = await place.runs();
  expect(ended.map(({ id }) => id).sort()).toEqual(stopped.map(({ id }) => id).sort());
  expect(ended.map(({ state }) => state)).toEqual(IDS.map(() => 'delivered'));
  expect(ended.filter(({ id }) => waiting.some((run) => run.id === id)).map(({ attempts }) => attempts)).toEqual(
    waiting.map(() => 1),
  );
});
