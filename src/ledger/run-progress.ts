/** What a run is doing at the moment, as its worker last told the ledger. */
export interface StoredProgress {
  /** `selecting`, `writing`, `packing`, `staging`, `sending` and the like. */
  readonly step: string;
  readonly done: number | null;
  readonly total: number | null;
  readonly unit: 'rows' | 'bytes' | 'share' | null;
  /** Units per second since the step began. */
  readonly rate: number | null;
  /** ISO 8601 UTC. */
  readonly at: string;
}
