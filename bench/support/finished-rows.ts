import { createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { raw, sql } from '../../src/lib/sql.ts';
import { withResource } from '../../src/lib/with-resource.ts';
import { openDuckDB } from '../../src/warehouse/duckdb/duckdb.ts';
import type { Session } from '../../src/warehouse/warehouse.ts';
import { expectedRows, SEGMENT } from '../warehouse.ts';
import { run } from './child.ts';
import { THREADS } from './home.ts';

/** The rows of an audience's file, ready in memory, and what else can be done to make a file of them. */

const LINES = sql`SELECT id || '|' || type || '|' || ${SEGMENT} || '|' || strftime(seen, '%Y-%m-%dT%H:%M:%SZ') AS line FROM finished`;

/** Gives a session with the table of finished rows. */
export function withFinishedRows<T>(ids: number, work: (session: Session) => Promise<T>): Promise<T> {
  return withResource(openDuckDB({ path: ':memory:', readOnly: false, threads: THREADS }), (duckdb) =>
    withResource(duckdb.session(), async (session) => {
      await session.execute(sql`CREATE TABLE finished AS ${expectedRows(ids)}`);
      return work(session);
    }),
  );
}

/** DuckDB's own `COPY`, to plain text. */
export async function copyPlain(session: Session, path: string): Promise<void> {
  await rm(path, { force: true });
  await session.unload(LINES, path);
}

export async function copyGzip(session: Session, path: string): Promise<void> {
  await session.execute(
    sql`COPY (${LINES}) TO ${path} ${raw(`(FORMAT csv, HEADER false, DELIMITER ',', QUOTE '', ESCAPE '', COMPRESSION gzip)`)}`,
  );
}

/** `pigz -1` with as many threads as everybody has; gives the packed file. */
export async function pigz(program: string, path: string): Promise<string> {
  const packed = `${path}.gz`;
  await run('/bin/sh', ['-c', '"$0" -1 -p "$1" -c "$2" > "$3"', program, String(THREADS), path, packed]);
  return packed;
}

/** What is written first in most projects: rows into JavaScript, a string for each, gzip, a file. */
export async function nodeLoop(session: Session, path: string): Promise<void> {
  async function* lines(): AsyncGenerator<string> {
    for await (const rows of session.query(sql`SELECT id, type, seen FROM finished`)) {
      yield rows.map(({ id, type, seen }) => `${id}|${type}|${SEGMENT}|${(seen as Date).toISOString().slice(0, 19)}Z\n`).join('');
    }
  }
  await pipeline(lines, createGzip({ level: 1 }), createWriteStream(path));
}

/** Fails unless both files have the same number of bytes; what is compared must do the same work. */
export async function expectBytes(path: string, bytes: number): Promise<void> {
  const { size } = await stat(path);
  if (size !== bytes) throw new Error(`${path} has ${size} bytes, ours ${bytes}: not the same rows.`);
}

export function plainPath(home: string): string {
  return join(home, 'peer.psv');
}
