import { join, type Sql, sql } from '../../lib/sql.ts';
import { isIdSql } from '../../reach/text-sql.ts';
import type { BoundTable } from '../../warehouse/catalogue.ts';
import type { Dialect } from '../../warehouse/dialect.ts';

/** How places are compared. SEGMENT_MD5_MAPPING has millions of rows, so what is worked out for each of them is kept cheap. */

/** The MD5 of a place, in lower case. */
export function md5Sql(dialect: Dialect, column: Sql): Sql {
  return sql`lower(trim(${dialect.text(column)}))`;
}

/** The id of a place as an assignment has it. What is blank is the id of no place in SEGMENT_METADATA. */
export function uniqueIdSql(dialect: Dialect, column: Sql): Sql {
  return sql`trim(${dialect.text(column)})`;
}

/** A text, or null where it is one of the field's blanks. */
export function presentTextSql(dialect: Dialect, column: Sql): Sql {
  const text = sql`trim(${dialect.text(column)})`;
  return sql`CASE WHEN lower(${text}) IN ('', '0', 'null', 'unknown') THEN NULL ELSE ${text} END`;
}

/** A name as it is compared and searched: without case, accents, apostrophes and blanks around it. Bound values are folded by the same rule. */
export function foldedSql(dialect: Dialect, name: Sql): Sql {
  return dialect.replaceAll(dialect.folded(sql`trim(${dialect.text(name)})`), "['’‘`´]", '');
}

/** Whether a folded text holds every word of a search. */
export function hasWordsSql(dialect: Dialect, folded: Sql, search: string): Sql {
  const words = search.split(/\s+/).filter((word) => word.replace(/['’‘`´]/g, '') !== '');
  return join(
    words.map((word) => sql`position(${foldedSql(dialect, sql`${word}`)} IN ${folded}) > 0`),
    ' AND ',
  );
}

/** Whether a category holds one of the words of `policy.deniedPlaceCategories`: the rule by which deliveries are refused. */
export function isDeniedSql(dialect: Dialect, category: Sql, words: readonly string[]): Sql {
  if (words.length === 0) return sql`FALSE`;
  const text = sql`lower(${dialect.text(category)})`;
  return sql`coalesce(${join(
    words.map((word) => sql`position(${word.toLowerCase()} IN ${text}) > 0`),
    ' OR ',
  )}, FALSE)`;
}

/** Whose assignments these are. Where the table has no agency, an advertiser's rows cannot be told from another agency's of the same id. */
export function isTheirsSql(dialect: Dialect, mapping: BoundTable, agencyId: string, advertiserId: string): Sql {
  const ofAdvertiser = isIdSql(dialect, mapping.column('ADVERTISER_ID'), advertiserId);
  return mapping.has('AGENCY_ID')
    ? sql`${ofAdvertiser} AND ${isIdSql(dialect, mapping.column('AGENCY_ID'), agencyId)}`
    : ofAdvertiser;
}

/** Texts as the rows of a FROM item `wanted` with the column `wanted`. There must be at least one. */
export function wantedSql(texts: readonly string[]): Sql {
  return sql`(VALUES ${join(texts.map((text) => sql`(${text})`))}) AS wanted(wanted)`;
}
