import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inLanes, type Lanes } from '../src/lib/in-lanes.ts';

/** Items side by side, with a limit for all and one for each lane. */

const ITEMS = ['a1', 'a2', 'a3', 'b1', 'b2', 'c1', 'a4'];
const lanes = (changes: Partial<Lanes<string>> = {}): Lanes<string> => ({
  limit: 3,
  laneOf: (item) => item.slice(0, 1),
  limitOf: (lane) => (lane === 'a' ? 1 : 2),
  isOver: () => false,
  ...changes,
});

test('no more are at work than the limits allow, and each item is worked on once, in order within its lane', async () => {
  const busy = new Set<string>();
  const begun: string[] = [];
  let most = 0;
  await inLanes(ITEMS, lanes(), async (item) => {
    busy.add(item);
    begun.push(item);
    most = Math.max(most, busy.size);
    expect([...busy].filter((each) => each.startsWith('a')).length).toBeLessThanOrEqual(1);
    for (let turn = 0; turn < 3; turn += 1) await setImmediate();
    busy.delete(item);
  });
  expect(most).toBe(3);
  expect(begun.toSorted()).toEqual(ITEMS.toSorted());
  expect(begun.slice(0, 3)).toEqual(['a1', 'b1', 'b2']);
  expect(begun.filter((item) => item.startsWith('a'))).toEqual(['a1', 'a2', 'a3', 'a4']);
});

test('after a failure nothing more begins, what is at work ends, and the failure is thrown', async () => {
  const begun: string[] = [];
  const ended: string[] = [];
  const failure = new Error('a1 broke');
  const working = inLanes(ITEMS, lanes(), async (item) => {
    begun.push(item);
    await setImmediate();
    if (item === 'a1') throw failure;
    await setImmediate();
    ended.push(item);
  });
  await expect(working).rejects.toBe(failure);
  expect(begun).toEqual(['a1', 'b1', 'b2']);
  expect(ended).toEqual(['b1', 'b2']);
});

test('nothing begins any more once it is over', async () => {
  const begun: string[] = [];
  await inLanes(ITEMS, lanes({ isOver: () => begun.length >= 2 }), async (item) => {
    begun.push(item);
    await setImmediate();
  });
  expect(begun).toEqual(['a1', 'b1']);
});
