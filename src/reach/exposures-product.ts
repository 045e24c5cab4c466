import { type Sql, sql } from '../lib/sql.ts';
import type { BoundTable } from '../warehouse/catalogue.ts';
import { isComplete } from '../warehouse/missing-columns.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { CONSENT_COLUMNS, type Consent, readConsent } from './consent-rows.ts';
import { identifierColumns } from './log-rows.ts';
import { PREPARED_COLUMNS, prepareSql } from './prepare-exposures.ts';
import type { Product } from './product.ts';
import { KEY_COLUMNS, newKeysSql } from './raw-keys.ts';
import { dayOf, FIRST_INSTANT, inRange } from './source-days.ts';

/** Raised whenever the rules for identifiers, keys, device types or consent change: what is kept was made by the old ones. */
const RULES = 3;

/** Logs that hold identifiers. */
const LOGS = ['AD_IMPRESSION_LOG_V2', 'LIVERAMP_IMPRESSION_LOG'];

const OPTIONAL = [
  'ADVERTISER_ID',
  'DSP_PLATFORM_TYPE',
  'DSP_ADVERTISER_ID',
  'INSERTION_ORDER_ID',
  'LINE_ITEM_ID',
  'INSERTION_ORDER_NAME',
  'INGESTION_TIMESTAMP',
  'DEVICE_TYPE',
  ...CONSENT_COLUMNS,
];

/** Every impression with its identifiers parsed: what audiences are cut from. */
export const exposuresProduct: Product = {
  name: 'EXPOSURES',
  readsIdentifiers: true,
  keepsAll: false,
  // What lacks a required column is refused by name where it is asked for, and is not prepared.
  sources: (catalogue) => LOGS.map((name) => catalogue.table(name)).filter(isComplete),
  shape(log) {
    const columns = [...Object.values(identifierColumns(log)), ...OPTIONAL.filter((name) => hasColumn(log, name))];
    return `${RULES} ${columns.join(' ')}`;
  },
  async clear(session, catalogue, log, chunk) {
    const exposures = catalogue.table('REACH_EXPOSURES').ref;
    const keys = catalogue.table('REACH_KEYS').ref;
    const ofLog = sql`SELECT KEY_NO FROM ${keys} WHERE SOURCE = ${log.spec.name}`;
    if (chunk === null) {
      await session.execute(sql`DELETE FROM ${exposures} WHERE KEY_NO IN (${ofLog})`);
      await retireKeys(session, keys, log);
      return;
    }
    const chosen =
      chunk.days === null
        ? sql`KEY_NO IN (${ofLog})`
        : sql`(KEY_NO, ${dayOf(sql`SEEN_AT`)}) IN (
          SELECT k.KEY_NO, t.day FROM ${keys} k JOIN ${chunk.days} t ON t.agency = k.RAW_AGENCY WHERE k.SOURCE = ${log.spec.name})`;
    await session.execute(sql`DELETE FROM ${exposures} WHERE ${inRange(sql`SEEN_AT`, chunk.range)} AND ${chosen}`);
  },
  prune(session, catalogue, log, before) {
    const keys = sql`SELECT KEY_NO FROM ${catalogue.table('REACH_KEYS').ref} WHERE SOURCE = ${log.spec.name}`;
    return session.execute(
      sql`DELETE FROM ${catalogue.table('REACH_EXPOSURES').ref} WHERE SEEN_AT < ${before} AND SEEN_AT >= ${FIRST_INSTANT} AND KEY_NO IN (${keys})`,
    );
  },
  async prepare(session, catalogue, log, _chunk, rows, signal) {
    const place = { keys: catalogue.table('REACH_KEYS').ref, exposures: catalogue.table('REACH_EXPOSURES').ref };
    const consent = await consentOf(session, log, rows, signal);
    return { write: () => writeInto(session, log, { rows, consent }, place, signal), tables: consent?.tables ?? [] };
  },
};

/** What the row that keeps the highest number has for a source. */
const RETIRED = 'RETIRED';

/** Forgets the keys of a log, but not which numbers they had: who still reads with one must never find another key's exposures. */
async function retireKeys(session: Session, keys: Sql, log: BoundTable): Promise<void> {
  const [row] = await session.all(sql`SELECT COALESCE(MAX(KEY_NO), 0) AS highest FROM ${keys}`);
  const highest = row?.highest ?? 0;
  await session.execute(sql`DELETE FROM ${keys} WHERE SOURCE = ${log.spec.name} OR SOURCE = ${RETIRED}`);
  const kept = sql`SELECT COALESCE(MAX(KEY_NO), 0) FROM ${keys}`;
  await session.execute(
    sql`INSERT INTO ${keys} (KEY_NO, SOURCE, AGENCY_ID) SELECT ${highest}, ${RETIRED}, '' WHERE (${kept}) < ${highest}`,
  );
}

interface Place {
  readonly keys: Sql;
  readonly exposures: Sql;
}

/** Numbers the new keys of some rows of a log, aliased `l`, and puts the rows into a table, prepared. */
export async function prepareInto(
  session: Session,
  log: BoundTable,
  rows: Sql,
  place: Place,
  signal?: AbortSignal,
): Promise<number> {
  const consent = await consentOf(session, log, rows, signal);
  const written = await writeInto(session, log, { rows, consent }, place, signal);
  for (const table of consent?.tables ?? []) await session.execute(sql`DROP TABLE ${table}`);
  return written;
}

function consentOf(session: Session, log: BoundTable, rows: Sql, signal?: AbortSignal): Promise<Consent | null> {
  return readConsent(session, { log, alias: 'l', from: sql`${log.ref} l WHERE ${rows}` }, signal);
}

async function writeInto(
  session: Session,
  log: BoundTable,
  { rows, consent }: { readonly rows: Sql; readonly consent: Consent | null },
  { keys, exposures }: Place,
  signal?: AbortSignal,
): Promise<number> {
  const options = signal === undefined ? {} : { signal };
  const { dialect } = session;
  await session.execute(sql`INSERT INTO ${keys} (${KEY_COLUMNS}) ${newKeysSql(dialect, log, keys, rows)}`, options);
  return session.execute(
    sql`INSERT INTO ${exposures} (${PREPARED_COLUMNS}) ${prepareSql(dialect, log, keys, rows, consent)}`,
    options,
  );
}

function hasColumn(log: BoundTable, name: string): boolean {
  return log.spec.columns.some((column) => column.name === name) && log.has(name);
}
