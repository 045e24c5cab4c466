/**
 * Decimal text in its one canonical form: `1.150` is `1.15`, `01` is `1`, `1.5E1` is `15`. Never goes through a float. Text that is no
 * decimal number without a sign is null.
 */
export function exactDecimal(text: string): string | null {
  const [, whole, fraction = '', exponent = '0'] = /^(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text) ?? [];
  if (whole === undefined) return null;
  const point = whole.length + Number(exponent);
  const digits = whole + fraction;
  const padded = digits.padStart(digits.length - Math.min(0, point), '0').padEnd(point, '0');
  const at = Math.max(0, point);
  const left = padded.slice(0, at).replace(/^0+(?=\d)/, '') || '0';
  const right = padded.slice(at).replace(/0+$/, '');
  return right === '' ? left : `${left}.${right}`;
}
