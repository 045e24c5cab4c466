import { createHmac } from 'node:crypto';
import { isIP } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { type HttpStandIn, httpStandIn, type StandInAnswer, type StandInRequest } from './http-standin.ts';

/** The Trade Desk's Data API for tests: takes what its description allows, and nothing else. */

export interface TtdServerOptions {
  /** Tokens, with the advertisers and data providers that each may write to. */
  readonly tokens?: Readonly<Record<string, readonly string[]>>;
  /** Secrets of advertisers and of data providers, by their ids, for signed requests. */
  readonly advertiserSecrets?: Readonly<Record<string, string>>;
  readonly providerSecrets?: Readonly<Record<string, string>>;
  readonly now?: () => Date;
  /** Largest body in bytes, as it is sent. */
  readonly bodyCap?: number;
  readonly takesGzip?: boolean;
  /** Addresses that count as European. */
  readonly euAddresses?: readonly string[];
  /** A value that has the whole call refused without a word about which item it is. */
  readonly spoils?: (value: string) => boolean;
  /** What a call without items gets. */
  readonly withoutItems?: 'taken' | 'refused';
  /** Owners that may have no new segments. */
  readonly full?: readonly string[];
  /** Awaited within each call, so that a test decides how many are at work at once. */
  readonly pause?: () => Promise<void>;
}

export interface TtdServer extends HttpStandIn {
  /** Members of a segment with the times at which they expire, by `field:value`; device ids in lower case. */
  segment(owner: string, name: string): ReadonlyMap<string, Date>;
  /** Values of a segment, without their fields. */
  values(owner: string, name: string): ReadonlySet<string>;
  /** Ids of which no data may be there, by `field:value`. */
  readonly optedOut: ReadonlySet<string>;
  /** Every opt-out's kind. */
  readonly optOutRequests: readonly string[];
  /** Every body that was taken or refused, as JSON. */
  readonly bodies: readonly { readonly path: string; readonly body: Json }[];
}

type Json = Readonly<Record<string, unknown>>;
type Line = Readonly<Record<string, string>>;

const IDS = [
  'TDID',
  'DAID',
  'UID2',
  'UID2Token',
  'EUID',
  'EUIDToken',
  'RampID',
  'CoreID',
  'ID5',
  'NetID',
  'FirstID',
  'MerkuryID',
  'IqviaPPID',
];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const UID2 = /^[A-Za-z0-9+/]{43}[A-Za-z0-9+/=]$/;
const ZERO = '00000000-0000-0000-0000-000000000000';
const NOT_PUBLIC = /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|22[4-9]|23\d|24\d|25[0-5])\./;
const DEFAULT_TTL = 129_600;
const MAX_TTL = 259_200;

const ENDPOINTS = {
  '/data/advertiser': {
    owner: 'AdvertiserId',
    kind: 'ids',
    root: ['AdvertiserId', 'DataProviderId', 'Items', 'DataLoadTraceId', 'DataOrigins'],
  },
  '/data/thirdparty': {
    owner: 'DataProviderId',
    kind: 'ids',
    root: ['DataProviderId', 'Items', 'DataLoadTraceId', 'IsUserIdAlreadyHashed', 'DataOrigins'],
  },
  '/data/firstpartyipaddress': { owner: 'DataOwnerId', kind: 'ips', root: ['DataOwnerId', 'Items', 'DataLoadTraceId'] },
  '/data/thirdpartyipaddress': { owner: 'DataOwnerId', kind: 'ips', root: ['DataOwnerId', 'Items', 'DataLoadTraceId'] },
  '/data/deletion-optout/advertiser': {
    owner: 'AdvertiserId',
    kind: 'optOut',
    root: ['AdvertiserId', 'DataProviderId', 'Items', 'RequestType'],
  },
  '/data/deletion-optout/thirdparty': {
    owner: 'DataProviderId',
    kind: 'optOut',
    root: ['DataProviderId', 'BrandId', 'Items', 'DataLoadTraceId', 'RequestType'],
  },
} as const;

const FIRST_DATA = ['Name', 'TimestampUtc', 'TtlInMinutes', 'BaseBidCPM', 'BaseBidCPMMetadata', 'BidFactor'];
const ADDRESS_DATA = ['Name', 'TimestampUtc', 'TtlInMinutes', 'IPAddresses', 'IPAddressRanges'];

class Refusal extends Error {
  readonly answer: StandInAnswer;
  constructor(status: number, code: string, headers: Readonly<Record<string, string>> = {}) {
    super(code);
    this.answer = { status, headers, body: { ErrorCode: code, Message: `${code}.`, FailedLines: [] } };
  }
}

