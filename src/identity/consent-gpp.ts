import { isBlank } from './blank.ts';
import { type ConsentVerdict, usPrivacyVerdict, worst } from './consent.ts';
import { FIRST_SECTION_WITH_HEADER, SECTIONS, type SectionLayout, USP_SECTION } from './consent-sections.ts';
import { trimSpace } from './text-pattern.ts';

/** Longer texts are no consent of one person. */
const LONGEST = 4096;
const MOST_SECTIONS = 64;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const SIX_BITS = new Map(Array.from(ALPHABET, (letter, index) => [letter, index.toString(2).padStart(6, '0')] as const));

/**
 * Of a GPP text: out when in any section SaleOptOut, SharingOptOut or TargetedAdvertisingOptOut is 1, Gpc is true, or the consent for a
 * known child is refused. Sections that are not about these (the European and Canadian ones among them), versions that came later and
 * texts that break the rules are `unknown`. Blank is no signal, and in.
 */
export function gppVerdict(raw: string | null): ConsentVerdict {
  if (raw === null || isBlank(raw)) return 'in';
  const text = trimSpace(raw);
  if (text.length > LONGEST) return 'unknown';
  const [header = '', ...sections] = text.split('~');
  const ids = sectionIds(header);
  if (ids === null || ids.length === 0 || ids.length !== sections.length) return 'unknown';
  return worst(sections.map((section, index) => sectionVerdict(ids[index] ?? 0, section)));
}

function sectionVerdict(id: number, section: string): ConsentVerdict {
  if (id === USP_SECTION) return isBlank(section) ? 'unknown' : usPrivacyVerdict(section);
  const parts = section.split('.').map(bitsOf);
  const hasHeader = id >= FIRST_SECTION_WITH_HEADER && numberAt(parts[0] ?? null, 0, 6) === id;
  const version = numberAt(parts[0] ?? null, hasHeader ? 6 : 0, 6);
  const layout = SECTIONS[`${id}.${version}`];
  const [core = null, ...others] = hasHeader ? parts.slice(1) : parts;
  if (layout === undefined) return 'unknown';
  return worst([coreVerdict(core, layout), ...others.map((part) => afterVerdict(part, layout))]);
}

function coreVerdict(core: string | null, { optOuts, children, bits }: SectionLayout): ConsentVerdict {
  const fields = [optOuts, children].flatMap(([first, count]) =>
    Array.from({ length: count }, (_, index) => numberAt(core, first + 2 * index, 2)),
  );
  if (fields.includes(1)) return 'out';
  return core === null || core.length < bits || fields.includes(3) ? 'unknown' : 'in';
}

/** A sub-section after the core: two bits of type, 1 for Gpc, then its one bit. */
function afterVerdict(part: string | null, { after }: SectionLayout): ConsentVerdict {
  if (part === null) return 'unknown';
  if (after === 'sensitive') return 'in';
  if (after === 'nothing' || numberAt(part, 0, 2) !== 1) return 'unknown';
  const gpc = numberAt(part, 2, 1);
  if (gpc === 1) return 'out';
  return gpc === 0 ? 'in' : 'unknown';
}

/**
 * The ids that a GPP header lists, in the order of their sections: type 3 and version 1 in six bits each, then a range: a count in twelve
 * bits, and for each item one bit (0 an id, 1 a first and a last id) and distances from the id before as Fibonacci numbers.
 */
function sectionIds(header: string): readonly number[] | null {
  const bits = bitsOf(header);
  if (bits === null || numberAt(bits, 0, 6) !== 3 || numberAt(bits, 6, 6) !== 1) return null;
  const count = numberAt(bits, 12, 12);
  if (count === null) return null;
  const ids: number[] = [];
  let at = 24;
  let last = 0;
  const next = (): number | null => {
    const end = bits.indexOf('11', at);
    if (end < 0) return null;
    last += fibonacci(bits.slice(at, end + 1));
    at = end + 2;
    return last;
  };
  for (let item = 0; item < count; item++) {
    const isRange = bits[at] === '1';
    at += 1;
    const first = next();
    const final = isRange ? next() : first;
    if (first === null || final === null || ids.length + final - first >= MOST_SECTIONS) return null;
    for (let id = first; id <= final; id++) ids.push(id);
  }
  return ids;
}

/** A sum of Fibonacci numbers 1, 2, 3, 5, 8, …, the smallest first; the closing 1 is left out. */
function fibonacci(digits: string): number {
  let [value, following, sum] = [1, 2, 0];
  for (const digit of digits) {
    if (digit === '1') sum += value;
    [value, following] = [following, value + following];
  }
  return sum;
}

/** Base64url as bits; null when it is none. */
function bitsOf(text: string): string | null {
  const groups = Array.from(text, (letter) => SIX_BITS.get(letter));
  return text === '' || groups.includes(undefined) ? null : groups.join('');
}

/** The unsigned number in some bits; null past their end. */
function numberAt(bits: string | null, from: number, length: number): number | null {
  return bits === null || bits.length < from + length ? null : Number.parseInt(bits.slice(from, from + length), 2);
}
