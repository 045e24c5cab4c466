import { dropWorkTables } from '../reach/work-table.ts';
import type { Step } from '../warehouse/step.ts';
import type { Session, Warehouse } from '../warehouse/warehouse.ts';
import { beginStep } from './begin-step.ts';
import type { Engine } from './engine.ts';

const never = new AbortController().signal;

/** A session is of one warehouse, and of no other that goes by the same name. */
const places = new WeakMap<Warehouse, string>();
let lastPlace = 0;

function placeOf(warehouse: Warehouse): string {
  const known = places.get(warehouse);
  if (known !== undefined) return known;
  lastPlace += 1;
  const place = `warehouse ${lastPlace}`;
  places.set(warehouse, place);
  return place;
}

/**
 * Works with a warehouse session that is kept for the next one: to open one, and to find out once more who is whose and who has opted out,
 * takes longer than a small audience does. After a failure it is closed. `step` is what the work is, for the account of its costs.
 */
export async function withSession<T>(
  { kept, warehouse, about }: Pick<Engine, 'kept' | 'warehouse' | 'about'>,
  work: (session: Session) => Promise<T>,
  step?: Step,
): Promise<T> {
  const wanted = {
    place: placeOf(warehouse),
    // How many work at once is limited by whoever works.
    most: Number.POSITIVE_INFINITY,
    key: 'session',
    open: () => warehouse.session(),
    isGood: (session: Session) => session.renew(),
  };
  const lent = await kept.lend(wanted, never);
  if (step !== undefined) beginStep(lent.resource, about, step);
  let isWell = false;
  try {
    const result = await work(lent.resource);
    await dropWorkTables(lent.resource);
    isWell = true;
    return result;
  } finally {
    await (isWell ? lent.keep() : lent.drop());
  }
}
