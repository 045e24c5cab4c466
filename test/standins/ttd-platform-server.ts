import { randomUUID } from 'node:crypto';
import { type HttpStandIn, httpStandIn, type StandInAnswer, type StandInRequest } from './http-standin.ts';

/**
 * The Trade Desk's Platform API for tests, as far as taxonomies and data rates go: strict about fields and limits, asynchronous about
 * batches, and exact about money.
 */

export const TTD_LOGIN = { Login: 'ttd_api_user', Password: 'canary-password' } as const;
export const TTD_TOKEN = 'canary-platform-token';
export const TTD_PROVIDER = 'acmedata';

export interface TtdElement {
  readonly ProviderElementId: string;
  readonly ParentElementId: string;
  readonly DisplayName: string;
  readonly Buyable: boolean;
  readonly Description: string | null;
}

export interface TtdRate {
  readonly ProviderElementId: string;
  readonly RateLevel: string;
  readonly PartnerId: string | null;
  readonly AdvertiserId: string | null;
  readonly BrandId: string | null;
  readonly RateType: string;
  /** As the JSON number that it is, digit for digit. */
  readonly amount: string;
  readonly currency: string;
  readonly share: string | null;
}

export interface TtdPlatform extends HttpStandIn {
  readonly elements: Map<string, TtdElement>;
  /** By element and whom they are for. */
  readonly rates: Map<string, TtdRate>;
  /** Elements that were created and renamed, and sizes of batches, in order. */
  readonly created: string[];
  readonly renamed: string[];
  readonly batches: number[];
  addElement(id: string, name: string, more?: Partial<TtdElement>): void;
  addRate(id: string, amount: string, more?: Partial<TtdRate>): void;
  /** The amount of an element's rate for the partner `p1`. */
  price(id: string): string | undefined;
  /** Tokens that were handed out are taken no more. */
  expireTokens(): void;
  /** How batches end from now on; they are looked at `looks` times before. */
  batchesEnd(status: string, looks: number): void;
  calledTimes(method: string, path: string): number;
}

export interface TtdPlatformOptions {
  /** The fields in conflict, as this stand-in has them. */
  readonly names?: { readonly displayName: string; readonly buyable: string; readonly parent: string; readonly rates: string };
  readonly cpm?: 'CPMRate' | 'RateValue';
  /** Queries answer with everything, whatever they ask for. */
  readonly ignoresFilters?: boolean;
  /** What PageStartIndex counts. */
  readonly paging?: 'items' | 'pages';
  /** The most items of a page, however many are asked for. */
  readonly pageLimit?: number;
  /** Called for each call before it has its effect. */
  readonly onCall?: (method: string, path: string) => void;
}

interface RawJson {
  rawJSON(text: string): unknown;
  parse(text: string, reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown): unknown;
}
const json = JSON as unknown as RawJson;
type Fields = Record<string, unknown>;

class Refusal extends Error {
  readonly answer: StandInAnswer;
  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.answer = { status, headers: { 'x-ttd-request-id': 'req-1', ...headers }, body: { Message: message } };
  }
}
const refuse = (message: string, status = 400): never => {
  throw new Refusal(status, message);
};

const NAMES = { displayName: 'DisplayName', buyable: 'Buyable', parent: 'ParentElementId', rates: 'DataRates' };
const MOST_CALLERS = 4;

