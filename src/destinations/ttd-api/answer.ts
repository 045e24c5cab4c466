import { z } from 'zod';
import { transientError } from '../../errors.ts';
import { retryAfterMs } from '../../lib/retry-after.ts';
import { type HttpAnswer, jsonOf } from '../http/http.ts';
import { failureOfCode, failureOfStatus } from './failures.ts';

const text = z.string().nullish();
const lineSchema = z.object({
  ErrorCode: text,
  Message: text,
  /** The item's number in the request, from 1. */
  ItemNumber: z.union([z.string(), z.number()]).nullish(),
  /** With addresses: the one that was refused. */
  IPAddress: text,
  /** The id as it was sent, in the field in which it was sent. An odd one is no reason not to read the answer. */
  DAID: text.catch(null),
  UID2: text.catch(null),
  UID2Token: text.catch(null),
  RampID: text.catch(null),
});
const bodySchema = z.object({ ErrorCode: text, Message: text, FailedLines: z.array(lineSchema).nullish() });

/** A refusal of one item. */
export interface FailedLine {
  readonly code: string;
  /** Place of the item in the request, from 0; null where The Trade Desk does not say. */
  readonly item: number | null;
  readonly address: string | null;
  /** The id that the line names, as the partner writes it; null where it names none. */
  readonly id: string | null;
}

/** What The Trade Desk made of a call. */
export type Answer =
  /** Stored, but for the lines. */
  | { readonly kind: 'taken'; readonly lines: readonly FailedLine[] }
  /** Nothing was surely stored: something in it is wrong, at best the lines say what. */
  | { readonly kind: 'refused'; readonly code: string; readonly lines: readonly FailedLine[]; readonly namesItems: boolean }
  | { readonly kind: 'tooLarge' };

/** Wait where a busy partner does not say how long: its own advice. */
const BUSY_MS = 60_000;

/**
 * Reads an answer. What concerns the call as a whole is thrown: `transient` where it passes, else `config` or `rejected`. Bodies are never
 * quoted, since they name members.
 */
export function answerOf(answer: HttpAnswer, host: string, now: Date): Answer {
  const { status } = answer;
  const parsed = bodySchema.safeParse(jsonOf(answer));
  const request = requestIdOf(answer);
  const said = `${host} answered ${status}${request === null ? '' : ` (request ${request})`}`;
  const wait = retryAfterMs(answer, now);
  if (status === 429 || status === 503)
    throw transientError(status === 429 ? 'ttd_rate_limited' : 'ttd_unavailable', `${said}: it is busy.`, {
      hint: 'It is tried again. If it stays so, lower parallel, or let fewer runs go there at once (limits).',
      retryAfterMs: wait ?? BUSY_MS,
    });
  if (status >= 500 || status === 408)
    throw transientError('ttd_server_error', `${said}.`, {
      hint: 'It is tried again. If it stays so, give The Trade Desk the number of the request.',
      ...(wait === null ? {} : { retryAfterMs: wait }),
    });
  if (status === 413) return { kind: 'tooLarge' };
  const code = codeWord(parsed.data?.ErrorCode);
  const lines = (parsed.data?.FailedLines ?? []).map(lineOf);
  for (const each of [code, ...lines.map((line) => line.code)]) {
    const failure = failureOfCode(each, said);
    if (failure !== null) throw failure;
  }
  if (status === 400)
    return { kind: 'refused', code, lines, namesItems: code === 'MissingData' || /\bitems?\b/i.test(answer.text) };
  if (status !== 200) throw failureOfStatus(status, said);
  if (!parsed.success)
    throw transientError('ttd_answer', `${said} with something else than its own JSON.`, {
      hint: 'It is tried again. If it stays so, a proxy answers in its place, or url is wrong.',
    });
  if (lines.length === 0 && code !== UNKNOWN) return { kind: 'refused', code, lines, namesItems: code === 'MissingData' };
  return { kind: 'taken', lines };
}

/** The number by which The Trade Desk finds a call in its logs. */
export function requestIdOf({ headers }: Pick<HttpAnswer, 'headers'>): string | null {
  const given = headers.get('x-ttd-request-id') ?? '';
  return /^[\w.-]{1,64}$/.test(given) ? given : null;
}

const UNKNOWN = 'Unknown';

function lineOf({ ErrorCode, Message, ItemNumber, IPAddress, ...ids }: z.infer<typeof lineSchema>): FailedLine {
  // Older answers have the number in the message alone: "Invalid DAID, item #1".
  const number = Number(ItemNumber ?? /\bitem #(\d+)/i.exec(Message ?? '')?.[1]);
  return {
    code: codeWord(ErrorCode),
    item: Number.isSafeInteger(number) && number > 0 ? number - 1 : null,
    address: IPAddress ?? null,
    id: ids.DAID || ids.UID2 || ids.UID2Token || ids.RampID || null,
  };
}

/** A code as the partner spells it. What is not a word is none: codes are kept in receipts, where no identifier may be. */
function codeWord(given: string | null | undefined): string {
  return given !== null && given !== undefined && /^(?=.{1,64}$)[A-Z][A-Za-z_]*\d?[A-Za-z_]*$/.test(given) ? given : UNKNOWN;
}
