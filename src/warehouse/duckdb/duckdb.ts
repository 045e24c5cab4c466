import { randomUUID } from 'node:crypto';
import { mkdir, open, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Session, Warehouse } from '../warehouse.ts';
import { classify, corruptError } from './classify.ts';
import { duckdbDialect, SHARED } from './dialect.ts';
import { limitSpill } from './limit-spill.ts';
import { DuckDBSession } from './session.ts';

export interface DuckDBOptions {
  /** The database file; created when missing, unless `readOnly`. `:memory:` keeps everything in memory. */
  readonly path: string;
  readonly readOnly: boolean;
  /** Such as `4GB`, for all that DuckDB takes; by default it takes up to 80% of the machine's memory. */
  readonly memoryLimit?: string;
  /** By default one for each processor. */
  readonly threads?: number;
  /** Where work larger than memory goes, in a folder of its own; by default beside the database. */
  readonly tempDirectory?: string;
  /** Such as `50GB`; by default what its disk has room for. */
  readonly maxTempDirectorySize?: string;
}

/**
 * What DuckDB is told of a limit: 85 %. It does not count all that it takes, and a limit is meant for all of it. Measured with a limit of
 * 1 GiB, while 50 million ids were sorted and written: told 90 %, the process took 115 MB more than told 80 %, and 415 MB more than the limit.
 */
function engineLimit(limit: string): string {
  const [, amount = '', unit = ''] = /^([0-9.]+)\s*(.*)$/.exec(limit) ?? [];
  return amount === '' ? limit : `${Number((Number(amount) * 0.85).toFixed(3))}${unit}`;
}

/** Between two looks at what the disk has to spare, which is the same for all sessions. */
const LIMIT_EVERY_MS = 1_000;

const IN_MEMORY = ':memory:';
/** Bytes 8 to 11 of every DuckDB file. DuckDB itself would open a CSV file as a database that shows the CSV. */
const MAGIC = Buffer.from('DUCK');

async function absolute(path: string): Promise<string> {
  const folder = dirname(resolve(path));
  try {
    return await realpath(path);
  } catch {
    // The file is not there yet; its folder may be.
    return join(await realpath(folder).catch(() => folder), basename(path));
  }
}

async function checkMagic(path: string): Promise<void> {
  const file = await open(path, 'r').catch(() => undefined);
  // Whatever keeps it from being opened, DuckDB meets as well and says.
  if (file === undefined) return;
  try {
    if (!(await file.stat()).isFile()) return;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(12), 0, 12, 0);
    if (bytesRead > 0 && !buffer.subarray(8, 12).equals(MAGIC)) throw corruptError(path);
  } finally {
    await file.close();
  }
}

/** A folder for one database alone, since the names of the files in it are not made to be shared; DuckDB makes and removes it. */
function temporaryFolder({ tempDirectory, readOnly }: DuckDBOptions, path: string): string {
  if (path === IN_MEMORY) return join(tempDirectory ?? tmpdir(), `aquarius-${randomUUID()}.tmp`);
  // Readers may be several processes. One that writes is alone, and so finds again what it left behind.
  return join(tempDirectory ?? dirname(path), `${basename(path)}.tmp${readOnly ? `-${process.pid}` : ''}`);
}

function settings(options: DuckDBOptions, path: string): Record<string, string> {
  return {
    access_mode: options.readOnly ? 'READ_ONLY' : 'READ_WRITE',
    // Extensions come from the network; what is needed is built in.
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    // `unload` promises the statement's order.
    preserve_insertion_order: 'true',
    // Memory that is free goes back to the machine while a statement runs, not after it.
    allocator_background_threads: 'true',
    temp_directory: temporaryFolder(options, path),
    ...(options.memoryLimit === undefined ? {} : { memory_limit: engineLimit(options.memoryLimit) }),
    ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
  };
}

async function connect(instance: DuckDBInstance, readOnly: boolean): Promise<DuckDBConnection> {
  const connection = await instance.connect();
  // For tables of all connections, which only who writes needs.
  if (!readOnly) await connection.run(`ATTACH IF NOT EXISTS ':memory:' AS ${SHARED}`);
  await connection.run(`SET TimeZone = 'UTC'`);
  // Progress is counted only where the bar is on; it is never printed.
  await connection.run('SET enable_progress_bar = true');
  await connection.run('SET enable_progress_bar_print = false');
  return connection;
}

/** Opens the embedded warehouse. One process may write it, or several may read it. */
export async function openDuckDB(options: DuckDBOptions): Promise<Warehouse> {
  const path = options.path === IN_MEMORY ? IN_MEMORY : await absolute(options.path);
  if (path !== IN_MEMORY) await checkMagic(path);
  const config = settings(options, path);
  const spillDisk = options.tempDirectory ?? (path === IN_MEMORY ? tmpdir() : dirname(path));
  let instance: DuckDBInstance;
  try {
    if (options.tempDirectory !== undefined) await mkdir(options.tempDirectory, { recursive: true });
    // The cache keeps a second use within this process on the same instance: file locks do not tell a process from itself.
    instance = path === IN_MEMORY ? await DuckDBInstance.create(path, config) : await DuckDBInstance.fromCache(path, config);
  } catch (error) {
    throw classify(error, { database: path });
  }
  const sessions = new Set<DuckDBSession>();
  let open = true;
  let limitedAt = Number.NEGATIVE_INFINITY;
  const limit = async (connection: DuckDBConnection): Promise<void> => {
    if (performance.now() - limitedAt < LIMIT_EVERY_MS) return;
    await limitSpill(connection, spillDisk, options.maxTempDirectorySize);
    limitedAt = performance.now();
  };
  return {
    dialect: duckdbDialect,
    readOnly: options.readOnly,
    answersLastMs: 0,
    async session(): Promise<Session> {
      if (!open) throw new Error('This warehouse is closed.');
      const connection = await connect(instance, options.readOnly);
      await limit(connection);
      const session = new DuckDBSession(connection, path, limit, (closed) => sessions.delete(closed));
      sessions.add(session);
      return session;
    },
    async [Symbol.asyncDispose]() {
      if (!open) return;
      open = false;
      await Promise.all([...sessions].map((session) => session[Symbol.asyncDispose]()));
      instance.closeSync();
    },
  };
}