export async function ttdServer(options: TtdServerOptions = {}): Promise<TtdServer> {
  const {
    now = () => new Date('2026-11-23T06:00:00Z'),
    bodyCap = 2_500_000,
    takesGzip = false,
    withoutItems = 'taken',
  } = options;
  const segments = new Map<string, Map<string, Date>>();
  const optedOut = new Set<string>();
  const optOutRequests: string[] = [];
  const bodies: { path: string; body: Json }[] = [];
  let working = 0;
  let requestNumber = 0;

  const server = await httpStandIn(async (request) => {
    working += 1;
    const headers = { 'x-ttd-request-id': `ttd-${++requestNumber}` };
    try {
      if (working > 4) throw new Refusal(429, 'TooManyRequests', { 'retry-after': '2' });
      await options.pause?.();
      const body = take(request);
      return { status: 200, headers, body };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { ...error.answer, headers: { ...headers, ...error.answer.headers } };
    } finally {
      working -= 1;
    }
  });

  function take(request: StandInRequest): Json {
    const endpoint = ENDPOINTS[request.path as keyof typeof ENDPOINTS];
    if (request.method !== 'POST' || endpoint === undefined) throw new Refusal(404, 'EndpointNotConfigured');
    if (request.body.length > bodyCap) throw new Refusal(413, 'MaxRequestSizeExceeded');
    const proofs = authenticate(request, options);
    const body = parse(request, takesGzip);
    const owner = body[endpoint.owner];
    if (typeof owner !== 'string' || owner === '')
      throw new Refusal(400, endpoint.kind === 'ips' ? 'MissingDataOwnerId' : 'MissingData');
    proofs(owner, body);
    onlyKnown(body, endpoint.root);
    if (options.full?.includes(owner)) throw new Refusal(403, 'TargetingDataLimitReached');
    const items = body.Items;
    if (!Array.isArray(items) || (items.length === 0 && withoutItems === 'refused')) throw new Refusal(400, 'MissingData');
    bodies.push({ path: request.path, body });
    for (const item of items) spoil(item);
    const checkItem = { ids: idItem, ips: addressItem, optOut: optOutItem }[endpoint.kind];
    if (endpoint.kind === 'optOut') {
      if (body.RequestType !== 'OptOut' && body.RequestType !== 'Deletion') throw new Refusal(400, 'IncorrectContent');
      optOutRequests.push(body.RequestType);
    }
    // The shape of the whole body is read before anything is stored.
    const effects = items.map((item: unknown, index) => checkItem(object(item), owner, request.path, index + 1));
    const lines = effects.flatMap((effect) => effect());
    return lines.length === 0 ? {} : { FailedLines: lines };
  }

  /** A body that cannot be read as a whole is refused as a whole, and says no more. */
  function spoil(item: unknown): void {
    const values = JSON.stringify(item).match(/"[^"]*"/g) ?? [];
    if (values.some((value) => options.spoils?.(value.slice(1, -1)))) throw new Refusal(400, 'IncorrectContent');
  }

  function store(owner: string, name: string, key: string, ttl: number): void {
    const segment = segments.get(`${owner}|${name}`) ?? new Map<string, Date>();
    segments.set(`${owner}|${name}`, segment);
    if (ttl === 0) segment.delete(key);
    else segment.set(key, new Date(now().getTime() + ttl * 60_000));
  }

  function idItem(item: Json, owner: string, path: string, number: number): () => Line[] {
    onlyKnown(item, [...IDS, 'CookieMappingPartnerId', 'Data', ...(path === '/data/thirdparty' ? ['DataProviderUserId'] : [])]);
    const data = list(item.Data).map(object);
    for (const each of data) onlyKnown(each, FIRST_DATA);
    const { key, given, code } = idOf(item);
    const line = (ErrorCode: string, DataName = '') => ({
      ...given,
      DataName,
      ErrorCode,
      Message: `${ErrorCode}, item #${number}`,
      ItemNumber: String(number),
    });
    return () => {
      if (code !== null) return [line(code)];
      return data.flatMap(({ Name, TtlInMinutes: ttl = DEFAULT_TTL, BaseBidCPM, TimestampUtc }) => {
        const wrong = dataFault(Name, ttl, TimestampUtc);
        if (wrong !== null) return [line(wrong, String(Name).slice(0, 20))];
        if (BaseBidCPM !== undefined && path === '/data/thirdparty')
          return [line('UnauthorisedThirdPartyDataWithBaseBidCPM', String(Name))];
        store(owner, String(Name), key, Number(ttl));
        return [];
      });
    };
  }

  function addressItem(item: Json, owner: string, _path: string, number: number): () => Line[] {
    onlyKnown(item, ['Data']);
    const data = list(item.Data).map(object);
    for (const each of data) onlyKnown(each, ADDRESS_DATA);
    return () =>
      data.flatMap(({ Name, TtlInMinutes: ttl = DEFAULT_TTL, TimestampUtc, IPAddresses = [], IPAddressRanges = [] }, index) => {
        const line = (ErrorCode: string, IPAddress = '') => ({
          DataName: String(Name).slice(0, 20),
          ErrorCode,
          IPAddress,
          Message: `${ErrorCode}.`,
          ItemNumber: String(number),
          DataNumber: String(index + 1),
        });
        const wrong = dataFault(Name, ttl, TimestampUtc);
        if (wrong !== null) return [line(wrong)];
        const refused = list(IPAddresses).flatMap((address) => {
          const fault = addressFault(String(address));
          if (fault !== null) return [line(fault, String(address))];
          store(owner, String(Name), `IP:${address}`, Number(ttl));
          return [];
        });
        const ranges = list(IPAddressRanges).filter((range) => !/^\d+\.\d+\.\d+\.\d+\/\d+$/.test(String(range)));
        return [...refused, ...ranges.map((range) => line('InvalidIPAddressRange', String(range)))];
      });
  }

  function addressFault(address: string): string | null {
    if (isIP(address) === 0 || NOT_PUBLIC.test(address)) return 'InvalidIPAddress';
    return options.euAddresses?.includes(address) ? 'EuIpTargetingNotAllowedForPartner' : null;
  }

  function optOutItem(item: Json, owner: string, _path: string, number: number): () => Line[] {
    onlyKnown(item, IDS);
    const { key, given, code } = idOf(item);
    return () => {
      if (code !== null) {
        const ErrorCode = code === 'Uid2Error' ? code : 'InvalidUserId';
        return [{ ...given, ErrorCode, Message: `${ErrorCode}, item #${number}`, ItemNumber: String(number) }];
      }
      optedOut.add(key);
      for (const [name, members] of segments) if (name.startsWith(`${owner}|`)) members.delete(key);
      return [];
    };
  }

  return Object.assign(server, {
    segment: (owner: string, name: string) => segments.get(`${owner}|${name}`) ?? new Map<string, Date>(),
    values: (owner: string, name: string) =>
      new Set([...(segments.get(`${owner}|${name}`)?.keys() ?? [])].map((key) => key.slice(key.indexOf(':') + 1))),
    optedOut,
    optOutRequests,
    bodies,
  });
}

