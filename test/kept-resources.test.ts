import { describe, expect, test } from 'vitest';
import { keepResources, type Wanted } from '../src/lib/kept-resources.ts';
import { failureOf } from './support/stage-files.ts';

interface Line extends AsyncDisposable {
  readonly number: number;
  isGood: boolean;
  isClosed: boolean;
}

/** Resources that are counted. */
function lines(most: number) {
  const opened: Line[] = [];
  const wanted = (key = 'a', more: Partial<Wanted<Line>> = {}): Wanted<Line> => ({
    place: 'host:22',
    most,
    key,
    open: async () => {
      const line: Line = {
        number: opened.length,
        isGood: true,
        isClosed: false,
        [Symbol.asyncDispose]: async () => {
          line.isClosed = true;
        },
      };
      opened.push(line);
      return line;
    },
    isGood: async ({ isGood }) => isGood,
    ...more,
  });
  return { opened, wanted, open: () => opened.filter(({ isClosed }) => !isClosed).length };
}

const never = new AbortController().signal;
const LONG_MS = 1_000_000;

describe('resources that are kept', () => {
  test('are lent again to whoever wants the same, while they are good', async () => {
    const { opened, wanted, open } = lines(8);
    await using kept = keepResources(LONG_MS);
    const first = await kept.lend(wanted(), never);
    await first.keep();
    const again = await kept.lend(wanted(), never);
    expect(again.resource).toBe(first.resource);
    await again.keep();
    const other = await kept.lend(wanted('b'), never);
    expect(other.resource.number).toBe(1);
    await other.drop();
    first.resource.isGood = false;
    const fresh = await kept.lend(wanted(), never);
    expect(fresh.resource.number).toBe(2);
    expect([open(), opened.length]).toEqual([1, 3]);
    await fresh.keep();
  });

  test('are never more than may be: others wait in turn, and those of another key make room', async () => {
    const { wanted, open } = lines(2);
    await using kept = keepResources(LONG_MS);
    const [one, two] = [await kept.lend(wanted(), never), await kept.lend(wanted(), never)];
    expect(await kept.lendAtOnce(wanted())).toBeNull();
    const order: string[] = [];
    const waiting = ['b', 'a'].map(async (key) => {
      const lent = await kept.lend(wanted(key), never);
      order.push(`${key}${lent.resource.number}`);
      expect(open()).toBeLessThanOrEqual(2);
      await lent.keep();
    });
    await two?.keep();
    await Promise.all(waiting);
    // Each in the queue found one of another key kept, which had to go.
    expect(order).toEqual(['b2', 'a3']);
    await one?.drop();
    expect(await kept.lendAtOnce(wanted())).not.toBeNull();
  });

  test('whoever stops waiting takes nobody his turn, and a failure to open gives it back', async () => {
    const { wanted } = lines(1);
    await using kept = keepResources(LONG_MS);
    const held = await kept.lend(wanted(), never);
    const stop = new AbortController();
    const given = failureOf(kept.lend(wanted(), stop.signal));
    const failing = failureOf(kept.lend(wanted('b', { open: () => Promise.reject(new Error('refused')) }), never));
    const last = kept.lend(wanted(), never);
    const reason = new Error('the deadline has come');
    stop.abort(reason);
    expect(await given).toBe(reason);
    await held.keep();
    expect(String(await failing)).toContain('refused');
    await (await last).keep();
  });

  test('close when nobody has used them for a while, and when all is over', async () => {
    const { opened, wanted } = lines(8);
    const closed = Promise.withResolvers<void>();
    const quick = keepResources(1);
    const lent = await quick.lend(wanted(), never);
    const { resource } = lent;
    resource[Symbol.asyncDispose] = async () => closed.resolve();
    await lent.keep();
    await closed.promise;
    const kept = keepResources(LONG_MS);
    const [left, late] = [await kept.lend(wanted(), never), await kept.lend(wanted(), never)];
    await left?.keep();
    await kept[Symbol.asyncDispose]();
    expect(opened.map(({ isClosed }) => isClosed)).toEqual([false, true, false]);
    await late?.keep();
    expect(opened[2]?.isClosed).toBe(true);
  });
});
