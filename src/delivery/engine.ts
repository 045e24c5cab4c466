import type { Logger } from 'pino';
import type { Settings } from '../config/settings.ts';
import type { Secrets } from '../destinations/destination.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Clock } from '../lib/clock.ts';
import type { KeptResources } from '../lib/kept-resources.ts';
import type { Trace } from '../lib/trace.ts';
import type { Stage } from '../stage/stage.ts';
import type { Catalogue } from '../warehouse/catalogue.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { SharedWork } from './shared-work.ts';

/** What the engine works with. It knows no partner, no store and no warehouse by name. */
export interface Engine extends SharedWork {
  readonly warehouse: Warehouse;
  readonly catalogue: Catalogue;
  /** The tables as they are now: files that tables are read from come and go. */
  readonly tablesNow: () => Promise<Catalogue>;
  readonly ledger: Ledger;
  readonly stage: Stage;
  readonly settings: Settings;
  readonly secrets: Secrets;
  /** Connections to partners between two deliveries. */
  readonly kept: KeptResources;
  /** Whom the warehouse's statements are run for: a run, or a call that works for several. */
  readonly about?: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** A folder for files on their way to the stage; emptied of what a dead process left. */
  readonly workFolder: string;
  /** This process in the ledger: host, process and a random part. */
  readonly owner: string;
  readonly programVersion: string;
  readonly signal: AbortSignal;
  readonly trace: Trace;
  /** A number from 0 to 1, for spreading waits. */
  readonly random: () => number;
  /** Waits, or rejects when the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Told what a run is doing; nothing depends on it. */
export interface RunProgress {
  step(text: string): void;
  share(done: number): void;
  amount(done: number, total: number | null, unit: 'bytes' | 'rows'): void;
  /** The run is no longer worked on. */
  end?(): void;
}
