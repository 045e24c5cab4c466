/**
 * DuckDB finds names whatever their case; Snowflake tells "advertiser" from ADVERTISER. So small letters of a resolved name are
 * written as capitals between marks before DuckDB sees them: "aq_cut" becomes "‹AQ›_‹CUT›", which no other name becomes.
 */
const OPEN = '‹';
const CLOSE = '›';

export const encodeName = (name: string): string => name.replace(/\p{Ll}+/gu, (small) => `${OPEN}${small.toUpperCase()}${CLOSE}`);

const MARKED = new RegExp(`${OPEN}([^${CLOSE}]*)${CLOSE}`, 'gu');

/** Undoes `encodeName`, in a name or in any text that names occur in. */
export const decodeNames = (text: string): string => text.replace(MARKED, (_, capitals: string) => capitals.toLowerCase());

/** The name as DuckDB is told it, in quotes. */
export const quoteName = (name: string): string => `"${encodeName(name).replaceAll('"', '""')}"`;

/** The name as Snowflake shows it in SQL: without quotes where it needs none. */
export const shownName = (name: string): string => (/^[A-Z_][A-Z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`);