/** Proves who calls by the bytes as they came; what is given back proves that the caller may write to an owner. */
function authenticate({ headers, path, body }: StandInRequest, options: TtdServerOptions): (owner: string, body: Json) => void {
  const { tokens = {}, advertiserSecrets = {}, providerSecrets = {} } = options;
  const own = headers.ttdsignature;
  const provider = headers['ttdsignature-dp'];
  if (own === undefined && provider === undefined) {
    const granted = tokens[String(headers['ttd-auth'] ?? '')];
    if (granted === undefined) throw new Refusal(401, 'InvalidToken');
    return (owner) => {
      if (!granted.includes(owner)) throw new Refusal(403, 'IncorrectPermissions');
    };
  }
  const prove = (secret: string | undefined, given: unknown) => {
    if (secret === undefined || given !== createHmac('sha1', secret).update(body).digest('base64'))
      throw new Refusal(401, 'AuthenticationFailed');
  };
  return (owner, { DataProviderId }) => {
    if (path.endsWith('thirdparty')) return prove(providerSecrets[owner], own);
    prove(advertiserSecrets[owner], own);
    if (DataProviderId !== undefined) prove(providerSecrets[String(DataProviderId)], provider);
  };
}

function parse({ headers, body }: StandInRequest, takesGzip: boolean): Json {
  const isGzip = headers['content-encoding'] === 'gzip';
  if (headers['content-type'] !== 'application/json' || (isGzip && !takesGzip)) throw new Refusal(400, 'SerializationFailed');
  try {
    return object(JSON.parse((isGzip ? gunzipSync(body) : body).toString('utf8')));
  } catch {
    throw new Refusal(400, 'SerializationFailed');
  }
}

function object(value: unknown): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refusal(400, 'SerializationFailed');
  return value as Json;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Refusal(400, 'SerializationFailed');
  return value;
}

function onlyKnown(value: Json, known: readonly string[]): void {
  if (Object.keys(value).some((name) => !known.includes(name))) throw new Refusal(400, 'SerializationFailed');
}

/** The one id of an item, or why there is none. */
function idOf(item: Json): { readonly key: string; readonly given: Line; readonly code: string | null } {
  const [field, second] = Object.keys(item).filter((name) => IDS.includes(name));
  const value = field === undefined ? undefined : item[field];
  if (field === undefined || second !== undefined || typeof value !== 'string' || value === '')
    return { key: '', given: {}, code: 'MissingUserId' };
  const given = { [field]: value };
  if (field === 'DAID' && (!UUID.test(value) || value === ZERO)) return { key: '', given, code: 'MissingUserId' };
  if (field === 'UID2' && !UID2.test(value)) return { key: '', given, code: 'Uid2Error' };
  return { key: `${field}:${field === 'DAID' ? value.toLowerCase() : value}`, given, code: null };
}

function dataFault(name: unknown, ttl: unknown, time: unknown): string | null {
  if (typeof name !== 'string' || name === '') return 'Unknown';
  if (name.length > 256) return 'DataNameTooLong';
  if (!Number.isInteger(ttl) || Number(ttl) < 0 || Number(ttl) > MAX_TTL) return 'InvalidTtlInMinutes';
  return time === undefined || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(String(time)) ? null : 'Unknown';
}