export async function ttdPlatformServer(options: TtdPlatformOptions = {}): Promise<TtdPlatform> {
  const { names = NAMES, cpm = 'CPMRate', paging = 'items', pageLimit = 1000, ignoresFilters = false, onCall } = options;
  const elements = new Map<string, TtdElement>();
  const rates = new Map<string, TtdRate>();
  const created: string[] = [];
  const renamed: string[] = [];
  const batches: number[] = [];
  const tokens = new Set([TTD_TOKEN]);
  const queue = new Map<string, { readonly staged: readonly TtdRate[]; looks: number; readonly status: string }>();
  const inUse = new Map<string, number>();
  let ending = { status: 'Success', looks: 2 };

  function bodyOf({ body }: StandInRequest, known: readonly string[], required: readonly string[]): Fields {
    let fields: unknown;
    try {
      fields = json.parse(body.toString('utf8'), (_key, value, { source }) =>
        typeof value === 'number' ? { number: source } : value,
      );
    } catch {
      return refuse('The body is not JSON.');
    }
    return checked(fields, known, required);
  }

  function checked(given: unknown, known: readonly string[], required: readonly string[]): Fields {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return refuse('An object was expected.');
    const fields = given as Fields;
    for (const name of Object.keys(fields)) if (!known.includes(name)) refuse(`Unknown property ${name}.`);
    for (const name of required) if (fields[name] === undefined || fields[name] === null) refuse(`${name} is required.`);
    return fields;
  }

  const text = (value: unknown, name: string): string =>
    typeof value === 'string' && value !== '' ? value : refuse(`${name} must be text.`);
  const number = (value: unknown, name: string): string => {
    const source = (value as { number?: unknown } | null)?.number;
    return typeof source === 'string' ? source : refuse(`${name} must be a number.`);
  };
  const provider = ({ ProviderId }: Fields): void => {
    if (ProviderId !== TTD_PROVIDER) refuse('No access to this provider.', 403);
  };

  function page<T>(all: readonly T[], fields: Fields, show: (item: T) => Fields): StandInAnswer {
    const size = Number(number(fields.PageSize, 'PageSize'));
    const start = Number(number(fields.PageStartIndex, 'PageStartIndex'));
    if (size < 1 || size > 1000) refuse('PageSize must be from 1 to 1000.');
    const from = paging === 'items' ? start : start * size;
    const result = all.slice(from, from + Math.min(size, pageLimit)).map(show);
    return { status: 200, body: { Result: result, ResultCount: result.length } };
  }

  const PAGE = ['PageStartIndex', 'PageSize', 'ExcludeTotalCounts'];
  const showElement = (element: TtdElement): Fields => ({
    ProviderId: TTD_PROVIDER,
    ProviderElementId: element.ProviderElementId,
    [names.parent]: element.ParentElementId,
    [names.displayName]: element.DisplayName,
    [names.buyable]: element.Buyable,
    Description: element.Description,
    AudienceSize: 0,
  });
  const showRate = ({ amount, currency, share, ...rate }: TtdRate): Fields => ({
    ...rate,
    ...(cpm === 'CPMRate'
      ? { CPMRate: { Amount: json.rawJSON(amount), CurrencyCode: currency } }
      : { RateValue: json.rawJSON(amount), CurrencyCode: currency }),
    PercentOfMediaCostRate: share === null ? null : json.rawJSON(share),
  });
  const rateKey = ({ ProviderElementId, RateLevel, PartnerId, AdvertiserId, BrandId }: TtdRate) =>
    JSON.stringify([ProviderElementId, RateLevel, PartnerId, AdvertiserId, BrandId]);

  const ELEMENT = ['ProviderId', 'ProviderElementId', names.parent, names.displayName, names.buyable, 'Description'];
  function element(request: StandInRequest): TtdElement {
    const fields = bodyOf(request, ELEMENT, ELEMENT.slice(0, 5));
    provider(fields);
    const name = text(fields[names.displayName], names.displayName);
    if (name.length > 256 || /[\t'"^]/.test(name))
      refuse(`${names.displayName} is too long, or has characters that are not allowed.`);
    if (typeof fields[names.buyable] !== 'boolean') refuse(`${names.buyable} must be true or false.`);
    const parent = text(fields[names.parent], names.parent);
    if (parent !== 'ROOT' && !elements.has(parent)) refuse(`${names.parent} does not exist.`);
    return {
      ProviderElementId: text(fields.ProviderElementId, 'ProviderElementId'),
      ParentElementId: parent,
      DisplayName: name,
      Buyable: fields[names.buyable] === true,
      Description: typeof fields.Description === 'string' ? fields.Description : null,
    };
  }

  const RATE = ['ProviderElementId', 'BrandId', 'RateLevel', 'PartnerId', 'AdvertiserId', 'RateType', 'PercentOfMediaCostRate'];
  const VALUE = cpm === 'CPMRate' ? ['CPMRate'] : ['RateValue', 'CurrencyCode'];
  function rateOf(given: unknown): TtdRate {
    const fields = checked(given, [...RATE, ...VALUE], ['ProviderElementId', 'RateLevel', 'RateType', ...VALUE]);
    const id = text(fields.ProviderElementId, 'ProviderElementId');
    if (!elements.has(id)) refuse(`The element ${id} does not exist.`);
    const level = text(fields.RateLevel, 'RateLevel');
    if (!['System', 'Partner', 'Advertiser'].includes(level)) refuse('RateLevel is unknown.');
    if ((level === 'Partner') !== (fields.PartnerId !== undefined)) refuse('PartnerId does not fit RateLevel.');
    if ((level === 'Advertiser') !== (fields.AdvertiserId !== undefined)) refuse('AdvertiserId does not fit RateLevel.');
    const type = text(fields.RateType, 'RateType');
    if (level === 'System' && type !== 'Hybrid') refuse('System rates must be Hybrid.');
    if ((type === 'Hybrid') !== (fields.PercentOfMediaCostRate !== undefined))
      refuse('PercentOfMediaCostRate does not fit RateType.');
    const value = cpm === 'CPMRate' ? checked(fields.CPMRate, ['Amount', 'CurrencyCode'], ['Amount', 'CurrencyCode']) : fields;
    return {
      ProviderElementId: id,
      RateLevel: level,
      PartnerId: (fields.PartnerId as string | undefined) ?? null,
      AdvertiserId: (fields.AdvertiserId as string | undefined) ?? null,
      BrandId: (fields.BrandId as string | undefined) ?? null,
      RateType: type,
      amount: number(cpm === 'CPMRate' ? value.Amount : value.RateValue, 'the CPM'),
      currency: text(value.CurrencyCode, 'CurrencyCode'),
      share: fields.PercentOfMediaCostRate === undefined ? null : number(fields.PercentOfMediaCostRate, 'PercentOfMediaCostRate'),
    };
  }

  function answer(request: StandInRequest): StandInAnswer {
    const { method, path } = request;
    const place = `${method} ${path}`;
    if (place === 'POST /v3/authentication') {
      const fields = bodyOf(request, [...Object.keys(TTD_LOGIN), 'TokenExpirationInMinutes'], Object.keys(TTD_LOGIN));
      if (Number(number(fields.TokenExpirationInMinutes, 'TokenExpirationInMinutes')) > 1440)
        refuse('TokenExpirationInMinutes is too long.');
      if (fields.Login !== TTD_LOGIN.Login || fields.Password !== TTD_LOGIN.Password)
        refuse(`The login ${String(fields.Login)} with ${String(fields.Password)} is not known.`, 401);
      const token = randomUUID();
      tokens.add(token);
      return { status: 200, body: { Token: token } };
    }
    if (!tokens.has(String(request.headers['ttd-auth']))) refuse('The token is not known or has expired.', 401);
    if (place === 'POST /v3/thirdpartydata/query') {
      const fields = bodyOf(request, ['ProviderId', 'ProviderElementId', ...PAGE], ['ProviderId', 'PageSize', 'PageStartIndex']);
      provider(fields);
      const one = ignoresFilters ? undefined : fields.ProviderElementId;
      const all = [...elements.values()].filter(({ ProviderElementId }) => one === undefined || ProviderElementId === one);
      return page(all, fields, showElement);
    }
    if (place === 'POST /v3/thirdpartydata') {
      const made = element(request);
      if (elements.has(made.ProviderElementId)) refuse(`The element ${made.ProviderElementId} exists already.`);
      elements.set(made.ProviderElementId, made);
      created.push(made.ProviderElementId);
      return { status: 200, body: showElement(made) };
    }
    if (place === 'PUT /v3/thirdpartydata') {
      const made = element(request);
      const before = elements.get(made.ProviderElementId) ?? refuse('The element does not exist.');
      if (before.ParentElementId !== made.ParentElementId) refuse('The parent of an element cannot be changed.');
      elements.set(made.ProviderElementId, made);
      renamed.push(made.ProviderElementId);
      return { status: 200, body: showElement(made) };
    }
    if (place === 'POST /v3/datarate/query') {
      const known = ['ProviderId', 'BrandId', 'RateLevel', 'PartnerId', 'AdvertiserId', 'ProviderElementIds', ...PAGE];
      const fields = bodyOf(request, known, ['ProviderId', 'PageSize', 'PageStartIndex']);
      provider(fields);
      const wanted = (['BrandId', 'RateLevel', 'PartnerId', 'AdvertiserId'] as const).filter(
        (name) => fields[name] !== undefined,
      );
      const ids = fields.ProviderElementIds as readonly string[] | undefined;
      const all = [...rates.values()].filter(
        (rate) =>
          ignoresFilters ||
          (wanted.every((name) => rate[name] === fields[name]) && (ids === undefined || ids.includes(rate.ProviderElementId))),
      );
      return page(all, fields, showRate);
    }
    if (place === 'POST /v3/datarate/batch') {
      const fields = bodyOf(request, ['ProviderId', names.rates], ['ProviderId', names.rates]);
      provider(fields);
      const given = fields[names.rates];
      if (!Array.isArray(given) || given.length === 0 || given.length > 5000) return refuse('A batch has 1 to 5000 rates.');
      const staged = given.map(rateOf);
      if (new Set(staged.map(rateKey)).size < staged.length) refuse('The same rate is twice in the batch.');
      batches.push(staged.length);
      const id = String(1000 + batches.length);
      queue.set(id, { staged, ...ending });
      return { status: 200, body: { BatchId: id, ProcessingStatus: 'Queued' } };
    }
    const [, id] = /^GET \/v3\/datarate\/batch\/(\d+)$/.exec(place) ?? [];
    const batch = id === undefined ? undefined : queue.get(id);
    if (batch === undefined) return refuse('There is nothing here.', 404);
    if (batch.looks > 0) {
      batch.looks -= 1;
      return { status: 200, body: { BatchId: id, ProcessingStatus: 'Processing', ApprovalStatus: null } };
    }
    if (batch.status === 'Success') for (const rate of batch.staged) rates.set(rateKey(rate), rate);
    const message = batch.status === 'Success' ? null : 'The brand has no contract.';
    return { status: 200, body: { BatchId: id, ProcessingStatus: batch.status, ApprovalStatus: 'Approved', Message: message } };
  }

  const server = await httpStandIn(async (request) => {
    const endpoint = `${request.method} ${request.path}`;
    const callers = (inUse.get(endpoint) ?? 0) + 1;
    inUse.set(endpoint, callers);
    try {
      // Others may come before it is answered, as they may at any server.
      await new Promise(setImmediate);
      if (callers > MOST_CALLERS) throw new Refusal(429, 'Too many callers.', { 'retry-after': '2' });
      onCall?.(request.method, request.path);
      return answer(request);
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      throw error;
    } finally {
      inUse.set(endpoint, (inUse.get(endpoint) ?? 1) - 1);
    }
  });
  const bare = { ParentElementId: 'ROOT', Buyable: true, Description: null };
  const forPartner = {
    RateLevel: 'Partner',
    PartnerId: 'p1',
    AdvertiserId: null,
    BrandId: null,
    RateType: 'CPM',
    currency: 'USD',
  };
  return Object.assign(server, {
    elements,
    rates,
    created,
    renamed,
    batches,
    addElement: (id: string, name: string, more: Partial<TtdElement> = {}) =>
      void elements.set(id, { ...bare, ProviderElementId: id, DisplayName: name, ...more }),
    addRate: (id: string, amount: string, more: Partial<TtdRate> = {}) => {
      const rate = { ...forPartner, ProviderElementId: id, amount, share: null, ...more };
      rates.set(rateKey(rate), rate);
    },
    price: (id: string) => rates.get(JSON.stringify([id, 'Partner', 'p1', null, null]))?.amount,
    expireTokens: () => tokens.clear(),
    batchesEnd: (status: string, looks: number) => {
      ending = { status, looks };
    },
    calledTimes: (method: string, path: string) =>
      server.calls.filter((one) => one.method === method && one.path === `/v3${path}`).length,
  });
}
