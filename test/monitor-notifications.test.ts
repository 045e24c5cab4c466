import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AlertChannel } from '../src/config/operation-settings.ts';
import { makeSecrets } from '../src/config/secrets.ts';
import type { Condition } from '../src/ledger/alert.ts';
import type { Ledger } from '../src/ledger/ledger.ts';
import { openLedger } from '../src/ledger/open.ts';
import { deliverNotifications } from '../src/monitor/deliver-notifications.ts';
import { type ControlStore, sqliteFile } from './support/control-stores.ts';
import { type HandClock, handClock } from './support/hand-clock.ts';
import { type Answer, type HttpReceiver, httpReceiver } from './support/http-receiver.ts';

const SECOND = 1_000;
const HOUR = 3_600_000;
const SIGNING = `whsec_${Buffer.from('a signing secret of 32 bytes....').toString('base64')}`;
const DOWN: Condition = {
  key: 'destination_down:liveramp-us',
  kind: 'destination_down',
  agencyId: null,
  message: 'Nothing can be sent to liveramp-us.',
  detail: { destination: 'liveramp-us' },
};

describe('notifications', () => {
  let store: ControlStore;
  let clock: HandClock;
  let ledger: Ledger;
  let receivers: HttpReceiver[];
  let logged: string;
  beforeEach(async () => {
    store = await sqliteFile();
    clock = handClock('2026-02-16T06:00:00.000Z');
    ledger = await openLedger(store.place, { clock, program: '1.2.3' });
    receivers = [];
    logged = '';
  });
  afterEach(async () => {
    for (const receiver of receivers) await receiver[Symbol.asyncDispose]();
    await ledger[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
  });

  const receive = async (...answers: readonly Answer[]): Promise<HttpReceiver> => {
    const receiver = await httpReceiver(...answers);
    receivers.push(receiver);
    return receiver;
  };
  const webhook = ({ url }: HttpReceiver, secret = 'env:SIGN'): AlertChannel => ({ type: 'webhook', url, secret });
  const log = pino(
    { level: 'debug' },
    new Writable({
      write(chunk, _encoding, done) {
        logged += String(chunk);
        done();
      },
    }),
  );
  const pass = (channels: Readonly<Record<string, AlertChannel>>, signal = new AbortController().signal) =>
    deliverNotifications({ ledger, channels, secrets: makeSecrets({ SIGN: SIGNING }, '/'), clock, log }, signal);
  const fire = (channels: readonly string[], ...conditions: readonly Condition[]) => ledger.updateAlerts(conditions, channels);

  test('go to every channel once', async () => {
    const [ops, desk] = [await receive(), await receive()];
    const channels = { ops: webhook(ops), desk: webhook(desk) };
    await fire(['ops', 'desk'], DOWN);
    await fire(['ops', 'desk'], DOWN);
    expect(await pass(channels)).toEqual({ sent: 2, delayed: 0, givenUp: 0 });
    expect(await pass(channels)).toEqual({ sent: 0, delayed: 0, givenUp: 0 });
    expect([ops.received.length, desk.received.length]).toEqual([1, 1]);
    clock.move(SECOND);
    await fire(['ops', 'desk']);
    await pass(channels);
    expect(ops.received.map(({ body }) => JSON.parse(body).type)).toEqual(['alert.fired', 'alert.resolved']);
  });

  test('are tried again after 30 seconds, doubling up to an hour, under the same id, and given up after a day', async () => {
    const ops = await receive({ status: 500 });
    await fire(['ops'], DOWN);
    const waits: number[] = [];
    for (;;) {
      const result = await pass({ ops: webhook(ops) });
      if (result.givenUp === 1) break;
      expect(result).toEqual({ sent: 0, delayed: 1, givenUp: 0 });
      const before = clock.now().getTime();
      // Not a moment earlier than the wait that is logged, and then at once.
      const { retryInMs } = JSON.parse(logged.trim().split('\n').at(-1) ?? '');
      clock.move(retryInMs - 1);
      expect(await pass({ ops: webhook(ops) })).toEqual({ sent: 0, delayed: 0, givenUp: 0 });
      clock.move(1);
      waits.push((clock.now().getTime() - before) / SECOND);
    }
    expect(waits.slice(0, 8)).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600]);
    expect(waits.slice(8).every((wait) => wait === 3600)).toBe(true);
    const day = waits.reduce((sum, wait) => sum + wait, 0);
    expect(day).toBeLessThanOrEqual(86_400);
    expect(day + 3600).toBeGreaterThan(86_400);
    expect(new Set(ops.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(ops.received).toHaveLength(waits.length + 1);
    clock.move(24 * HOUR);
    expect(await pass({ ops: webhook(ops) })).toEqual({ sent: 0, delayed: 0, givenUp: 0 });
  });

  test('wait as long as the receiver asks', async () => {
    const ops = await receive({ status: 429, headers: { 'retry-after': '300' } }, { status: 200 });
    await fire(['ops'], DOWN);
    await pass({ ops: webhook(ops) });
    clock.move(299 * SECOND);
    expect(await pass({ ops: webhook(ops) })).toMatchObject({ sent: 0 });
    clock.move(SECOND);
    expect(await pass({ ops: webhook(ops) })).toMatchObject({ sent: 1 });
  });

  test('are given up at once by a receiver that is gone', async () => {
    const ops = await receive({ status: 410 });
    await fire(['ops'], DOWN);
    expect(await pass({ ops: webhook(ops) })).toEqual({ sent: 0, delayed: 0, givenUp: 1 });
    clock.move(HOUR);
    await pass({ ops: webhook(ops) });
    expect(ops.received).toHaveLength(1);
  });

  test('for a channel that fails do not hold up the others, and knock only once in a pass', async () => {
    const [dead, alive] = [await receive({ status: 503 }), await receive()];
    const channels = { dead: webhook(dead), alive: webhook(alive) };
    const conditions = ['a', 'b', 'c'].map((name) => ({ ...DOWN, key: `destination_down:${name}` }));
    await fire(['dead', 'alive'], ...conditions);
    expect(await pass(channels)).toEqual({ sent: 3, delayed: 3, givenUp: 0 });
    expect([dead.received.length, alive.received.length]).toEqual([1, 3]);
  });

  test('for a channel that is configured no more are given up and logged', async () => {
    await fire(['old'], DOWN);
    expect(await pass({})).toEqual({ sent: 0, delayed: 0, givenUp: 1 });
    expect(JSON.parse(logged)).toMatchObject({ channel: 'old', code: 'alert_channel_removed' });
  });

  test('whose secret is missing are logged by code and sent when it is there', async () => {
    const ops = await receive();
    await fire(['ops'], DOWN);
    expect(await pass({ ops: webhook(ops, 'env:NOT_SET') })).toMatchObject({ delayed: 1 });
    expect(JSON.parse(logged)).toMatchObject({ level: 50, channel: 'ops', code: 'secret_missing', retryInMs: 30_000 });
    clock.move(30 * SECOND);
    expect(await pass({ ops: webhook(ops) })).toMatchObject({ sent: 1 });
  });

  test('that are stopped in the middle go out again after their lease, under the same id', async () => {
    const ops = await receive('hang', { status: 200 });
    await fire(['ops'], DOWN);
    const stop = new AbortController();
    const stopped = pass({ ops: webhook(ops) }, stop.signal);
    await ops.has(1);
    stop.abort();
    expect(await stopped).toEqual({ sent: 0, delayed: 0, givenUp: 0 });
    expect(await pass({ ops: webhook(ops) })).toMatchObject({ sent: 0 });
    clock.move(60 * SECOND);
    expect(await pass({ ops: webhook(ops) })).toMatchObject({ sent: 1 });
    expect(ops.received[1]?.headers['webhook-id']).toBe(ops.received[0]?.headers['webhook-id']);
  });

  test('hold no secret, and neither does the log', async () => {
    const ops = await receive({ status: 500 }, { status: 200 });
    await fire(['ops'], DOWN);
    await pass({ ops: webhook(ops) });
    clock.move(30 * SECOND);
    await pass({ ops: webhook(ops) });
    const [key = ''] = SIGNING.split('_').slice(1);
    const written = JSON.stringify(ops.received) + logged;
    expect(written).toContain('alert_channel_refused');
    expect(written).not.toContain(key);
    expect(written).not.toContain('a signing secret');
    expect(logged).not.toContain(ops.url);
  });
});
