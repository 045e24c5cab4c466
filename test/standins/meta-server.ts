import { createHash, createHmac } from 'node:crypto';
import { type HttpStandIn, httpStandIn, type StandInAnswer, type StandInRequest } from './http-standin.ts';

/** Meta's Marketing API as far as Custom Audiences go, as strict as its documentation and stricter where that is silent. */

export const META_TOKEN = 'EAAB-system-user-token';
export const META_APP_SECRET = '0123456789abcdef0123456789abcdef';
export const META_ACCOUNT = '1234567890';
const VERSION = 'v25.0';
const MAX_BATCH = 10_000;

interface Row {
  readonly id: string;
  readonly flags: readonly string[];
  readonly country?: number;
  readonly state?: number;
}

export interface MetaSession {
  readonly id: string;
  readonly edge: string;
  readonly batches: Map<number, { readonly digest: string; readonly answer: StandInAnswer }>;
  readonly rows: Row[];
  received: number;
  invalid: number;
  /** `open` until its last batch; `broken` when a batch did not fit, or it was left alone for too long. */
  state: 'open' | 'complete' | 'broken';
  isProcessed: boolean;
  readonly shape: { readonly total: number; readonly schema: string };
}

export interface MetaAudience {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** What is known of each member beside its id. */
  readonly members: Map<string, Omit<Row, 'id'>>;
  readonly sessions: Map<string, MetaSession>;
  operationStatus: number;
  deliveryStatus: number;
  isDeleted: boolean;
  consent: boolean | null;
  dataSource: unknown;
}

export interface MetaStandIn extends HttpStandIn {
  readonly audiences: ReadonlyMap<string, MetaAudience>;
  /** What the stand-in demands; tests change it. */
  readonly rules: {
    /** HTTP status and subcode with which every token is refused; null lets the right one in. */
    tokenRefusal: { readonly status: 400 | 401; readonly subcode: 460 | 463 } | null;
    needsProof: boolean;
    /** Rows above which the edge answers in HTML. */
    edgeRows: number;
    termsAccepted: 0 | 1 | null;
    tasks: readonly string[];
    pageSize: number;
  };
  makeAudience(description?: string): MetaAudience;
  /** Every open session ends, as after its time is over. */
  endOpenSessions(): void;
  /** Meta has processed what it was sent: sessions are finished, audiences of 100 members and more are ready. */
  process(): void;
}

/** A refusal in Meta's form. */
export function metaError(status: number, code: number, subcode?: number, more: object = {}): StandInAnswer {
  const error = { message: `(#${code}) refused`, type: 'OAuthException', code, fbtrace_id: 'Abcdefgh12_' };
  return { status, body: { error: { ...error, ...(subcode === undefined ? {} : { error_subcode: subcode }), ...more } } };
}

export const EDGE_REFUSAL: StandInAnswer = {
  status: 400,
  headers: { 'content-type': 'text/html' },
  body: '<!DOCTYPE html><html><body>Bad Request</body></html>',
};

/** Throttled for so many minutes. */
export function throttled(code: number, minutes: number, subcode?: number): StandInAnswer {
  const usage = { [META_ACCOUNT]: [{ type: 'custom_audience', call_count: 100, estimated_time_to_regain_access: minutes }] };
  return { ...metaError(400, code, subcode), headers: { 'x-business-use-case-usage': JSON.stringify(usage) } };
}

const invalid = (message: string): StandInAnswer => metaError(400, 100, undefined, { message });
const broken = (subcode?: number): StandInAnswer => metaError(400, 2650, subcode);

