import type { Engine } from '../../src/delivery/engine.ts';

/** Called before and after the n-th outside call of an engine, counted from 1 over ledger, stage, warehouse and destination. */
export interface Watch {
  before(n: number, name: string): void;
  after(n: number, name: string): void;
}

/** An engine whose outside calls are counted, so that a test can break each in turn. */
export function watched(engine: Engine, watch: Watch): { readonly engine: Engine; calls(): number } {
  let calls = 0;
  const wrap = <T extends object>(room: string, target: T): T =>
    new Proxy(target, {
      get(object, property, receiver) {
        const value: unknown = Reflect.get(object, property, receiver);
        if (typeof value !== 'function' || typeof property === 'symbol') return value;
        return (...args: unknown[]) => {
          calls += 1;
          const n = calls;
          watch.before(n, `${room}.${property}`);
          const result: unknown = Reflect.apply(value, object, args);
          if (!(result instanceof Promise)) return result;
          return result.then((settled) => {
            watch.after(n, `${room}.${property}`);
            return settled;
          });
        };
      },
    });
  return {
    engine: {
      ...engine,
      ledger: wrap('ledger', engine.ledger),
      stage: wrap('stage', engine.stage),
      warehouse: wrap('warehouse', engine.warehouse),
    },
    calls: () => calls,
  };
}
