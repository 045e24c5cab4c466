import type { Engine } from '../../src/delivery/engine.ts';
import type { Worked } from '../../src/delivery/work.ts';
import { startWorker } from '../../src/schedule/worker.ts';

/** `target`, with some of its members replaced. */
export function overriding<T extends object>(target: T, own: Partial<T>): T {
  return new Proxy(target, {
    get(object, property) {
      const owner = Object.hasOwn(own, property) ? own : object;
      const value: unknown = Reflect.get(owner, property);
      return typeof value === 'function' ? value.bind(owner) : value;
    },
  });
}

/** A promise that somebody else settles. */
export function gate(): { readonly passed: Promise<void>; open(): void } {
  let open = (): void => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
}

/**
 * Lets one worker for each engine work until nothing that can be taken now is left, and nobody is at work. Gives what came of the
 * runs, in the order in which they ended.
 */
export async function drain(...engines: readonly Engine[]): Promise<readonly Worked[]> {
  const worked: Worked[] = [];
  const stopping = new AbortController();
  let asking = 0;
  let working = 0;
  const workers = engines.map((engine) => {
    const ledger = overriding(engine.ledger, {
      async claimNext(request) {
        // Whoever finds nothing while others are at it knows nothing yet.
        const alone = asking === 0 && working === 0;
        asking += 1;
        const claim = await engine.ledger.claimNext(request).finally(() => {
          asking -= 1;
        });
        if (claim !== null) working += 1;
        else if (alone && asking === 0 && working === 0) stopping.abort();
        return claim;
      },
    });
    return startWorker({ ...engine, ledger }, stopping.signal, {
      onWorked(one) {
        working -= 1;
        worked.push(one);
      },
    });
  });
  await Promise.all(workers.map(({ done }) => done));
  return worked;
}

/** An engine of which each file of the stage waits to be opened; `asked` passes when the first is, `go` lets all go on. */
export function stuck(engine: Engine) {
  const asked = gate();
  const go = gate();
  const stage = overriding(engine.stage, {
    async open(key, options) {
      asked.open();
      await go.passed;
      options?.signal?.throwIfAborted();
      return engine.stage.open(key, options);
    },
  });
  return { engine: { ...engine, stage }, asked, go };
}

/** The same, of a process that stands still as a whole: it gives no sign of life either. */
export function asleep(engine: Engine) {
  const { engine: waiting, asked, go } = stuck(engine);
  const ledger = overriding(engine.ledger, {
    async renew(...args) {
      await go.passed;
      return engine.ledger.renew(...args);
    },
  });
  return { engine: { ...waiting, ledger }, asked, go };
}
