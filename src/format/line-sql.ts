import { kindOf } from '../identity/identifier-kind.ts';
import { IDENTIFIER_TYPES, type IdentifierType } from '../identity/identifier-type.ts';
import { join, raw, type Sql, sql } from '../lib/sql.ts';
import type { Dialect } from '../warehouse/dialect.ts';
import { actionWord } from './action-word.ts';
import { checkContext } from './check-layout.ts';
import type { ColumnValue, FileContext, IdentifierValue, Layout } from './layout.ts';
import { beforeLf } from './line-end.ts';
import { quoteValue } from './quote-value.ts';
import { expiryText } from './time-text.ts';
import { typeWord } from './type-word.ts';

/** The columns of the query that a line is made from. `value` is canonical, `lastSeen` a UTC timestamp. */
interface LineColumns {
  readonly type: Sql;
  readonly value: Sql;
  readonly lastSeen: Sql;
}

/** Text that is the same in every row of a type, or an expression. */
type Piece = string | Sql;

const HASHES = { md5: 'md5Hex', sha1: 'sha1Hex', sha256: 'sha256Hex' } as const;

function identifierPiece(value: IdentifierValue, type: IdentifierType, dialect: Dialect, layout: Layout, canonical: Sql): Piece {
  if (value.only !== undefined && !value.only.includes(type)) return '';
  const isDevice = kindOf(type) === 'MAID';
  const letterCase = value.letterCase ?? layout.idCase[type];
  const cased = isDevice && letterCase === 'upper' ? sql`upper(${canonical})` : canonical;
  const text = isDevice && value.hyphens === false ? sql`replace(${cased}, '-', '')` : cased;
  return value.hash === undefined ? text : dialect[HASHES[value.hash]](text);
}

function columnPiece(
  value: ColumnValue,
  type: IdentifierType,
  dialect: Dialect,
  layout: Layout,
  context: FileContext,
  columns: LineColumns,
): Piece {
  switch (value.kind) {
    case 'identifier':
      return identifierPiece(value, type, dialect, layout, columns.value);
    case 'identifierType':
      return typeWord(value.words, type);
    case 'segmentId':
      return context.segmentId;
    case 'segmentName':
      return context.segmentName;
    case 'lastSeen':
      return value.format === 'iso-seconds' ? dialect.isoSeconds(columns.lastSeen) : dialect.unixSeconds(columns.lastSeen);
    case 'expiresAt':
      return expiryText(context, value.days, value.format);
    case 'action':
      return actionWord(value.words, context.action);
    case 'context':
      return context[value.field];
    case 'audienceKey':
      return dialect.sha256Hex(columns.value);
    case 'constant':
      return value.text;
  }
}

/** Neighbouring constants become one, so that the warehouse concatenates as few pieces as there can be. */
function folded(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') result[result.length - 1] = last + piece;
    else if (piece !== '') result.push(piece);
  }
  return result;
}

/**
 * The whole line of a row as one text expression, without its LF. Only constants can need quotes in `minimal`: no canonical identifier,
 * hash or time holds a delimiter or a quote. The line is null for a type that the layout cannot carry, which `packFile` refuses.
 * All rows are taken to be of `types`: the fewer, the shorter the expression, and a warehouse compiles it for each file.
 */
export function lineSql(
  dialect: Dialect,
  layout: Layout,
  context: FileContext,
  columns: LineColumns,
  types: readonly IdentifierType[] = IDENTIFIER_TYPES,
): Sql {
  checkContext(layout, context);
  const mark = layout.quoting === 'all' ? '"' : '';

  function lineOf(type: IdentifierType): Sql {
    const pieces = layout.columns.flatMap(({ value }, index): Piece[] => {
      const piece = columnPiece(value, type, dialect, layout, context, columns);
      const delimiter = index === 0 ? '' : layout.delimiter;
      return typeof piece === 'string' ? [delimiter + quoteValue(layout, piece)] : [delimiter + mark, piece, mark];
    });
    const whole = folded([...pieces, beforeLf(layout)]);
    return join(
      whole.map((piece) => (typeof piece === 'string' ? sql`${piece}` : piece)),
      ' || ',
    );
  }

  const [only, ...others] = types;
  if (only !== undefined && others.length === 0) return lineOf(only);
  const carried = types.filter((type) =>
    layout.columns.every(({ value }) => value.kind !== 'identifierType' || value.words[type] !== undefined),
  );
  const branches = carried.map((type) => sql`WHEN ${raw(`'${type}'`)} THEN ${lineOf(type)}`);
  return sql`CASE ${columns.type} ${join(branches, ' ')} END`;
}
