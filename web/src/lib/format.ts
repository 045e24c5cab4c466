import type { TimeZoneChoice } from './time-zone.ts';
import { zoneName } from './time-zone.ts';

/** Values as people read them. */

const COUNT = new Intl.NumberFormat('en-US');
const SHORT_COUNT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });
const SHARE = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 1 });

/** 1,204,331 */
export function countText(count: number): string {
  return COUNT.format(count);
}

/** 1.2M, for axes. */
export function shortCountText(count: number): string {
  return SHORT_COUNT.format(count);
}

/** 12.5%, of a share between 0 and 1. */
export function shareText(share: number): string {
  return SHARE.format(share);
}

/** `1 run`, `2 runs`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** 31.5 MiB */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < BYTE_UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${BYTE_UNITS[unit]}`;
}

/** 4 Mar 2026, 06:06:07 */
export function instantText(iso: string, zone: TimeZoneChoice, { seconds = false }: { readonly seconds?: boolean } = {}): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
    timeZone: zoneName(zone),
  }).format(new Date(iso));
}

/** 06:06:07 */
export function clockText(iso: string, zone: TimeZoneChoice): string {
  return new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone: zoneName(zone),
  }).format(new Date(iso));
}

/** 4 Mar */
export function dayText(iso: string, zone: TimeZoneChoice): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: zoneName(zone) }).format(new Date(iso));
}

const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const STEPS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** `3 minutes ago`, `in 2 hours`, `just now`. */
export function relativeText(iso: string, nowMs: number): string {
  const seconds = Math.round((Date.parse(iso) - nowMs) / 1000);
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return RELATIVE.format(Math.trunc(seconds / size), unit);
  }
  return seconds > 15 ? 'in less than a minute' : 'just now';
}

/** `1 h 04 min`, `1 min 12 s`, `3.4 s`, `120 ms`: of milliseconds. */
export function durationText(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${twoDigits(seconds % 60)} s`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h ${twoDigits(Math.floor((seconds % 3_600) / 60))} min`;
  return `${Math.floor(seconds / 86_400)} d ${Math.floor((seconds % 86_400) / 3_600)} h`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** `size_deviation` as `Size deviation`, `IPV6` as `IPv6`. */
export function wordsOf(code: string): string {
  const words = code
    .replaceAll(/[_-]/g, ' ')
    .toLowerCase()
    .replaceAll(/\bip(?=v\d|\b)/g, 'IP');
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}
