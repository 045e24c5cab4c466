import { describe, expect, test } from 'vitest';
import { runEvents } from '../src/api/run-events.ts';
import type { Ledger } from '../src/ledger/ledger.ts';
import { progressEvent } from '../src/shapes/api-shapes.ts';
import { type ApiServer, planOne, startApi } from './support/api-server.ts';

/** A wait that ends when the test says so: each `tick` lets the server look at the ledger once more. */
function handWait() {
  const waiting: (() => void)[] = [];
  const arrived: (() => void)[] = [];
  let aborted = 0;
  return {
    waits: [] as number[],
    wait(ms: number, signal: AbortSignal): Promise<void> {
      this.waits.push(ms);
      return new Promise((resolve, reject) => {
        const stop = (): void => {
          aborted += 1;
          reject(signal.reason);
          for (const tell of arrived.splice(0)) tell();
        };
        signal.addEventListener('abort', stop, { once: true });
        waiting.push(() => {
          signal.removeEventListener('abort', stop);
          resolve();
        });
        for (const tell of arrived.splice(0)) tell();
      });
    },
    /** Resolves when somebody waits. */
    async someone(): Promise<void> {
      if (waiting.length === 0) await new Promise<void>((resolve) => arrived.push(resolve));
    },
    /** Resolves when a wait was given up. */
    async gaveUp(): Promise<void> {
      if (aborted === 0) await new Promise<void>((resolve) => arrived.push(resolve));
    },
    async tick(): Promise<void> {
      await this.someone();
      waiting.shift()?.();
    },
  };
}

/** Reads events one after the other; a comment is an event without a name. Null at the end. */
function eventsOf(response: Response) {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let held = '';
  return async (): Promise<{ event: string; data: unknown } | null> => {
    while (!held.includes('\n\n')) {
      const read = await reader?.read();
      if (read?.value === undefined) return null;
      held += read.value;
    }
    const end = held.indexOf('\n\n');
    const lines = held.slice(0, end).split('\n');
    held = held.slice(end + 2);
    const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
    const data = field('data');
    return { event: field('event') ?? '', data: data === undefined ? lines[0] : JSON.parse(data) };
  };
}

async function watch(server: ApiServer, id: string, signal?: AbortSignal) {
  const response = await server.open(`/api/delivery/runs/${id}/progress`, signal ? { signal } : {});
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  return eventsOf(response);
}

const AT = '2026-02-16T06:00:00.000Z';

async function work(ledger: Ledger, runId: string) {
  const claim = await ledger.claim(runId, 'worker', 600_000);
  return claim?.token ?? 0;
}

