/** Amounts of money that sites send as text, read tolerantly and added up exactly. */

/** Digits behind the point that are kept. */
const SCALE = 6;
const ONE = 10n ** BigInt(SCALE);

const AROUND = /^(?:[A-Z]{3}(?=[\s\d+\-.,\p{Sc}])|\p{Sc}|\s)+|(?:(?<=[\s\d.,\p{Sc}])[A-Z]{3}|\p{Sc}|\s)+$/gu;

/**
 * An amount in millionths, or null when it is not readable as one: currency signs and codes, spaces and thousands separators are left
 * out, and a decimal comma is one. A single comma before three digits separates thousands, a single point never does.
 */
export function amountOf(text: string): bigint | null {
  if (text.length > 60) return null;
  const bare = text.trim().replace(AROUND, '');
  const isNegative = /^[-−]/.test(bare) || /^\(.*\)$/.test(bare);
  const digits = bare
    .replace(/^[-−+(]|\)$/g, '')
    .replace(AROUND, '')
    .replaceAll(/(?<=\d)[\s'’\u00a0\u202f](?=\d{3}(?!\d))/g, '');
  const point = decimalPoint(digits);
  if (point === null) return null;
  const [whole, behind] = point === -1 ? [digits, ''] : [digits.slice(0, point), digits.slice(point + 1)];
  const plain = whole.replaceAll(/[.,]/g, '');
  if (!/^\d*$/.test(plain) || !/^\d*$/.test(behind) || plain + behind === '') return null;
  const padded = `${behind}${'0'.repeat(SCALE + 1)}`;
  const rounded = BigInt(plain || '0') * ONE + (BigInt(padded.slice(0, SCALE + 1)) + 5n) / 10n;
  return isNegative ? -rounded : rounded;
}

/** Where the decimal separator is; -1 for none, null when the separators make no number. */
function decimalPoint(digits: string): number | null {
  const separators = [...digits.matchAll(/[.,]/g)];
  const last = separators.at(-1);
  if (last === undefined) return -1;
  const others = separators.slice(0, -1).map(([sign]) => sign);
  const isSame = others.every((sign) => sign === last[0]);
  const areThousands = (whole: string): boolean => /^\d{1,3}(?:[.,]\d{3})+$/.test(whole);
  if (others.length > 0 && isSame) return areThousands(digits) ? -1 : null;
  const whole = digits.slice(0, last.index);
  if (others.length > 0) return new Set(others).size === 1 && areThousands(whole) ? last.index : null;
  return last[0] === ',' && areThousands(digits) ? -1 : last.index;
}

/** Decimal text with two digits behind the point, or as many as there are: `1234.50`, `0.125`. */
export function amountText(millionths: bigint): string {
  const positive = millionths < 0n ? -millionths : millionths;
  const behind = String(positive % ONE)
    .padStart(SCALE, '0')
    .replace(/0{1,4}$/, '');
  return `${millionths < 0n ? '-' : ''}${positive / ONE}.${behind}`;
}
