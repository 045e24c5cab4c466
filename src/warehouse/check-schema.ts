import type { Problem } from '../errors.ts';
import { compile, type Sql } from '../lib/sql.ts';
import type { FoundTable } from './bound-table.ts';
import { addColumn, createTable, engineType } from './ddl.ts';
import type { Dialect } from './dialect.ts';
import { withColumnNames } from './placement.ts';
import { shownName } from './shown-name.ts';
import type { ColumnSpec, ColumnType } from './table-spec.ts';
import { type TypeFamily, typeFamily } from './type-family.ts';

/** `error`: delivery cannot do without it. `warning`: something will not work as meant. `info`: good to know. */
export interface SchemaProblem extends Problem {
  readonly severity: 'error' | 'warning' | 'info';
  readonly kind: 'missing_table' | 'missing_column' | 'wrong_type' | 'extra_column';
  /** The table by its name in the catalogue, and the column; null for the whole table. */
  readonly table: string;
  readonly column: string | null;
  /** The statement that puts it right; null where there is none. */
  readonly statement: string | null;
}

/** Families that a column may have, and those that are read all the same, if not as well. */
const SUITABLE: Readonly<Record<ColumnType, { readonly good: readonly TypeFamily[]; readonly readable: readonly TypeFamily[] }>> =
  {
    text: { good: ['text', 'integer', 'decimal'], readable: ['float', 'boolean', 'date', 'timestamp'] },
    integer: { good: ['integer', 'decimal'], readable: ['float', 'text'] },
    number: { good: ['integer', 'decimal', 'float'], readable: ['text'] },
    boolean: { good: ['boolean'], readable: ['text', 'integer'] },
    date: { good: ['date', 'timestamp'], readable: ['text'] },
    timestamp: { good: ['timestamp', 'date'], readable: ['text'] },
    json: { good: ['json', 'nested', 'text'], readable: [] },
    device: { good: ['text'], readable: [] },
    code: { good: ['integer', 'decimal'], readable: [] },
  };

/** A statement of ours as a person would type it; it has no bound values. */
function typed(statement: Sql): string {
  return `${compile(statement, () => '?').text};`;
}

function missingTable({ spec, where, place, expected }: FoundTable, engine: Dialect['name']): SchemaProblem {
  const statement =
    place === null
      ? null
      : typed(
          createTable(
            withColumnNames(spec, (name) => expected.get(name)),
            place,
            engine,
          ),
        );
  return {
    severity: spec.optional ? 'info' : 'error',
    kind: 'missing_table',
    table: spec.name,
    column: null,
    statement,
    path: spec.name,
    message: `There is no ${where}. ${spec.meaning}`,
    ...(statement === null ? {} : { hint: `Create it, or say where it is: ${statement}` }),
  };
}

function missingColumn(found: FoundTable, column: ColumnSpec, engine: Dialect['name']): SchemaProblem {
  const name = found.expected.get(column.name) ?? column.name;
  const renamed = name !== column.name;
  const what = column.required ? 'it is required' : 'what needs it is left out';
  const statement = found.place === null ? null : typed(addColumn(column, name, found.place, engine));
  return {
    severity: column.required ? 'error' : column.default !== undefined || renamed ? 'warning' : 'info',
    kind: 'missing_column',
    table: found.spec.name,
    column: column.name,
    statement,
    path: `${found.spec.name}.${column.name}`,
    message: `${found.where} has no column ${name}; ${what}. ${column.meaning}`,
    hint:
      statement === null
        ? 'Write it into the files, or give its name there under columns: in aquarius.yaml.'
        : `Add it, or give its name under columns: in aquarius.yaml: ${statement}`,
  };
}

function wrongType(found: FoundTable, column: ColumnSpec, type: string, engine: Dialect['name']): SchemaProblem | null {
  const family = typeFamily(type);
  const { good, readable } = SUITABLE[column.type];
  if (good.includes(family)) return null;
  const name = found.expected.get(column.name) ?? column.name;
  const wanted = engineType(column.type, engine);
  const inexact = column.type === 'text' && family === 'float';
  const what = inexact
    ? 'long ids lose digits in it'
    : readable.includes(family)
      ? 'it is read all the same, as far as its values allow'
      : 'its values cannot be used';
  return {
    severity: readable.includes(family) || !column.required ? 'warning' : 'error',
    kind: 'wrong_type',
    table: found.spec.name,
    column: column.name,
    statement: null,
    path: `${found.spec.name}.${column.name}`,
    message: `${found.where}.${name} is ${type} where ${wanted} is expected; ${what}.`,
    hint: `Make it ${wanted}.`,
  };
}

/** How the tables at a site differ from the catalogue. */
export function checkSchema(tables: readonly FoundTable[], engine: Dialect['name']): readonly SchemaProblem[] {
  return tables.flatMap((found): SchemaProblem[] => {
    if (found.from === null) return [missingTable(found, engine)];
    const columns = found.spec.columns.flatMap((column): SchemaProblem[] => {
      const there = found.columns.get(column.name);
      if (there === undefined) return [missingColumn(found, column, engine)];
      return [wrongType(found, column, there.type, engine)].filter((problem) => problem !== null);
    });
    const extra = found.extra.map(
      (name): SchemaProblem => ({
        severity: 'info',
        kind: 'extra_column',
        table: found.spec.name,
        column: shownName(name),
        statement: null,
        path: `${found.spec.name}.${shownName(name)}`,
        message: `${found.where} has a column ${shownName(name)} that the catalogue does not know; it is not used.`,
      }),
    );
    return [...columns, ...extra];
  });
}
