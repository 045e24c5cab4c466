/** What is kept open between two uses, and limited in number: connections, mostly. */
export interface KeptResources extends AsyncDisposable {
  /**
   * Lends one that was kept and is still good, or opens one. Where the place is full, waits its turn, in the order of asking, until
   * `signal` aborts.
   */
  lend<R extends AsyncDisposable>(wanted: Wanted<R>, signal: AbortSignal): Promise<Lent<R>>;
  /** The same without waiting: null where the place is full, or others wait already. */
  lendAtOnce<R extends AsyncDisposable>(wanted: Wanted<R>): Promise<Lent<R> | null>;
}

export interface Wanted<R> {
  /** What counts together, such as a host and its port. */
  readonly place: string;
  /** How many there may be in the place at the same time, kept ones included. */
  readonly most: number;
  /** Resources with one key stand in for one another. */
  readonly key: string;
  readonly open: () => Promise<R>;
  /** Whether one that was kept can be used again. Must not reject. */
  readonly isGood: (resource: R) => Promise<boolean>;
}

/** To be ended once, in one way or the other. */
export interface Lent<R> {
  readonly resource: R;
  /** Back, to be used again. */
  keep(): Promise<void>;
  /** Not to be used again: it is closed. */
  drop(): Promise<void>;
}

interface Kept {
  readonly key: string;
  readonly resource: AsyncDisposable;
  readonly timer: NodeJS.Timeout;
}

interface Place {
  /** Those that are lent, opened or closed at the moment. */
  taken: number;
  readonly kept: Kept[];
  readonly waiting: { readonly most: number; readonly go: () => void }[];
}

/** Resources that nobody has used for `idleMs` are closed, and all that are kept when this is disposed of. */
export function keepResources(idleMs: number): KeptResources {
  const places = new Map<string, Place>();
  let isClosed = false;

  function placeOf(name: string): Place {
    const place = places.get(name) ?? { taken: 0, kept: [], waiting: [] };
    places.set(name, place);
    return place;
  }

  function release(name: string, place: Place): void {
    place.taken -= 1;
    for (let next = place.waiting[0]; next !== undefined && place.taken < next.most; next = place.waiting[0]) {
      place.waiting.shift();
      place.taken += 1;
      next.go();
    }
    if (place.taken === 0 && place.kept.length === 0) places.delete(name);
  }

  function turn(place: Place, most: number, signal: AbortSignal): Promise<void> {
    if (place.waiting.length === 0 && place.taken < most) {
      place.taken += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const abort = () => {
        place.waiting.splice(place.waiting.indexOf(waiter), 1);
        reject(signal.reason);
      };
      const go = () => {
        signal.removeEventListener('abort', abort);
        resolve();
      };
      const waiter = { most, go };
      place.waiting.push(waiter);
      signal.addEventListener('abort', abort, { once: true });
    });
  }

  function takeKept(place: Place, matches: (kept: Kept) => boolean): AsyncDisposable | undefined {
    const at = place.kept.findLastIndex(matches);
    const [found] = at < 0 ? [] : place.kept.splice(at, 1);
    clearTimeout(found?.timer);
    return found?.resource;
  }

  async function close(name: string, place: Place, resource: AsyncDisposable): Promise<void> {
    try {
      await resource[Symbol.asyncDispose]();
    } finally {
      release(name, place);
    }
  }

  async function keep(name: string, place: Place, key: string, resource: AsyncDisposable): Promise<void> {
    if (isClosed) return close(name, place, resource);
    const timer = setTimeout(() => {
      if (takeKept(place, (kept) => kept.resource === resource) === undefined) return;
      place.taken += 1;
      // Nobody waits for the end of what nobody uses.
      close(name, place, resource).catch(() => {});
    }, idleMs).unref();
    place.kept.push({ key, resource, timer });
    release(name, place);
  }

  /** To be called by whoever has got a turn. */
  async function fill<R extends AsyncDisposable>({ place: name, most, key, open, isGood }: Wanted<R>): Promise<Lent<R>> {
    const place = placeOf(name);
    const lent = (resource: R): Lent<R> => ({
      resource,
      keep: () => keep(name, place, key, resource),
      drop: () => close(name, place, resource),
    });
    try {
      for (let found = takeKept(place, (kept) => kept.key === key); found; found = takeKept(place, (kept) => kept.key === key)) {
        // One key, one kind of resource.
        const resource = found as R;
        if (await isGood(resource)) return lent(resource);
        await resource[Symbol.asyncDispose]();
      }
      while (place.taken + place.kept.length > most) await takeKept(place, () => true)?.[Symbol.asyncDispose]();
      return lent(await open());
    } catch (error) {
      release(name, place);
      throw error;
    }
  }

  return {
    async lend(wanted, signal) {
      signal.throwIfAborted();
      await turn(placeOf(wanted.place), wanted.most, signal);
      return fill(wanted);
    },
    async lendAtOnce(wanted) {
      const place = placeOf(wanted.place);
      if (place.waiting.length > 0 || place.taken >= wanted.most) return null;
      place.taken += 1;
      return fill(wanted);
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      const all = [...places.values()].flatMap((place) => place.kept.splice(0));
      for (const { timer } of all) clearTimeout(timer);
      await Promise.all(all.map(({ resource }) => resource[Symbol.asyncDispose]()));
    },
  };
}
