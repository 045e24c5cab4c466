import type { Sql } from '../../../src/lib/sql.ts';
import type { Dialect } from '../../../src/warehouse/dialect.ts';
import { duckdbDialect } from '../../../src/warehouse/duckdb/dialect.ts';
import { snowflakeDialect } from '../../../src/warehouse/snowflake/dialect.ts';

/**
 * A dialect whose SQL holds what both engines would have said: a statement that is made with it runs on DuckDB, and is known as Snowflake
 * would be asked.
 */

export type EngineName = Dialect['name'];

type Sides = Readonly<Record<EngineName, Sql>>;

/** Stands among a statement's pieces where a bound value would. */
class Dual {
  readonly sides: Sides;
  constructor(sides: Sides) {
    this.sides = sides;
  }
}

function dual(sides: Sides): Sql {
  return { chunks: [{ value: new Dual(sides) as never }] };
}

/** The statement as one of the engines has it. */
export function sideOf(statement: Sql, engine: EngineName): Sql {
  return {
    chunks: statement.chunks.flatMap((chunk) => {
      const value: unknown = typeof chunk === 'string' ? null : chunk.value;
      return value instanceof Dual ? sideOf(value.sides[engine], engine).chunks : [chunk];
    }),
  };
}

type Expression = (...args: readonly unknown[]) => Sql;

/** It says that it is DuckDB's: what is done otherwise there is done as DuckDB needs it. */
export const dualDialect: Dialect = new Proxy(duckdbDialect, {
  get(_, property: keyof Dialect) {
    if (property === 'name' || property === 'placeholder') return duckdbDialect[property];
    if (property === 'sharedTable') return sharedTable;
    const [duckdb, snowflake] = [duckdbDialect[property], snowflakeDialect[property]] as [Expression, Expression];
    return (...args: readonly unknown[]) => dual({ duckdb: duckdb(...args), snowflake: snowflake(...args) });
  },
});

function sharedTable(name: string): ReturnType<Dialect['sharedTable']> {
  const [duckdb, snowflake] = [duckdbDialect.sharedTable(name), snowflakeDialect.sharedTable(name)];
  return {
    ref: dual({ duckdb: duckdb.ref, snowflake: snowflake.ref }),
    create: dual({ duckdb: duckdb.create, snowflake: snowflake.create }),
  };
}
