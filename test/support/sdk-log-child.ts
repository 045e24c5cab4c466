import { sql } from '../../src/lib/sql.ts';
import { openSnowflake } from '../../src/warehouse/snowflake/snowflake.ts';
import { startSnowflake } from '../snowflake/server.ts';
import { optionsFor } from './snowflake-warehouse.ts';

/** Uses the warehouse with a value that no log may hold; the SDK looks for its configuration once in a process. */
const server = await startSnowflake();
const warehouse = openSnowflake(optionsFor(server));
const session = await warehouse.session();
await session.all(sql`SELECT ${process.argv[2] ?? ''} AS "v"`);
await session.all(sql`SELECT CAST(${process.argv[2] ?? ''} AS NUMBER(38, 0)) AS "v"`).catch(() => {});
await warehouse[Symbol.asyncDispose]();
await server[Symbol.asyncDispose]();
