import { randomBytes } from 'node:crypto';
import { type HttpStandIn, httpStandIn, type StandInAnswer, type StandInRequest } from './http-standin.ts';
import { linesOf, TEXT_SET_UP, type TextSetUp, type UploadedLine } from './xandr-files.ts';

/** Xandr's API for tests: login, segments and batch uploads, with its limits, on a clock that tests turn. */

export const XANDR_MEMBER = 958;
export const XANDR_USER = { username: 'aquarius-api', password: 'correct horse battery' };

/** Keeps a member for 180 days at most. */
const MAX_MINUTES = 259_200;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export interface XandrSegment {
  readonly id: number;
  readonly code: string | null;
  readonly short_name: string;
  readonly member_id: number;
  readonly expire_minutes: number | null;
  state: 'active' | 'inactive';
  last_modified: string;
  /** By user, the instant at which he drops out. */
  readonly users: Map<string, number>;
}

export interface XandrJob {
  readonly id: string;
  readonly path: string;
  readonly openedAt: number;
  uploadedAt?: number;
  broken?: string;
  lines: readonly (UploadedLine | null)[];
  bytes: number;
  figures?: Record<string, unknown>;
}

export interface XandrRules {
  /** A wrong login is told in HTTP 401, or in HTTP 200. */
  wrongLogin: 200 | 401;
  /** A segment that is not there is no entry, or an error. */
  missing: 'empty' | 'error';
  maxFileBytes: number;
  linesPerHour: number;
  /** Jobs wait in this phase for good. */
  stuckIn?: 'starting' | 'processing';
  /** Jobs that others have queued. */
  queued: number;
  /** Jobs are answered as data providers get them, in a list. */
  inList: boolean;
  /** Every job ends in this error. */
  jobError?: string;
  /** Users whom the partner has never seen. */
  readonly unknownUsers: Set<string>;
  textSetUp: TextSetUp;
  /** What is told in place of the figures that were counted. */
  misreport?: (figures: Record<string, unknown>) => Record<string, unknown>;
}

export interface XandrStandIn extends HttpStandIn {
  readonly rules: XandrRules;
  readonly segments: Map<number, XandrSegment>;
  readonly jobs: XandrJob[];
  /** Successful logins, as milliseconds since 1970. */
  readonly logins: number[];
  now(): number;
  advance(ms: number): void;
  makeSegment(changes?: Partial<XandrSegment>): XandrSegment;
  /** Users of a segment who have not dropped out, without the kind of their id. */
  held(segment: XandrSegment): ReadonlySet<string>;
}