export async function metaStandIn(): Promise<MetaStandIn> {
  const audiences = new Map<string, MetaAudience>();
  const rules: MetaStandIn['rules'] = {
    tokenRefusal: null,
    needsProof: false,
    edgeRows: Number.POSITIVE_INFINITY,
    termsAccepted: 1,
    tasks: ['MANAGE', 'ADVERTISE', 'ANALYZE'],
    pageSize: 2,
  };

  function makeAudience(description = '', name = 'By hand'): MetaAudience {
    const audience: MetaAudience = {
      id: String(23850000000000000n + BigInt(audiences.size)),
      name,
      description,
      members: new Map(),
      sessions: new Map(),
      operationStatus: 200,
      deliveryStatus: 300,
      isDeleted: false,
      consent: null,
      dataSource: null,
    };
    audiences.set(audience.id, audience);
    return audience;
  }

  function handle(request: StandInRequest): StandInAnswer {
    const url = new URL(request.path, 'http://meta');
    const [version, node = '', edge = '', ...rest] = url.pathname.slice(1).split('/');
    const refusal = refusalOf(request, url);
    if (refusal !== null) return refusal;
    if (version !== VERSION || rest.length > 0) return metaError(400, 2500);
    const query = Object.fromEntries(url.searchParams);
    delete query.appsecret_proof;
    if (node === `act_${META_ACCOUNT}`) return onAccount(request, edge, query);
    const audience = audiences.get(node);
    if (audience === undefined) return metaError(400, 100, 33);
    if (audience.isDeleted) return metaError(400, 100, 1487366);
    return onAudience(audience, request, edge, query);
  }

  function refusalOf({ headers }: StandInRequest, url: URL): StandInAnswer | null {
    if (rules.tokenRefusal !== null) return metaError(rules.tokenRefusal.status, 190, rules.tokenRefusal.subcode);
    if (headers.authorization !== `Bearer ${META_TOKEN}` || url.searchParams.has('access_token')) return metaError(401, 190);
    const proof = url.searchParams.get('appsecret_proof');
    if (proof === null) return rules.needsProof ? invalid('API calls from the server require an appsecret_proof argument') : null;
    const expected = createHmac('sha256', META_APP_SECRET).update(META_TOKEN).digest('hex');
    return proof === expected ? null : invalid('Invalid appsecret_proof provided in the API argument');
  }

  function onAccount({ method, body }: StandInRequest, edge: string, query: Record<string, string>): StandInAnswer {
    if (edge === '' && method === 'GET') {
      if (!hasOnly(query, ['fields']) || !fieldsAre(query, ['id', 'tos_accepted', 'user_tasks']))
        return invalid('Unknown parameter');
      const terms = rules.termsAccepted === null ? {} : { tos_accepted: { custom_audience_tos: rules.termsAccepted } };
      return { status: 200, body: { id: `act_${META_ACCOUNT}`, user_tasks: rules.tasks, ...terms } };
    }
    if (edge !== 'customaudiences') return metaError(400, 2500);
    if (method === 'GET') return list(query);
    if (method !== 'POST' || Object.keys(query).length > 0) return invalid('Unsupported request');
    const given = parsed(body);
    const allowed = ['name', 'subtype', 'customer_file_source', 'description'];
    if (given === null || !hasOnly(given, allowed)) return invalid('Unknown parameter');
    const { name, subtype, customer_file_source: source, description } = given;
    if (typeof name !== 'string' || name === '' || typeof description !== 'string') return invalid('name');
    const sources: readonly unknown[] = ['USER_PROVIDED_ONLY', 'PARTNER_PROVIDED_ONLY', 'BOTH_USER_AND_PARTNER_PROVIDED'];
    if (subtype !== 'CUSTOM' || !sources.includes(source)) return invalid('customer_file_source');
    if (rules.termsAccepted === 0) return metaError(400, 2655);
    if (audiences.size >= 500) return metaError(400, 2654);
    return { status: 200, body: { id: makeAudience(description, name).id } };
  }

  function list(query: Record<string, string>): StandInAnswer {
    if (!hasOnly(query, ['fields', 'limit', 'after']) || !fieldsAre(query, ['id', 'name', 'description']))
      return invalid('fields');
    const known = [...audiences.values()].filter(({ isDeleted }) => !isDeleted);
    const from = query.after === undefined ? 0 : Number(Buffer.from(query.after, 'base64url').toString());
    const to = from + Math.min(rules.pageSize, Number(query.limit ?? 25));
    const cursors = { before: 'x', after: Buffer.from(String(to)).toString('base64url') };
    return {
      status: 200,
      body: {
        data: known.slice(from, to).map(({ id, name, description }) => ({ id, name, description })),
        // The next page's address has the token in it: nobody may follow it, or show it.
        paging: { cursors, ...(to < known.length ? { next: `https://graph.example/?access_token=${META_TOKEN}` } : {}) },
      },
    };
  }

  function onAudience(
    audience: MetaAudience,
    request: StandInRequest,
    edge: string,
    query: Record<string, string>,
  ): StandInAnswer {
    const { method } = request;
    if (method === 'GET' && edge === '') {
      const fields = ['approximate_count_lower_bound', 'approximate_count_upper_bound', 'delivery_status', 'operation_status'];
      if (!hasOnly(query, ['fields']) || !fieldsAre(query, ['id', ...fields])) return invalid('fields');
      return { status: 200, body: stateOf(audience) };
    }
    if (method === 'GET' && edge === 'sessions') {
      if (!hasOnly(query, ['session_id'])) return invalid('session_id');
      const session = audience.sessions.get(query.session_id ?? '');
      return { status: 200, body: { data: session === undefined ? [] : [sessionNode(session)] } };
    }
    if (!(edge === 'users' && (method === 'POST' || method === 'DELETE')) && !(edge === 'usersreplace' && method === 'POST'))
      return invalid('Unsupported request');
    // The payload belongs in the body, with DELETE too.
    if (Object.keys(query).length > 0) return invalid('Unknown parameter in the query');
    if (!String(request.headers['content-type']).startsWith('application/json')) return invalid('content-type');
    return upload(audience, `${method} ${edge}`, request.body);
  }

  function upload(audience: MetaAudience, edge: string, body: Buffer): StandInAnswer {
    const given = parsed(body);
    if (given === null || !hasOnly(given, ['payload', 'session', 'customer_consent'])) return invalid('Unknown parameter');
    const { payload, session, customer_consent: consent } = given;
    if (consent !== undefined && typeof consent !== 'boolean') return invalid('customer_consent');
    if (!isObject(payload) || !hasOnly(payload, ['schema', 'data', 'is_raw', 'data_source'])) return invalid('payload');
    if (Array.isArray(payload.data) && payload.data.length > rules.edgeRows) return EDGE_REFUSAL;
    const rows = rowsIn(payload);
    if (rows === null) return invalid('payload.data');
    if (rows.length === 0 || rows.length > MAX_BATCH) return invalid('Too many or no records');
    const keys = ['session_id', 'batch_seq', 'last_batch_flag', 'estimated_num_total'];
    if (!isObject(session) || Object.keys(session).length !== keys.length || !hasOnly(session, keys)) return invalid('session');
    const { batch_seq: sequence, last_batch_flag: isLast, estimated_num_total: total } = session;
    // As it was written: a number of 64 bits does not survive JSON.parse.
    const id = /"session_id":(\d+)[,}]/.exec(body.subarray(-250).toString())?.[1] ?? '';
    if (!/^[1-9]\d*$/.test(id) || BigInt(id) >= 2n ** 63n) return invalid('session_id');
    if (!isCount(sequence) || sequence === 0 || typeof isLast !== 'boolean' || !isCount(total)) return invalid('session');
    if (audience.operationStatus === 471) return metaError(400, 100, 1713230);

    const digest = createHash('sha256').update(body).digest('hex');
    const known = audience.sessions.get(id);
    const repeated = known?.batches.get(sequence);
    if (known !== undefined && repeated !== undefined && known.state !== 'broken' && known.edge === edge)
      return repeated.digest === digest ? repeated.answer : breakOff(known);
    if (known === undefined) {
      const others = [...audience.sessions.values()].filter(({ state }) => state === 'open');
      const isReplacing = others.some((other) => other.edge.endsWith('usersreplace'));
      if (isReplacing || (edge.endsWith('usersreplace') && others.length > 0)) return broken(1870145);
      if (sequence !== 1) return broken();
    }
    const schema = JSON.stringify([payload.schema, payload.is_raw]);
    const current: MetaSession = known ?? {
      id,
      edge,
      batches: new Map(),
      rows: [],
      received: 0,
      invalid: 0,
      state: 'open',
      isProcessed: false,
      shape: { total, schema },
    };
    audience.sessions.set(id, current);
    const fits = current.state === 'open' && current.edge === edge && sequence === current.batches.size + 1;
    const { shape } = current;
    const received = current.received + rows.length;
    const isWhole = isLast ? received === total : received < total;
    if (!fits || !isWhole || shape.total !== total || shape.schema !== schema) return breakOff(current);

    const shapeOfId = payload.is_raw === true ? UUID : SHA256;
    const good = rows.filter(({ id: value }) => shapeOfId.test(value));
    const samples = rows.filter(({ id: value }) => !shapeOfId.test(value)).slice(0, 5);
    current.received = received;
    current.invalid += rows.length - good.length;
    audience.consent = typeof consent === 'boolean' ? consent : null;
    audience.dataSource = payload.data_source ?? null;
    apply(audience, current, good, isLast);
    if (isLast) current.state = 'complete';
    const answer: StandInAnswer = {
      status: 200,
      body: {
        audience_id: audience.id,
        session_id: id,
        num_received: rows.length,
        num_invalid_entries: rows.length - good.length,
        invalid_entry_samples: Object.fromEntries(samples.map(({ id: value }, index) => [index, value])),
      },
    };
    current.batches.set(sequence, { digest, answer });
    return answer;
  }

  const base = await httpStandIn(handle);
  return {
    ...base,
    audiences,
    rules,
    makeAudience: (description) => makeAudience(description),
    endOpenSessions() {
      for (const { sessions } of audiences.values())
        for (const session of sessions.values()) if (session.state === 'open') session.state = 'broken';
    },
    process() {
      for (const audience of audiences.values()) {
        for (const session of audience.sessions.values()) session.isProcessed = session.state === 'complete';
        audience.deliveryStatus = audience.members.size >= 100 ? 200 : 300;
      }
    },
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SHA256 = /^[0-9a-f]{64}$/;

function breakOff(session: MetaSession): StandInAnswer {
  session.state = 'broken';
  return broken();
}

/** Adds and removals count at once; a replacement does with its last batch. */
function apply(audience: MetaAudience, session: MetaSession, rows: readonly Row[], isLast: boolean): void {
  if (session.edge === 'POST usersreplace') {
    session.rows.push(...rows);
    if (!isLast) return;
    audience.members.clear();
  }
  for (const { id, ...known } of session.edge === 'POST usersreplace' ? session.rows : rows)
    if (session.edge.startsWith('DELETE')) audience.members.delete(id);
    else audience.members.set(id, known);
}

/** The rows of a payload, or null when its schema and its data do not go together. */
function rowsIn({ schema, data, is_raw: isRaw, data_source: source }: Record<string, unknown>): readonly Row[] | null {
  if (!Array.isArray(data) || typeof isRaw !== 'boolean') return null;
  if (source !== undefined && !(isObject(source) && hasOnly(source, ['type', 'sub_type']))) return null;
  if (schema === 'MADID') return data.every(isText) ? data.map((id: string) => ({ id, flags: [] })) : null;
  if (!Array.isArray(schema) || schema[0] !== 'MADID' || new Set(schema).size !== schema.length) return null;
  const rows: Row[] = [];
  for (const row of data) {
    if (!Array.isArray(row) || row.length !== schema.length) return null;
    const cells: Record<string, unknown> = Object.fromEntries(schema.map((column: string, index) => [column, row[index]]));
    const { MADID: id, DATA_PROCESSING_OPTIONS: flags = [], ...place } = cells;
    const { DATA_PROCESSING_OPTIONS_COUNTRY: country, DATA_PROCESSING_OPTIONS_STATE: state, ...unknown } = place;
    if (!isText(id) || Object.keys(unknown).length > 0) return null;
    if (!Array.isArray(flags) || !flags.every((flag) => flag === 'LDU')) return null;
    if ((country !== undefined && !isCount(country)) || (state !== undefined && !isCount(state))) return null;
    rows.push({ id, flags, ...(country === undefined ? {} : { country }), ...(state === undefined ? {} : { state }) });
  }
  return rows;
}

function stateOf({ id, members, operationStatus, deliveryStatus }: MetaAudience): object {
  const isReady = deliveryStatus === 200;
  return {
    id,
    approximate_count_lower_bound: isReady ? members.size : -1,
    approximate_count_upper_bound: isReady ? members.size : -1,
    delivery_status: { code: deliveryStatus, description: '' },
    operation_status: { code: operationStatus, description: '' },
  };
}

/** As Meta writes it: numbers as text, 0 and -1 for what is not known yet. */
function sessionNode({ id, received, invalid: refused, isProcessed }: MetaSession): object {
  return {
    session_id: id,
    start_time: '1757326241',
    end_time: isProcessed ? '1757326841' : '0',
    num_received: String(received),
    num_matched: isProcessed ? String(received - refused) : '-1',
    num_invalid_entries: String(refused),
    progress: isProcessed ? '100' : '0',
    stage: isProcessed ? 'finished' : 'uploading',
  };
}

function parsed(body: Buffer): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body.toString());
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const hasOnly = (given: object, allowed: readonly string[]): boolean => Object.keys(given).every((key) => allowed.includes(key));
const fieldsAre = ({ fields = '' }: Record<string, string>, allowed: readonly string[]): boolean =>
  fields.split(',').every((field) => allowed.includes(field));
