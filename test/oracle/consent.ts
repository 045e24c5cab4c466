import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Row } from '../../src/warehouse/warehouse.ts';
import { isBlank, textOf } from './values.ts';

/** Consent as the rows say it. GPP texts are not decoded here: a list says what each of those that the tests use means. */

type Verdict = 'in' | 'out' | 'unknown';

/** Texts made by the IAB's own encoder, each with what was put into it; see test/golden/consent. */
export const GPP_TEXTS: ReadonlyMap<string, Verdict> = new Map(
  readFileSync(resolve('test/golden/consent/gpp.tsv'), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .map(([, , text = '', verdict]) => [text, verdict as Verdict]),
);

/** Texts that nobody can read, or that are not about opt-outs: the second is a European one. */
export const UNREADABLE_GPP = ['D', 'DBABMA~CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA', 'not a text', 'DBABLA'];

function gpp(text: string): Verdict {
  const verdict = GPP_TEXTS.get(text);
  if (verdict !== undefined) return verdict;
  if (UNREADABLE_GPP.includes(text)) return 'unknown';
  throw new Error(`The list does not say what ${text} means.`);
}

function usPrivacy(text: string): Verdict {
  const [version, notice, optOut, covered, ...more] = text.toUpperCase();
  const readable =
    version === '1' && [notice, optOut, covered].every((each) => each !== undefined && 'YN-'.includes(each)) && more.length === 0;
  if (!readable) return 'unknown';
  return optOut === 'Y' ? 'out' : 'in';
}

function limit(text: string): Verdict {
  const word = text.toLowerCase();
  if (['1', '1.0', 'true', 't', 'yes', 'y'].includes(word)) return 'out';
  return ['0', '0.0', 'false', 'f', 'no', 'n'].includes(word) ? 'in' : 'unknown';
}

/** Whether any signal of the row is an opt-out, or cannot be read where that is refused. */
export function isOptedOut(row: Row, unknownConsent: 'refuse' | 'allow'): boolean {
  const said = (column: string, judge: (text: string) => Verdict): Verdict =>
    isBlank(row[column]) ? 'in' : judge(textOf(row[column]));
  const verdicts = [said('US_PRIVACY', usPrivacy), said('GPP', gpp), said('LMT', limit), said('DNT', limit)];
  return verdicts.includes('out') || (unknownConsent === 'refuse' && verdicts.includes('unknown'));
}
