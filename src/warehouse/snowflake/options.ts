import type { Logger } from 'pino';
import type { Step } from '../step.ts';

/** How a session signs in, with the secrets themselves. */
export type SnowflakeAuth =
  | { readonly type: 'key-pair'; readonly privateKey: string; readonly passphrase?: string }
  | { readonly type: 'token'; readonly token: string }
  | { readonly type: 'oauth'; readonly token: string }
  | { readonly type: 'password'; readonly password: string };

/** What is read from where the settings say that it is kept. */
export interface SnowflakeSecrets {
  readonly auth: SnowflakeAuth;
  readonly proxyPassword?: string;
}

export const SDK_LOG_LEVELS = ['off', 'error', 'warn', 'info', 'debug', 'trace'] as const;

/** What it takes to reach one database of one account as one role. */
export interface SnowflakeOptions {
  /** Such as `acme-prod`, or `xy12345.eu-central-1`. */
  readonly account: string;
  readonly user: string;
  readonly authType: SnowflakeAuth['type'];
  /** Asked for each sign-in, so that what has been renewed is used. */
  readonly secrets: () => Promise<SnowflakeSecrets>;
  readonly role: string;
  /** The virtual warehouse that runs the statements. */
  readonly warehouse: string;
  readonly database: string;
  /** Where work tables go. */
  readonly schema: string;
  readonly readOnly: boolean;
  readonly log: Logger;
  /** Where the account is reached when not under its usual name. */
  readonly url?: string;
  readonly proxy?: {
    readonly host: string;
    readonly port: number;
    readonly user?: string;
    readonly protocol: 'http' | 'https';
  };
  readonly ocsp: 'fail-open' | 'fail-closed' | 'off';
  readonly sdkLogLevel: (typeof SDK_LOG_LEVELS)[number];
  /** After that Snowflake ends a statement. */
  readonly statementTimeoutSeconds: number;
  /** After that Snowflake gives up a statement that waits for the virtual warehouse. */
  readonly queuedTimeoutSeconds: number;
  /** What the tags of our statements begin with. */
  readonly queryTag: string;
  readonly keepAlive: boolean;
  /** External stage over the stage's own bucket and prefix, as `@DATABASE.SCHEMA.STAGE`; absent where files are not written by Snowflake. */
  readonly externalStage?: string;
  /** Virtual warehouses of single steps. */
  readonly warehouses: Readonly<Partial<Record<Step, string>>>;
  /** Credits that an hour of the virtual warehouse takes; by default what its size says. */
  readonly creditsPerHour?: number;
  readonly patience?: Partial<Patience>;
}

/** How long is waited, in milliseconds. */
export interface Patience {
  /** For a session to be opened. */
  readonly signIn: number;
  /** For Snowflake to be reached again while a statement runs there. */
  readonly outage: number;
  /** For the next rows of a result. */
  readonly stall: number;
  /** For a statement to end after it was cancelled. */
  readonly cancel: number;
}

const MINUTE_MS = 60_000;

export const PATIENCE: Patience = {
  signIn: 2 * MINUTE_MS,
  outage: 5 * MINUTE_MS,
  stall: 5 * MINUTE_MS,
  cancel: MINUTE_MS / 2,
};