describe('the progress of a run', () => {
  test('is told when it changes, until the run is over', async () => {
    const hand = handWait();
    await using server = await startApi(() => ({ wait: (ms, signal) => hand.wait(ms, signal) }));
    const { ledger } = server;
    const run = await planOne(ledger);
    const next = await watch(server, run.id.slice(0, 16));
    expect(await next()).toMatchObject({ event: 'state', data: { runId: run.id, state: 'planned', hold: null } });

    const token = await work(ledger, run.id);
    await ledger.advance(run.id, token, 'extracting');
    await hand.tick();
    expect(await next()).toMatchObject({ event: 'state', data: { state: 'extracting' } });

    const stored = { step: 'packing', done: 100, total: 1_000, unit: 'bytes', rate: 30, at: AT } as const;
    await ledger.renew(run.id, token, 600_000, stored);
    await hand.tick();
    const first = await next();
    expect(first?.event).toBe('progress');
    expect(progressEvent.parse(first?.data)).toEqual({
      ...{ step: 'packing', done: 100, total: 1_000, unit: 'bytes', rate: 30, secondsLeft: 30 },
    });

    // The same again, only later, is nothing new.
    await ledger.renew(run.id, token, 600_000, { ...stored, at: '2026-02-16T06:00:05.000Z' });
    await hand.tick();
    await hand.tick();
    await ledger.renew(run.id, token, 600_000, { ...stored, done: 400, total: null, rate: null });
    await hand.tick();
    expect(await next()).toMatchObject({ event: 'progress', data: { done: 400, total: null, secondsLeft: null } });

    for (const state of ['staged', 'delivering', 'delivered'] as const) await ledger.advance(run.id, token, state);
    await hand.tick();
    expect(await next()).toMatchObject({ event: 'state', data: { state: 'delivered' } });
    expect(await next()).toMatchObject({ event: 'end', data: { state: 'delivered' } });
    expect(await next()).toBeNull();
    expect(new Set(hand.waits)).toEqual(new Set([1_000]));
  });

  test('ends at once when the run is over or waits for a person', async () => {
    await using server = await startApi(() => ({ wait: () => Promise.reject(new Error('nobody waits here')) }));
    const { ledger } = server;
    const held = await planOne(ledger);
    await ledger.hold(held.id, await work(ledger, held.id), 'first_run', 'the first one');
    const next = await watch(server, held.id);
    expect((await next())?.event).toBe('state');
    expect(await next()).toMatchObject({ event: 'end', data: { hold: { reason: 'first_run', detail: 'the first one' } } });
    expect(await next()).toBeNull();

    const cancelled = await planOne(ledger, { advertiserId: '2' });
    await ledger.cancel(cancelled.id, { name: 'ana', via: 'cli', reason: null });
    const other = await watch(server, cancelled.id);
    expect((await other())?.event).toBe('state');
    expect(await other()).toMatchObject({ event: 'end', data: { state: 'skipped' } });
    expect(await other()).toBeNull();
  });

  test('that does not move keeps the connection alive every fifteen seconds', async () => {
    await using server = await startApi();
    const run = await planOne(server.ledger);
    let waited = 0;
    const wait = async (ms: number): Promise<void> => {
      waited += ms;
    };
    const events = runEvents(run, { ledger: server.ledger, wait, signal: new AbortController().signal });
    expect((await events.next()).value).toContain('event: state');
    for (const ms of [15_000, 30_000, 45_000]) {
      expect((await events.next()).value).toBe(': keep-alive\n\n');
      expect(waited).toBe(ms);
    }
    await server.ledger.cancel(run.id, { name: 'ana', via: 'cli', reason: null });
    expect((await events.next()).value).toContain('event: end');
    expect((await events.next()).done).toBe(true);
  });

  test('is no longer looked at when the client has gone', async () => {
    const hand = handWait();
    await using server = await startApi(() => ({ wait: (ms, signal) => hand.wait(ms, signal) }));
    const run = await planOne(server.ledger);
    const client = new AbortController();
    const next = await watch(server, run.id, client.signal);
    await next();
    await hand.someone();
    client.abort();
    await hand.gaveUp();
    expect(hand.waits).toHaveLength(1);
  });

  test('ends when the server closes, without an end of the run', async () => {
    const hand = handWait();
    const server = await startApi(() => ({ wait: (ms, signal) => hand.wait(ms, signal) }));
    const run = await planOne(server.ledger);
    const next = await watch(server, run.id);
    expect((await next())?.event).toBe('state');
    await hand.someone();
    const closed = server.listening.close(600_000);
    expect(await next()).toBeNull();
    await closed;
    await server[Symbol.asyncDispose]();
  });

  test('that cannot be read any more is told as a problem, without internals', async () => {
    let broken = false;
    await using server = await startApi(({ ledger }) => ({
      ledger: {
        ...ledger,
        progressOf: (id: string) => (broken ? Promise.reject(new Error('secret words')) : ledger.progressOf(id)),
      },
      wait: async () => {
        broken = true;
      },
    }));
    const run = await planOne(server.ledger);
    const next = await watch(server, run.id);
    expect((await next())?.event).toBe('state');
    const last = await next();
    expect(last).toMatchObject({ event: 'error', data: { code: 'bug', status: 500, requestId: expect.any(String) } });
    expect(JSON.stringify([last, server.log])).not.toContain('secret words');
    expect(await next()).toBeNull();
  });
});
