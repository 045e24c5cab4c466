import { AquariusError, configError, transientError } from '../../errors.ts';
import { type Failure, readFailure } from './failure.ts';
import type { SnowflakeAuth, SnowflakeOptions } from './options.ts';

/** What a failed call was doing, for the message. */
export interface Attempt {
  readonly options: Pick<SnowflakeOptions, 'account' | 'user' | 'role' | 'warehouse' | 'database' | 'authType'>;
  /** The statement's text, without values; absent while signing in. */
  readonly statement?: string;
}

type Make = (failure: Failure, attempt: Attempt) => AquariusError;
type Rule = readonly [codes: readonly string[], pattern: RegExp | null, make: Make];

/** A virtual warehouse that cannot run now: it may be resumed, or somebody finishes. */
const busy: Make = ({ queryId }, { options }) =>
  transientError('warehouse_busy', `The statement waited too long for the virtual warehouse ${options.warehouse}.`, {
    hint: `Give it more clusters, let steps have warehouses of their own (warehouse.warehouses), or raise warehouse.queuedTimeoutSeconds.${told(queryId)}`,
  });

const suspended: Make = (_, { options }) =>
  transientError('warehouse_suspended', `The virtual warehouse ${options.warehouse} does not run.`, {
    hint: `ALTER WAREHOUSE ${options.warehouse} SET AUTO_RESUME = TRUE; and GRANT USAGE ON WAREHOUSE ${options.warehouse} TO ROLE ${options.role};`,
  });

const quota: Make = (_, { options }) =>
  configError('warehouse_quota', `The virtual warehouse ${options.warehouse} may take no more credits.`, {
    hint: 'Raise the quota of its resource monitor, or wait for its next period and run again.',
  });

const suspendedAccount: Make = (_, { options }) =>
  configError('warehouse_account', `The Snowflake account ${options.account} is suspended.`, {
    hint: 'Somebody with the role ORGADMIN or ACCOUNTADMIN must settle that with Snowflake.',
  });

const tooSlow: Make = ({ queryId }, { options }) =>
  configError('warehouse_timeout', 'A statement took longer than statements may take.', {
    hint: `Raise warehouse.statementTimeoutSeconds, or STATEMENT_TIMEOUT_IN_SECONDS of the warehouse ${options.warehouse}, or make that warehouse larger.${told(queryId)}`,
  });

const cancelled: Make = ({ queryId }) =>
  transientError('warehouse_cancelled', 'Somebody cancelled a statement in Snowflake.', { hint: `Run again.${told(queryId)}` });

const conflict: Make = () =>
  transientError('warehouse_conflict', 'Another session held a lock on the same rows for too long.', { hint: 'Try again.' });

const missing: Make = (failure, { options }) => {
  const name = objectName(failure.message);
  return configError(
    'warehouse_object',
    `${name ?? 'A table or another object'} does not exist, or the role ${options.role} may not use it.`,
    {
      hint: '`aquarius doctor` says what is missing and which grant is needed; `aquarius init --warehouse snowflake` prints the statements.',
    },
  );
};

const forbidden: Make = (failure, { options }) => {
  const name = objectName(failure.message);
  return configError('warehouse_permission', `The role ${options.role} may not do that${name === null ? '' : ` with ${name}`}.`, {
    hint: '`aquarius doctor` says which grant is missing; `aquarius init --warehouse snowflake` prints all of them.',
  });
};

const noDatabase: Make = (_, { options }) =>
  configError('warehouse_object', `The role ${options.role} sees no database ${options.database}, or not its schema.`, {
    hint: `Correct warehouse.database and warehouse.schema, or GRANT USAGE ON DATABASE ${options.database} TO ROLE ${options.role};`,
  });

const internal: Make = ({ queryId }) =>
  transientError('warehouse_internal', 'Snowflake failed within itself.', { hint: `Run again later.${told(queryId)}` });

const sessionLost: Make = () =>
  transientError('warehouse_session_lost', 'Snowflake ended the session, and with it its temporary tables.', {
    hint: 'The run is tried again by itself.',
  });

const unreachable: Make = ({ system, status }, { options }) =>
  transientError(
    'warehouse_unreachable',
    `Snowflake's account ${options.account} cannot be reached (${status === null ? (system ?? 'no answer') : `HTTP ${status}`}).`,
    { hint: 'Check the network, and warehouse.account, warehouse.url and warehouse.proxy.' },
  );

const certificate: Make = ({ system }, { options }) =>
  configError('warehouse_certificate', `The certificate of ${options.account} cannot be trusted (${system ?? 'OCSP'}).`, {
    hint: 'A proxy that opens TLS must be known to Node (NODE_EXTRA_CA_CERTS); warehouse.ocsp says how revocation is checked.',
  });

const stageDenied: Make = (_, { options }) =>
  configError('warehouse_stage_access', 'Snowflake may not write to the external stage.', {
    hint: `The role of its storage integration needs s3:PutObject, s3:GetObject, s3:DeleteObject and s3:ListBucket there, and ${options.role} USAGE on the stage and the integration. A bucket policy that demands If-None-Match must except that role.`,
  });

const fileExists: Make = () =>
  transientError('warehouse_file_exists', 'A file is where Snowflake was to write one; it was left as it is.', {
    hint: 'The next try writes elsewhere. If it persists, see what else writes to the bucket of the stage.',
  });

