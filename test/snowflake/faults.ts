/** Something that goes wrong on purpose, with the next `times` statements (default 1) whose text `when` accepts. */
export type Fault = {
  readonly times?: number;
  readonly when?: (sql: string) => boolean;
} /** The session token has expired: 390112 to the next request. */ & (
  | { readonly kind: 'expire-session' }
  /** Session token and master token have expired: 390112, and 390114 to the renewal. */
  | { readonly kind: 'expire-token' }
  /** The session is gone on the server, with its temporary tables: 390111. */
  | { readonly kind: 'end-session' }
  /** The statement is refused before it runs. */
  | { readonly kind: 'fail'; readonly code: string; readonly message: string; readonly sqlState?: string }
  /** The statement runs, but the connection breaks before the answer: the client does not learn its id. */
  | { readonly kind: 'drop-after-submit' }
  /** The connection breaks while rows from the given one on (counted from 0) are on their way, every time they are asked for. */
  | { readonly kind: 'break-chunk'; readonly row: number }
  /** The rows from the given one on are missing from what is sent, though the count speaks of them. */
  | { readonly kind: 'lose-rows'; readonly from: number }
  /** The answer speaks of another number of rows than there are. */
  | { readonly kind: 'report-rows'; readonly rows: number }
  /** What the next questions about the statement are answered with, one after the other, before the truth is told. */
  | { readonly kind: 'statuses'; readonly statuses: readonly string[] }
  /** The statement runs into STATEMENT_TIMEOUT_IN_SECONDS. */
  | { readonly kind: 'statement-timeout' }
  /** No warehouse runs for the session: 000606. */
  | { readonly kind: 'suspended' }
  /** The statement takes this many milliseconds longer. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
);

export type FaultOf<Kind extends Fault['kind']> = Extract<Fault, { kind: Kind }>;

/** The faults that are still to come. */
export class Faults {
  readonly #waiting: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  /** The next fault of a kind that befalls this statement, which uses it up. */
  take<Kind extends Fault['kind']>(kind: Kind, sql: string): FaultOf<Kind> | null {
    const found = this.#waiting.find(({ fault, left }) => left > 0 && fault.kind === kind && fault.when?.(sql) !== false);
    if (found === undefined) return null;
    found.left -= 1;
    return found.fault as FaultOf<Kind>;
  }
}
