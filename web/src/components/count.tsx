import { bytesText, countText } from '../lib/format.ts';
import { NoValue } from './no-value.tsx';

/** A number with its digits in groups; null is shown as a dash. */
export function Count({ value }: { readonly value: number | null }) {
  return value === null ? <NoValue /> : <span>{countText(value)}</span>;
}

/** A size in bytes as people read it; the exact one when it is pointed at. */
export function Bytes({ value }: { readonly value: number }) {
  return <span title={`${countText(value)} bytes`}>{bytesText(value)}</span>;
}
