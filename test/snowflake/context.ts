import type { Engine } from './engine.ts';
import type { Faults } from './faults.ts';
import type { Grants } from './grants.ts';
import type { Query } from './query.ts';
import type { Stage } from './stages.ts';

/** What statements of all sessions share. */
export interface Account {
  readonly engine: Engine;
  readonly faults: Faults;
  readonly grants: Grants;
  /** Where large results are kept. */
  readonly folder: string;
  readonly stages: Readonly<Record<string, Stage>>;
  readonly warehouses: readonly string[];
  readonly user: string;
  readonly name: string;
  now(): Date;
  /** Registers the key that the user signs in with. */
  setPublicKey(text: string): void;
  /** Every statement so far, in order. */
  history(): readonly Query[];
}
