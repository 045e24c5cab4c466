/** A command as it is sent to the server that owns the data directory. */
export interface CommandRequest {
  readonly args: readonly string[];
  /** Where relative paths start; absolute. */
  readonly cwd: string;
  /** Whether the caller's stderr is a terminal, and how wide. */
  readonly isTTY: boolean;
  readonly columns: number;
  /** Who gives the command, for the audit log. */
  readonly actor: string;
  /** What of the caller's environment says which settings are meant; nothing else of it is sent. */
  readonly env: { readonly AQUARIUS_CONFIG?: string | undefined };
}
