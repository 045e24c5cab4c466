import { AquariusError, configError, type ErrorKind, rejectedError } from '../../errors.ts';

/** What a code or a status says of the call as a whole, whatever is in it. */
interface Failure {
  readonly kind: Exclude<ErrorKind, 'transient'>;
  readonly code: string;
  readonly hint: string;
}

const AUTH: Failure = {
  kind: 'config',
  code: 'ttd_auth',
  hint: 'Check the token, which expires after a week to a year, or the secrets that sign requests.',
};
const PERMISSION: Failure = {
  kind: 'config',
  code: 'ttd_permission',
  hint: 'Check advertiserId or dataProviderId, and what the token may do; The Trade Desk also answers so when an advertiser may have no more data.',
};
const NOT_CONFIGURED: Failure = {
  kind: 'config',
  code: 'ttd_not_configured',
  hint: 'Ask The Trade Desk to open the Data API for this advertiser or data provider.',
};
const LIMIT: Failure = {
  kind: 'rejected',
  code: 'ttd_data_limit',
  hint: 'The advertiser or data provider may have no more segments. Remove unused ones at The Trade Desk, or ask it for a higher limit.',
};
const ENDPOINT: Failure = {
  kind: 'config',
  code: 'ttd_endpoint',
  hint: 'Check mode, region and the addresses (url, ipUrl, deletionUrl) of the destination.',
};
const OWNER: Failure = {
  kind: 'config',
  code: 'ttd_data_owner',
  hint: 'Set dataOwnerId to what The Trade Desk has mapped for IP addresses.',
};
const REQUEST: Failure = {
  kind: 'rejected',
  code: 'ttd_request_refused',
  hint: 'The Trade Desk does not understand the request itself. Check mode and the ids of the destination, then give it the number of the request.',
};

const BY_CODE: Readonly<Record<string, Failure>> = {
  AuthenticationFailed: AUTH,
  InvalidToken: AUTH,
  IncorrectPermissions: PERMISSION,
  AdvertiserMisconfigured: NOT_CONFIGURED,
  DataProviderMisconfigured: NOT_CONFIGURED,
  MerchantMisconfigured: NOT_CONFIGURED,
  TargetingDataLimitReached: LIMIT,
  EndpointNotConfigured: ENDPOINT,
  MissingDataOwnerId: OWNER,
  DataOwnerIdNotMapped: OWNER,
  SerializationFailed: REQUEST,
  UnknownRequest: REQUEST,
};
const BY_STATUS: Readonly<Record<number, Failure>> = { 401: AUTH, 403: PERMISSION, 404: ENDPOINT, 405: ENDPOINT, 410: ENDPOINT };

/** The failure that a code stands for, or null when it concerns single items. `said` begins the message. */
export function failureOfCode(code: string, said: string): AquariusError | null {
  const failure = BY_CODE[code];
  return failure === undefined
    ? null
    : new AquariusError(failure.kind, failure.code, `${said}: ${code}.`, { hint: failure.hint });
}

/** The failure that a status stands for when no code explains it. */
export function failureOfStatus(status: number, said: string): AquariusError {
  // A redirection, which is not followed: a body with members goes where the settings say and nowhere else.
  const isElsewhere = status >= 300 && status < 400;
  const { kind, code, hint } = isElsewhere ? ENDPOINT : (BY_STATUS[status] ?? REQUEST);
  return new AquariusError(kind, code, `${said}.`, { hint });
}

/** Member after member was refused, and none was taken: it is not the members. */
export function refusedAltogether(code: string, url: string): AquariusError {
  const { host } = new URL(url);
  return rejectedError('ttd_request_refused', `${host} refused one member after the other and took none (${code}).`, {
    hint: 'Something that all calls have in common is wrong: check the ids of the destination and the name of the segment.',
  });
}

/** Not even a call with one member is small enough. */
export function tooLargeAltogether(url: string): AquariusError {
  const { host } = new URL(url);
  return configError('ttd_too_large', `${host} refuses a call with a single member as too large.`, {
    hint: 'Check the addresses of the destination: something before The Trade Desk may have a limit of its own.',
  });
}