const fileTooLarge: Make = () =>
  configError('warehouse_file_too_large', 'A file has more bytes than Snowflake writes into one.', {
    hint: "Lower the destination's maxRows or maxBytes, so that the audience comes in parts.",
  });

/** The first rule that matches counts: by one of the codes where it has any, and by the words where it has a pattern. */
const RULES: readonly Rule[] = [
  [['000604', '000630', '000639'], /queue/i, busy],
  [['000630'], null, tooSlow],
  [['000604'], null, cancelled],
  [['000606', '000607'], null, suspended],
  [[], /exceeded its quota|resource monitor .*(?:exceeded|suspend)/i, quota],
  [[], /account (?:is|has been) suspended|trial (?:has )?(?:ended|expired)|lack of payment/i, suspendedAccount],
  [['000625', '000628', '000632', '000634'], null, conflict],
  [[], /\bdeadlock\b|has locked table|lock (?:has )?not (?:yet )?been released/i, conflict],
  [['002003', '002043', '002141'], null, missing],
  [['003001', '003540', '003041'], null, forbidden],
  [['090105', '090106'], null, noDatabase],
  [[], /Files already existing at the unload destination/i, fileExists],
  [[], /Max file size .*exceeded for unload single file mode/i, fileTooLarge],
  [[], /Failed to access remote file|Error assuming AWS_ROLE|Access Denied \(Status Code: 403/i, stageDenied],
  [['300002', '300005', '300010'], null, internal],
  [['390104', '390111', '390112', '390114', '390115', '407001', '407002', '401004'], null, sessionLost],
  [[], /certificate|self[- ]signed|\bOCSP\b|revoked/i, certificate],
];

/** Sign-in itself was refused. Every other code that begins so is a refusal too, as far as is known. */
const SIGN_IN = /^39[04]/;
const NO_ROLE = ['390189', '390186'];

const SIGN_IN_HINTS: Readonly<Record<SnowflakeAuth['type'], string>> = {
  'key-pair':
    'Check warehouse.account and warehouse.user, that the public key is set (ALTER USER … SET RSA_PUBLIC_KEY), and this machine’s clock.',
  token: 'The token may have expired or been revoked; it needs a network policy, and the role that it is restricted to.',
  oauth: 'Get a new access token; it must be for this account and user, and name the role.',
  password:
    'Check the password. Snowflake no longer lets services sign in with one alone: use a key pair (warehouse.auth.type: key-pair).',
};

function signInRefused({ code }: Failure, { options }: Attempt): AquariusError {
  if (code !== null && NO_ROLE.includes(code)) {
    return configError('warehouse_role', `The user ${options.user} may not take the role ${options.role}, or there is none.`, {
      hint: `GRANT ROLE ${options.role} TO USER ${options.user};`,
    });
  }
  return configError(
    'warehouse_sign_in',
    `Snowflake does not let ${options.user} sign in to ${options.account} (${code ?? 'no code'}).`,
    {
      hint: SIGN_IN_HINTS[options.authType],
    },
  );
}

/**
 * The error to throw for a failure of Snowflake's or of its SDK. What nobody but us can mend becomes a plain `Error`. Its message
 * never holds a value: Snowflake quotes data in conversion errors, so only what it says of names is kept.
 */
export function classify(error: unknown, attempt: Attempt): Error {
  if (error instanceof AquariusError) return error;
  const failure = readFailure(error);
  const { code, message, status, isOnTheWay } = failure;
  for (const [codes, pattern, make] of RULES) {
    if (codes.length > 0 && !codes.includes(code ?? '')) continue;
    if (pattern === null || pattern.test(message)) return make(failure, attempt);
  }
  if (code !== null && SIGN_IN.test(code)) return signInRefused(failure, attempt);
  // The host of an account that does not exist answers all the same.
  if (attempt.statement === undefined && (status === 403 || status === 404)) {
    return configError('warehouse_account', `There is no Snowflake account ${attempt.options.account} at that address.`, {
      hint: 'warehouse.account is such as acme-prod (organisation and account), or xy12345.eu-central-1; see Admin, Accounts in Snowsight.',
    });
  }
  if (isOnTheWay) return unreachable(failure, attempt);
  const words = attempt.statement?.trim().split(/\s+/).slice(0, 6).join(' ');
  const detail = explanation(failure);
  const parts = [`Snowflake: ${code ?? 'error'}`, detail && `: ${detail}`, words && ` in \`${words} …\``, told(failure.queryId)];
  return new Error(parts.filter(Boolean).join(''));
}

const told = (queryId: string | null): string => (queryId === null ? '' : ` The query's id is ${queryId}.`);

const OBJECT = /(?:Table|View|Object|Schema|Database|Sequence|Stage|Warehouse|Function|Integration)\s+'([^']+)'/i;

/** Names of the warehouse's objects may be told. */
function objectName(message: string): string | null {
  return OBJECT.exec(message)?.[1] ?? null;
}

/** What Snowflake says of names in our SQL: an unknown column, an unknown function, where the syntax is wrong. */
function explanation({ code, message }: Failure): string | null {
  if (!['000904', '001003', '002140', '000979', '002022', '002025', '002027', '002028', '001789', '000002'].includes(code ?? ''))
    return null;
  return message
    .replace(/^SQL compilation error:\s*/i, '')
    .split('\n')
    .join(' ')
    .slice(0, 200);
}
