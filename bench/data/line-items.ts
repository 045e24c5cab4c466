import { raw, type Sql, sql } from '../../src/lib/sql.ts';
import { ADVERTISERS, INSERTION_ORDERS, LINE_ITEMS, LINE_ITEMS_EACH } from './shape.ts';

/**
 * The advertisers' campaigns, four insertion orders of five line items each. All follows from the advertiser's rank: 0 has the most
 * exposures. Most run on one platform; some have their last insertion order on another one under an id of its own.
 */

/** Which platform an advertiser uses, by its rank. */
export function platformOf(rank: number): string {
  if (rank % 35 === 17) return '11';
  if (rank % 20 === 9) return '13';
  return rank % 12 === 5 ? '6' : '21';
}

/** The advertisers with an account on a second platform. */
export function hasSecondAccount(rank: number): boolean {
  return rank % 35 === 3;
}

export const SECOND_PLATFORM = '6';
export const FIRST_ADVERTISER_ID = 20_000;
const FIRST_ACCOUNT = 410_000;

export function advertiserId(rank: number): string {
  return String(FIRST_ADVERTISER_ID + rank);
}

export function accountOf(rank: number): string {
  return String(FIRST_ACCOUNT + rank);
}

export function secondAccountOf(rank: number): string {
  return `tt${FIRST_ACCOUNT + rank}`;
}

export function insertionOrderId(rank: number, order: number): string {
  return `IO${(rank * INSERTION_ORDERS + order + 70_000).toString()}`;
}

export function lineItemId(rank: number, item: number): string {
  return String(9_000_000 + rank * LINE_ITEMS_EACH + item);
}

/** Names as platform 21 writes them: encoded three times. */
function encoded(name: string): string {
  return encodeURIComponent(encodeURIComponent(encodeURIComponent(name)));
}

interface LineItem {
  readonly place: number;
  readonly platform: string;
  readonly account: string;
  readonly accountName: string;
  readonly io: string;
  readonly ioName: string;
  readonly li: string;
}

function lineItem(rank: number, item: number): LineItem {
  const order = Math.floor(item / LINE_ITEMS);
  const second = hasSecondAccount(rank) && order === INSERTION_ORDERS - 1;
  const platform = second ? SECOND_PLATFORM : platformOf(rank);
  const name = platform === '21' ? encoded : (text: string): string => text;
  return {
    place: rank * LINE_ITEMS_EACH + item,
    platform,
    account: second ? secondAccountOf(rank) : accountOf(rank),
    accountName: name(`C${1000 + rank} - Advertiser ${rank}`),
    io: insertionOrderId(rank, order),
    ioName: name(`Flight ${order + 1} of ${rank}`),
    li: lineItemId(rank, item),
  };
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A select with a row for every line item, by place: rank of the advertiser times 20, and its own number. */
export function lineItemsSql(): Sql {
  const rows = Array.from({ length: ADVERTISERS * LINE_ITEMS_EACH }, (_, place) => {
    const { platform, account, accountName, io, ioName, li } = lineItem(
      Math.floor(place / LINE_ITEMS_EACH),
      place % LINE_ITEMS_EACH,
    );
    return `(${place}, ${[platform, account, accountName, io, ioName, li].map(quoted).join(', ')})`;
  });
  return sql`SELECT * FROM (VALUES ${raw(rows.join(', '))}) AS l (place, platform, account, account_name, io, io_name, li)`;
}

const TICKETS = 65_536;

/** 65,536 ranks, of which each has as many as Zipf's law gives it: an index drawn evenly gives an advertiser. */
export function zipfTickets(): readonly number[] {
  const weights = Array.from({ length: ADVERTISERS }, (_, rank) => 1 / (rank + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const ends: number[] = [];
  weights.reduce((sum, weight) => {
    ends.push(((sum + weight) / total) * TICKETS);
    return sum + weight;
  }, 0);
  let rank = 0;
  return Array.from({ length: TICKETS }, (_, ticket) => {
    while (ticket >= (ends[rank] ?? Number.POSITIVE_INFINITY) && rank < ADVERTISERS - 1) rank += 1;
    return rank;
  });
}
