import { Readable } from 'node:stream';
import type { Engine, RunProgress } from '../../src/delivery/engine.ts';
import type { Stage } from '../../src/stage/stage.ts';
import type { Session, Warehouse } from '../../src/warehouse/warehouse.ts';

/**
 * Called before and after the n-th outside call of an engine, counted from 1 over ledger, stage, warehouse and destination. What it
 * throws is what the call throws.
 */
export interface Watch {
  before(n: number, name: string): void;
  after(n: number, name: string): void;
}

export interface Watched {
  readonly engine: Engine;
  /** Counts what a destination tells of its progress as calls too. */
  readonly progress: RunProgress;
  calls(): number;
}

/**
 * An engine whose outside calls are counted, so that a test can break each in turn: every method of the ledger and of the stage, the
 * middle of each file that is read from the stage, every statement in the warehouse, and for the destination its delivery as a whole,
 * its fences and what it tells of its progress. The signs of life that a run gives while it waits come when they come, and do not count.
 */
export function watched(engine: Engine, watch: Watch): Watched {
  let calls = 0;
  const around = async <T>(name: string, work: () => T | Promise<T>): Promise<T> => {
    calls += 1;
    const n = calls;
    watch.before(n, name);
    const result = await work();
    watch.after(n, name);
    return result;
  };
  const wrap = <T extends object>(room: string, target: T, own: Partial<T> = {}): T =>
    new Proxy(target, {
      get(object, property) {
        const value: unknown = Reflect.get(Object.hasOwn(own, property) ? own : object, property);
        if (typeof value !== 'function') return value;
        const call = (...args: unknown[]): unknown => Reflect.apply(value, object, args);
        if (typeof property === 'symbol' || property === 'query') return call;
        return (...args: unknown[]) =>
          room === 'ledger' && property === 'renew' && args[3] !== undefined
            ? call(...args)
            : around(`${room}.${property}`, () => call(...args));
      },
    });

  const stage: Stage = wrap('stage', engine.stage, {
    open: async (key, options) => brokenInTheMiddle(await engine.stage.open(key, options)),
  });
  const warehouse: Warehouse = wrap('warehouse', engine.warehouse, {
    session: async () => wrap<Session>('session', await engine.warehouse.session()),
  });

  function brokenInTheMiddle(source: Readable): Readable {
    return Readable.from(
      (async function* () {
        for await (const data of source as AsyncIterable<Buffer>) {
          const middle = data.length >> 1;
          yield data.subarray(0, middle);
          await around('stage.read', () => {});
          yield data.subarray(middle);
        }
      })(),
      { objectMode: false },
    );
  }

  return {
    engine: {
      ...engine,
      ledger: wrap('ledger', engine.ledger),
      stage,
      warehouse,
      trace: {
        span: (name, attributes, work) =>
          engine.trace.span(name, attributes, () => (name === 'deliver' ? around('destination.deliver', work) : work())),
      },
    },
    progress: {
      step: () => {},
      share: () => {},
      amount: (_done, _total, unit) => {
        if (unit !== 'bytes') return;
        calls += 1;
        watch.before(calls, 'destination.onProgress');
        watch.after(calls, 'destination.onProgress');
      },
    },
    calls: () => calls,
  };
}
