import { resolve } from 'node:path';

/**
 * The shape of the invented log: one large agency over 33 weeks. Whatever changes the rows must raise VERSION, since kept data is used
 * again.
 */

const VERSION = 2;
export const SEED = 1;

/** Where benchmarks keep their data; not in version control, and free to be deleted. */
export const DATA_FOLDER = resolve(import.meta.dirname, '../.data');

export const AGENCY = '1480';
/** The instant at which the log ends and benchmarks deliver: all but the impossible times are before it. */
export const NOW = new Date('2026-02-18T00:00:00Z');
/** When the log without its last week ends. */
export const WEEK_BEFORE = new Date('2026-02-11T00:00:00Z');
export const DAYS = 230;
export const WEEK_DAYS = 7;
export const FIRST_DAYS = DAYS - WEEK_DAYS;
/** Midnight of the first day of loading. */
export const FIRST_DAY = new Date(NOW.getTime() - DAYS * 86_400_000);

export const ADVERTISERS = 700;
export const INSERTION_ORDERS = 4;
export const LINE_ITEMS = 5;
export const LINE_ITEMS_EACH = INSERTION_ORDERS * LINE_ITEMS;

/** Devices that are seen at all: 12 million with 137 million rows. */
export function devicesOf(rows: number): number {
  return Math.round((rows * 12) / 137);
}

/** The share of all devices that are active on one day; with every day that passes some leave and as many come. */
export const ACTIVE_SHARE = 0.4;

/** The file name of kept data of so many rows. */
export function dataName(rows: number): string {
  return `log-v${VERSION}-s${SEED}-${rows}`;
}
