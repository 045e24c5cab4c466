import type { Cut } from '../audience/cut.ts';
import type { Order } from './order.ts';

/** What was found out for many runs together; absent for who works on one run alone. */
export interface SharedWork {
  readonly cutsAhead?: CutsAhead;
  readonly delivered?: DeliveredSlots;
}

/** Cuts of the audiences of many runs, made with one statement before the first of them is written: for small ones that is most of the work. */
export interface CutsAhead extends AsyncDisposable {
  /**
   * The cut of an order, made together with those of orders that come after it; null where it has to be cut by itself: because it
   * cannot be cut with others, was taken before, or is too large to gain by it. To be given back when its files are written.
   */
  take(order: Order, signal: AbortSignal): Promise<TakenCut | null>;
}

export interface TakenCut {
  readonly cut: Cut;
  release(): Promise<void>;
}

/** The runs that have delivered some slots, looked up together. */
export interface DeliveredSlots {
  readonly slots: ReadonlySet<string>;
  /** Two of the runs of each delivery's slot, where there are two. */
  readonly runs: ReadonlyMap<string, readonly string[]>;
}