export async function xandrStandIn(): Promise<XandrStandIn> {
  let time = Date.parse('2026-11-23T06:00:00Z');
  const rules: XandrRules = {
    wrongLogin: 401,
    missing: 'empty',
    maxFileBytes: 500_000_000,
    linesPerHour: Number.POSITIVE_INFINITY,
    queued: 0,
    inList: false,
    unknownUsers: new Set(),
    textSetUp: TEXT_SET_UP,
  };
  const segments = new Map<number, XandrSegment>();
  const jobs: XandrJob[] = [];
  const logins: number[] = [];
  const tokens = new Map<string, { readonly issued: number; used: number }>();

  const ok = (body: object): StandInAnswer => ({ status: 200, body: { response: { status: 'OK', ...body } } });
  const timeText = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

  function makeSegment(changes: Partial<XandrSegment> = {}): XandrSegment {
    const id = 30_000 + segments.size;
    const segment: XandrSegment = {
      id,
      code: '1480_4711',
      short_name: 'Visitors',
      member_id: XANDR_MEMBER,
      expire_minutes: null,
      state: 'active',
      last_modified: timeText(time - 24 * HOUR),
      users: new Map(),
      ...changes,
    };
    segments.set(segment.id, segment);
    return segment;
  }

  function authenticate({ headers, body }: StandInRequest): StandInAnswer {
    if (headers['content-type'] !== 'application/json') return refusal(400, 'SYNTAX', 'wrong content type');
    const { auth } = JSON.parse(body.toString()) as { auth?: { username?: string; password?: string } };
    if (auth?.username !== XANDR_USER.username || auth.password !== XANDR_USER.password)
      return refusal(rules.wrongLogin, 'UNAUTH', 'No match found for user/pass');
    if (logins.filter((at) => at > time - 5 * MINUTE).length >= 10) return refusal(429, 'LIMIT', 'too many logins');
    logins.push(time);
    const token = `authn:${randomBytes(12).toString('hex')}`;
    tokens.set(token, { issued: time, used: time });
    return ok({ token });
  }

  function isLoggedIn({ headers }: StandInRequest): boolean {
    const token = tokens.get(headers.authorization ?? '');
    if (token === undefined || time - token.used > 2 * HOUR || time - token.issued > 24 * HOUR) return false;
    token.used = time;
    return true;
  }

  function findSegments(query: URLSearchParams): StandInAnswer {
    const [id, code] = [query.get('id'), query.get('code')];
    const found = [...segments.values()].filter(
      (one) => (id === null || String(one.id) === id) && (code === null || one.code?.toLowerCase() === code.toLowerCase()),
    );
    if (found.length === 0 && rules.missing === 'error') return refusal(200, 'SYNTAX', 'segment not found');
    const told = found.slice(0, Math.min(100, Number(query.get('num_elements') ?? 100))).map(({ users, ...segment }) => segment);
    return ok({ count: told.length, ...(id !== null && told.length === 1 ? { segment: told[0] } : { segments: told }) });
  }

  function addSegment({ body }: StandInRequest): StandInAnswer {
    const { segment } = JSON.parse(body.toString()) as { segment: Record<string, unknown> };
    const { code, short_name: name, expire_minutes: expiry, member_id: member } = segment;
    const isSound =
      typeof code === 'string' &&
      code.length <= 50 &&
      typeof name === 'string' &&
      name.length <= 255 &&
      member === XANDR_MEMBER &&
      (expiry === null || (Number.isInteger(expiry) && Number(expiry) >= 0 && Number(expiry) <= MAX_MINUTES));
    if (!isSound) return refusal(400, 'SYNTAX', 'bad segment');
    if ([...segments.values()].some((one) => one.code?.toLowerCase() === code.toLowerCase()))
      return refusal(400, 'INTEGRITY', 'Segment code must be unique');
    const made = makeSegment({ code, short_name: name, expire_minutes: expiry as number | null, last_modified: timeText(time) });
    const { users, ...told } = made;
    return ok({ id: made.id, segment: told });
  }

  function openJob({ headers, body }: StandInRequest): StandInAnswer {
    const waiting = jobs.filter((job) => job.uploadedAt !== undefined && phaseOf(job) !== 'completed').length + rules.queued;
    if (waiting > 200) return refusal(400, 'LIMIT', 'too many jobs are waiting');
    if (body.length > 0) return refusal(400, 'SYNTAX', 'the body must be empty');
    const id = randomBytes(20).toString('hex');
    const job: XandrJob = { id, path: `/segment-upload/${id}`, openedAt: time, lines: [], bytes: 0 };
    jobs.push(job);
    return ok({
      id: jobs.length,
      batch_segment_upload_job: told({ job_id: id, upload_url: `http://${headers.host}${job.path}` }),
    });
  }

  const told = (job: object): unknown => (rules.inList ? [job] : job);

  async function takeFile({ path, headers, body }: StandInRequest): Promise<StandInAnswer> {
    const job = jobs.find((one) => one.path === path);
    if (job === undefined) return refusal(404, 'SYNTAX', 'no such job');
    if (headers['content-type'] !== 'application/octet-stream') return { status: 415, body: 'Unsupported Media Type' };
    if (headers['content-length'] !== String(body.length)) return { status: 411, body: 'Length Required' };
    // The address is all that is needed; a token must not go to another host.
    if (headers.authorization !== undefined) return refusal(400, 'SYNTAX', 'unexpected token');
    const isLive = jobs.at(-1) === job && job.uploadedAt === undefined && job.broken === undefined;
    if (!isLive || time - job.openedAt > 5 * MINUTE) {
      if (job.uploadedAt === undefined) job.broken = 'uploading-error';
      return uploadError('uploading-error', 'the address is dead');
    }
    if (body.length > rules.maxFileBytes)
      return broken(job, 'FILESIZE_LIMIT_EXCEEDED', 'Member exceeds maximum byte size allowed for a file');
    const uploads = jobs.flatMap(({ uploadedAt, lines }) =>
      uploadedAt === undefined ? [] : [{ uploadedAt, count: lines.length }],
    );
    if (uploads.some(({ uploadedAt }) => time - uploadedAt < MINUTE))
      return broken(job, 'RATE_LIMIT_EXCEEDED', 'Member exceeds maximum allowed uploads per minute');
    const lines = await linesOf(body, rules.textSetUp);
    const thisHour = Math.floor(time / HOUR);
    const used = uploads
      .filter(({ uploadedAt }) => Math.floor(uploadedAt / HOUR) === thisHour)
      .reduce((sum, { count }) => sum + count, 0);
    if (used + lines.length > rules.linesPerHour)
      return broken(job, 'RATE_LIMIT_EXCEEDED', 'Member exceeds maximum allowed number of lines per hour');
    Object.assign(job, { uploadedAt: time, lines, bytes: body.length });
    return ok({ segment_upload: { job_id: job.id } });
  }

  function broken(job: XandrJob, code: string, message: string): StandInAnswer {
    job.broken = 'uploading-error';
    return uploadError(code, message);
  }

  function phaseOf({ uploadedAt, broken: error }: XandrJob): string {
    if (error !== undefined) return 'error';
    if (uploadedAt === undefined) return 'starting';
    if (rules.stuckIn !== undefined) return rules.stuckIn;
    const age = time - uploadedAt;
    if (age >= 2 * MINUTE) return rules.jobError === undefined ? 'completed' : 'error';
    return age >= MINUTE ? 'processing' : 'validating';
  }

  /** Jobs that are done by now have their effect, in the order of their uploads. */
  function settle(): void {
    for (const job of jobs) if (job.figures === undefined && phaseOf(job) === 'completed') job.figures = apply(job);
  }

  function apply({ lines }: XandrJob): Record<string, unknown> {
    const counts: Record<string, number> = {};
    const log: string[] = [];
    const faulty = new Set<string>();
    const seen = new Set<string>();
    const users = new Set<string>();
    const miss = (figure: string, line: UploadedLine | null, segment?: number) => {
      if (segment === undefined || !faulty.has(`${figure} ${segment}`)) counts[figure] = (counts[figure] ?? 0) + 1;
      if (segment !== undefined) faulty.add(`${figure} ${segment}`);
      if (line !== null && log.length < 200) log.push(`${figure}-${line.text}`);
    };
    for (const line of lines) {
      if (line === null || line.segments.length === 0 || line.segments.length > 1800 || seen.has(line.user)) {
        miss('num_invalid_format', line);
        continue;
      }
      seen.add(line.user);
      if (rules.unknownUsers.has(line.user.slice(line.user.indexOf(':') + 1))) {
        miss('num_invalid_user', line);
        continue;
      }
      users.add(line.user);
      for (const { id, code, memberId, expiration, timestamp } of line.segments) {
        const segment =
          id === 0
            ? [...segments.values()].find((one) => one.code === code && one.member_id === (memberId || XANDR_MEMBER))
            : segments.get(id);
        if (expiration < -2 || expiration > MAX_MINUTES || (id === 0) === (code === '')) miss('num_invalid_format', line);
        else if (timestamp < 0n || timestamp > 10_000_000_000n) miss('num_invalid_timestamp', line);
        else if (segment === undefined) miss('num_invalid_segment', line, id);
        else if (segment.member_id !== XANDR_MEMBER) miss('num_unauth_segment', line, id);
        else if (segment.state === 'inactive') miss('num_inactive_segment', line, id);
        else {
          const from = timestamp === 0n ? time : Number(timestamp) * 1000;
          const until = from + (expiration <= 0 ? MAX_MINUTES : expiration) * MINUTE;
          if (expiration !== -1 && until <= time) miss('num_past_expiration', line, id);
          else {
            counts.num_valid = (counts.num_valid ?? 0) + 1;
            if (expiration === -1) segment.users.delete(line.user);
            else segment.users.set(line.user, until);
          }
        }
      }
    }
    const figures = {
      num_valid: 0,
      ...counts,
      num_valid_user: users.size,
      error_log_lines: log.length === 0 ? null : ` \n\n${log.join('\n')}`,
    };
    return rules.misreport?.(figures) ?? figures;
  }

  function readJob(query: URLSearchParams): StandInAnswer {
    settle();
    const job = jobs.find(({ id }) => id === query.get('job_id'));
    if (job === undefined) return refusal(404, 'SYNTAX', 'no such job');
    const phase = phaseOf(job);
    const error = phase === 'error' ? (job.broken ?? rules.jobError) : null;
    // Before it is completed the figures are there, and mean nothing.
    const figures = phase === 'completed' ? job.figures : { num_valid: 0, num_invalid_user: 0 };
    return ok({
      batch_segment_upload_job: told({ job_id: job.id, member_id: XANDR_MEMBER, phase, error_code: error, ...figures }),
    });
  }

  const standIn = await httpStandIn((request) => {
    const { method, path } = request;
    const { pathname, searchParams: query } = new URL(path, 'http://xandr');
    if (method === 'POST' && pathname === '/auth') return authenticate(request);
    if (method === 'POST' && pathname.startsWith('/segment-upload/')) return takeFile(request);
    if (!isLoggedIn(request)) return refusal(200, 'NOAUTH', 'Authentication failed - not logged in');
    if (query.get('member_id') !== String(XANDR_MEMBER)) return refusal(403, 'UNAUTH', 'not your member');
    const route = `${method} ${pathname}`;
    if (route === 'GET /segment') return findSegments(query);
    if (route === 'POST /segment') return addSegment(request);
    if (route === 'POST /batch-segment') return openJob(request);
    if (route === 'GET /batch-segment') return readJob(query);
    return refusal(404, 'SYNTAX', 'unknown service');
  });

  return Object.assign(standIn, {
    rules,
    segments,
    jobs,
    logins,
    makeSegment,
    now: () => time,
    advance(ms: number) {
      time += ms;
    },
    held({ users }: XandrSegment) {
      settle();
      return new Set([...users].flatMap(([user, until]) => (until > time ? [user.slice(user.indexOf(':') + 1)] : [])));
    },
  });
}

function refusal(status: number, id: string, error: string): StandInAnswer {
  return { status, body: { response: { status: status === 200 ? undefined : 'ERROR', error_id: id, error } } };
}

function uploadError(code: string, message: string): StandInAnswer {
  return { status: 200, body: { response: { status: 'ERROR', error_code: code, errors: [message] } } };
}
