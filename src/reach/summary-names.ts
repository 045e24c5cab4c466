import { join, raw, type Sql, sql } from '../lib/sql.ts';
import type { BoundTable } from '../warehouse/catalogue.ts';
import type { Dialect } from '../warehouse/dialect.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { dayOf, ingestedSql, NO_DAY, seenAtSql } from './source-days.ts';
import { platformNumberSql } from './summary-groups.ts';
import { idSql, presentIdSql } from './text-sql.ts';
import { workTable } from './work-table.ts';

/**
 * The names of the summary's ids: for each the one of its latest impression that has one. An impression that is more than a day later than
 * its own ingestion has no believable time, and names nothing.
 */

interface Kind {
  readonly kind: 'DSP_ADVERTISER' | 'INSERTION_ORDER' | 'LINE_ITEM' | 'CREATIVE';
  readonly id: string;
  readonly name: string;
}

/** Kinds that are read in one pass, since their ids and names go together. */
const PASSES: readonly (readonly Kind[])[] = [
  [
    { kind: 'DSP_ADVERTISER', id: 'DSP_ADVERTISER_ID', name: 'DSP_ADVERTISER_NAME' },
    { kind: 'INSERTION_ORDER', id: 'INSERTION_ORDER_ID', name: 'INSERTION_ORDER_NAME' },
    { kind: 'LINE_ITEM', id: 'LINE_ITEM_ID', name: 'LINE_ITEM_NAME' },
  ],
  [{ kind: 'CREATIVE', id: 'CREATIVE_ID', name: 'CREATIVE_NAME' }],
];

const KEY = { agency: 'AGENCY_ID', platform: 'DSP_PLATFORM_TYPE', kind: 'KIND', id: 'ID' } as const;

/** Rows of a log, aliased `l`. */
export interface NamedRows {
  readonly log: BoundTable;
  readonly rows: Sql;
  /** The days `(agency, day)` that they are, where those may have been looked at before. */
  readonly again: Sql | null;
}

export interface PreparedNames {
  /** Within a transaction. */
  write(): Promise<void>;
  /** Work tables that it reads. */
  readonly tables: readonly Sql[];
}

/** Finds the names of some days of the log, and gives what brings the table of names up to date with them. */
export async function prepareNames(
  session: Session,
  { log, rows, again }: NamedRows,
  names: BoundTable,
  signal?: AbortSignal,
): Promise<PreparedNames> {
  const found = await latestNames(session, log, rows, signal);
  if (again === null) return { write: () => putNames(session, names, [found], signal), tables: [found] };
  // What these days said before may not be in them any more.
  const day = dayOf(names.column('SEEN_AT'));
  const ofDays = sql`(${names.column('AGENCY_ID')}, ${day}) IN (SELECT agency, day FROM ${again})`;
  const before = await workTable(
    session,
    'names_before',
    sql`SELECT ${join(keyColumns(names))}, ${day} AS day FROM ${names.ref} WHERE ${ofDays}`,
    signal,
  );
  const lost = await findLost(session, log, { before, now: found }, signal);
  return {
    async write() {
      await session.execute(sql`DELETE FROM ${names.ref} WHERE ${ofDays}`, signal === undefined ? {} : { signal });
      await putNames(session, names, [found, ...lost], signal);
    },
    tables: [found, before, ...lost],
  };
}

/** Puts tables of names in one after the other, where none that is later is there. */
async function putNames(session: Session, names: BoundTable, tables: readonly Sql[], signal?: AbortSignal): Promise<void> {
  const options = signal === undefined ? {} : { signal };
  const [name, seenAt] = [names.column('NAME', 'n'), names.column('SEEN_AT', 'n')];
  const same = join(
    keyNames.map((key) => sql`f.${raw(key)} IS NOT DISTINCT FROM ${names.column(KEY[key], 'n')}`),
    ' AND ',
  );
  const key = sql`${names.column(KEY.agency)}, ${withoutNull(names.column(KEY.platform))}, ${names.column(KEY.kind)}, ${names.column(KEY.id)}`;
  const columns = [...keyNames.map((each) => names.column(KEY[each])), names.column('NAME'), names.column('SEEN_AT')];
  for (const found of tables) {
    await session.execute(
      sql`DELETE FROM ${names.ref} WHERE (${key}) IN (
        SELECT f.agency, ${withoutNull(raw('f.platform'))}, f.kind, f.id FROM ${found} f JOIN ${names.ref} n ON ${same}
        WHERE f.seen_at > ${seenAt} OR (f.seen_at = ${seenAt} AND f.name > ${name}))`,
      options,
    );
    await session.execute(
      sql`INSERT INTO ${names.ref} (${join(columns)}) SELECT f.agency, f.platform, f.kind, f.id, f.name, f.seen_at FROM ${found} f
        WHERE NOT EXISTS (SELECT 1 FROM ${names.ref} n WHERE ${same})`,
      options,
    );
  }
}

/** A platform as a number that is never null, so that it can be looked for among others. */
const withoutNull = (platform: Sql): Sql => sql`COALESCE(${platform}, -1)`;

/**
 * Looks through the whole log for ids that their latest day does not name any more, which happens only when rows were taken away. Gives
 * a table of their names; none where nothing is lost.
 */
