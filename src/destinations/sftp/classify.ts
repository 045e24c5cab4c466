import { AquariusError, configError, transientError } from '../../errors.ts';

/** What the failures of SSH and SFTP mean. Decided here, once, for every adapter over SFTP. */

/** Status codes of SFTP version 3, and those of later versions that servers send all the same. */
export const STATUS = { END: 1, NO_SUCH_FILE: 2, PERMISSION: 3, FAILURE: 4, UNSUPPORTED: 8 } as const;

const LOST_STATUSES: readonly number[] = [6, 7];
const DENIED_STATUSES: readonly number[] = [STATUS.PERMISSION, 12];
const FULL_STATUSES: readonly number[] = [14, 15];

const UNKNOWN_HOST: readonly unknown[] = ['ENOTFOUND', 'EAI_AGAIN'];
const UNREACHABLE: readonly unknown[] = [
  'ECONNREFUSED',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'ERR_SOCKET_CONNECTION_TIMEOUT',
];

const text = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const field = (error: unknown, name: 'code' | 'level'): unknown =>
  error instanceof Error && name in error ? (error as Error & Record<typeof name, unknown>)[name] : undefined;

/** The server's own words, fit for one line of a message. */
function said(error: unknown): string {
  const words = text(error)
    .replaceAll(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, 120);
  return words === '' ? '' : ` (the server said: ${words})`;
}

/** A connection that could not be made, or that broke. `server` is host and port. */
export function connectionFailure(error: unknown, server: string, username: string): AquariusError {
  if (error instanceof AquariusError) return error;
  const [code, level, message] = [field(error, 'code'), field(error, 'level'), text(error)];
  // OpenSSH ends the connection with this text when a key was refused too often; ssh2 gives up by itself with the level.
  if (level === 'client-authentication' || /authentication (failures|methods)/i.test(message)) {
    return configError('sftp_auth', `${server} refused the login of ${username}.`, {
      hint: 'Check the user name, and whether the partner has installed the public half of this key, or knows this password.',
      cause: error,
    });
  }
  if (UNKNOWN_HOST.includes(code)) {
    return transientError('sftp_unreachable', `The host name of ${server} is not known.`, {
      hint: 'Check how the host is spelled, and the name servers of this machine.',
      cause: error,
    });
  }
  if (UNREACHABLE.includes(code) || /timed out while waiting for handshake/i.test(message)) {
    return transientError('sftp_unreachable', `${server} cannot be reached${typeof code === 'string' ? ` (${code})` : ''}.`, {
      hint: 'Check host and port, that the server is up, and that this address may connect to it.',
      cause: error,
    });
  }
  if (/no matching/i.test(message)) {
    return configError('sftp_algorithms', `${server} and Aquarius have no algorithm in common: ${message}.`, {
      hint: 'The server knows only algorithms that are no longer safe, or none of the pinned types of host key. Ask the partner for current ones.',
      cause: error,
    });
  }
  if (/unable to start subsystem/i.test(message)) {
    return configError('sftp_unsupported', `${server} is an SSH server without SFTP.`, {
      hint: 'Check host and port, and that the account may use SFTP.',
      cause: error,
    });
  }
  return transientError(
    'sftp_connection',
    `The connection to ${server} was lost${typeof code === 'string' ? ` (${code})` : ''}.`,
    {
      hint: 'It is tried again. If it happens every time, the server or something between may be closing long transfers.',
      cause: error,
    },
  );
}

/** A connection on which nothing has been answered for too long. */
export function stalled(server: string, seconds: number): AquariusError {
  return transientError('sftp_stall', `${server} has not answered for ${seconds} s.`, {
    hint: 'It is tried again. Raise stallSeconds if the server is known to be slow.',
  });
}

/** The SFTP status behind a failed request, or null if there was none, as when the connection was lost. */
export function statusOf(error: unknown): number | null {
  const cause = error instanceof AquariusError ? error.cause : error;
  const code = field(cause, 'code');
  return typeof code === 'number' ? code : null;
}

/** A request that the server answered with a failure. `doing` completes "Cannot ...". */
export function requestFailure(error: unknown, doing: string, server: string): AquariusError {
  if (error instanceof AquariusError) return error;
  const status = statusOf(error);
  const message = `Cannot ${doing} on ${server}${said(error)}.`;
  if (status === null || LOST_STATUSES.includes(status)) {
    return transientError('sftp_connection', `The connection to ${server} was lost: cannot ${doing}.`, { cause: error });
  }
  if (status === STATUS.NO_SUCH_FILE) {
    return configError('sftp_folder_missing', message, {
      hint: 'The folder must exist at the partner; check how folder and tempFolder are spelled, and whether they start with a slash.',
      cause: error,
    });
  }
  if (DENIED_STATUSES.includes(status)) {
    return configError('sftp_permission', message, {
      hint: 'Check folder and tempFolder with the partner: this account may not do that there.',
      cause: error,
    });
  }
  if (status === STATUS.UNSUPPORTED) {
    return configError('sftp_unsupported', message, {
      hint: 'The server cannot do that. See the settings temp and verify for servers that cannot rename or read back.',
      cause: error,
    });
  }
  return transientError('sftp_failure', message, {
    hint: FULL_STATUSES.includes(status)
      ? "The partner's disk or quota is full. It is tried again."
      : 'Servers say this of a full disk, a quota and much else. It is tried again; ask the partner if it stays.',
    cause: error,
  });
}
