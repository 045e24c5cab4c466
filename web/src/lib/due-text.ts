import { zoneName as nameOf } from './time-zone.ts';

/** The zone of whoever looks at the page. */
export function zoneName(): string {
  return nameOf('local');
}

/** `Mon, 23 Feb 2026, 07:00 CET`: a time to come, with its day and its zone. */
export function dueText(iso: string, zone: 'local' | 'utc'): string {
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone: nameOf(zone),
  }).format(new Date(iso));
}