async function findLost(
  session: Session,
  log: BoundTable,
  { before, now }: { readonly before: Sql; readonly now: Sql },
  signal?: AbortSignal,
): Promise<readonly Sql[]> {
  const same = (one: string, other: string): Sql =>
    join(
      keyNames.map((key) => raw(`${one}.${key} IS NOT DISTINCT FROM ${other}.${key}`)),
      ' AND ',
    );
  const lost = await workTable(
    session,
    'names_lost',
    sql`SELECT b.agency, b.platform, b.kind, b.id FROM ${before} b LEFT JOIN ${now} f ON ${same('f', 'b')}
      WHERE f.seen_at IS NULL OR ${dayOf(raw('f.seen_at'))} < b.day`,
    signal,
  );
  const [count] = await session.all(sql`SELECT COUNT(*) AS lost FROM ${lost}`);
  const found: Sql[] = [];
  if (Number(count?.lost) > 0) {
    const all = await latestNames(session, log, sql`${log.column('AGENCY_ID', 'l')} IS NOT NULL`, signal);
    const select = sql`SELECT a.* FROM ${all} a WHERE EXISTS (SELECT 1 FROM ${lost} b WHERE ${same('b', 'a')})`;
    found.push(await workTable(session, 'names_found', select, signal));
    await session.execute(sql`DROP TABLE ${all}`);
  }
  await session.execute(sql`DROP TABLE ${lost}`);
  return found;
}

const keyNames = Object.keys(KEY) as readonly (keyof typeof KEY)[];

function keyColumns(names: BoundTable): readonly Sql[] {
  return keyNames.map((key) => sql`${names.column(KEY[key])} AS ${raw(key)}`);
}

/** A work table of the names of some rows, the latest of each id: `agency`, `platform`, `kind`, `id`, `name`, `seen_at`. */
async function latestNames(session: Session, log: BoundTable, rows: Sql, signal?: AbortSignal): Promise<Sql> {
  const { dialect } = session;
  const passes: Sql[] = [];
  const parts: Sql[] = [];
  for (const all of PASSES) {
    const kinds = all.filter(({ id, name }) => log.has(id) && log.has(name));
    if (kinds.length === 0) continue;
    const pass = await workTable(session, 'named', namedSql(dialect, log, rows, kinds), signal);
    passes.push(pass);
    parts.push(
      ...kinds.map(
        ({ kind }, index) =>
          sql`SELECT agency, platform, ${kind} AS kind, ${raw(`id_${index}`)} AS id, ${raw(`name_${index}`)} AS name, seen_at FROM ${pass}`,
      ),
    );
  }
  const found = parts.length === 0 ? NO_NAMES : join(parts, ' UNION ALL ');
  const latest = await workTable(
    session,
    'names',
    sql`SELECT agency, platform, kind, id, name, seen_at FROM (
        SELECT *, ROW_NUMBER() OVER (PARTITION BY agency, platform, kind, id ORDER BY seen_at DESC, name DESC) AS place FROM (
          SELECT ${idSql(dialect, raw('agency'))} AS agency, ${platformNumberSql(dialect, raw('platform'))} AS platform, kind,
            ${presentIdSql(dialect, raw('id'))} AS id, name, seen_at
          FROM (${found}) found WHERE ${presentIdSql(dialect, raw('name'))} IS NOT NULL
        ) named WHERE id IS NOT NULL
      ) placed WHERE place = 1`,
    signal,
  );
  for (const pass of passes) await session.execute(sql`DROP TABLE ${pass}`);
  return latest;
}

/** The ids and names of some kinds as found, with their latest time. */
function namedSql(dialect: Dialect, log: BoundTable, rows: Sql, kinds: readonly Kind[]): Sql {
  const seenAt = seenAtSql(dialect, log);
  const ingestedAt = ingestedSql(dialect, log);
  const believable = log.has('INGESTION_TIMESTAMP')
    ? sql`(${ingestedAt} IS NULL OR ${seenAt} <= ${ingestedAt} + INTERVAL '1 day')`
    : sql`TRUE`;
  const text = (column: string): Sql => dialect.text(log.column(column, 'l'));
  const columns = [
    sql`${text('AGENCY_ID')} AS agency, ${text('DSP_PLATFORM_TYPE')} AS platform`,
    ...kinds.map(({ id, name }, index) => sql`${text(id)} AS ${raw(`id_${index}`)}, ${text(name)} AS ${raw(`name_${index}`)}`),
  ];
  const places = raw(Array.from({ length: 2 + 2 * kinds.length }, (_, index) => String(index + 1)).join(', '));
  return sql`SELECT ${join(columns)}, MAX(${seenAt}) AS seen_at FROM ${log.ref} l
    WHERE ${rows} AND ${dayOf(seenAt)} > ${NO_DAY} AND ${believable} GROUP BY ${places}`;
}

const NO_NAMES = sql`SELECT CAST('' AS VARCHAR) AS agency, CAST('' AS VARCHAR) AS platform, CAST('' AS VARCHAR) AS kind,
  CAST('' AS VARCHAR) AS id, CAST('' AS VARCHAR) AS name, CAST(NULL AS TIMESTAMP) AS seen_at LIMIT 0`;
