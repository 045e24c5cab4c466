/** Who does something to a run or a delivery, and why: kept with it in the audit log. */
export interface Actor {
  /** A person's name or e-mail, the API token's name, or `engine` for what the program decides by itself. */
  readonly name: string;
  readonly via: 'cli' | 'api' | 'engine';
  readonly reason: string | null;
}

/** The program itself, where a rule of its own decides. */
export function engineActor(reason: string): Actor {
  return { name: 'engine', via: 'engine', reason };
}
