import type { DuckDBConnection } from '@duckdb/node-api';
import { diskSpace, spareBytes } from '../../lib/free-space.ts';

/**
 * Tells DuckDB how much it may spill: `most`, such as `50GB`, or what the disk has to spare now. It then refuses a statement before
 * the disk is full. The limit is the whole database's. As an option of opening DuckDB shows it and does not keep to it.
 */
export async function limitSpill(connection: DuckDBConnection, folder: string, most: string | undefined): Promise<void> {
  const limit = most ?? (await room(connection, folder));
  // It fails where more is spilled by now: then the limit that stands is the lower one.
  if (limit !== undefined) await connection.run(`SET GLOBAL max_temp_directory_size = '${limit}'`).catch(() => undefined);
}

/** What is spilled already, and what may be written besides. What is wrong with the folder is told by whoever writes there. */
async function room(connection: DuckDBConnection, folder: string): Promise<string | undefined> {
  const disk = await diskSpace(folder).catch(() => undefined);
  if (disk === undefined) return undefined;
  const spilled = await connection.runAndReadAll('SELECT coalesce(sum(size), 0)::BIGINT FROM duckdb_temporary_files()');
  return `${BigInt(spilled.getRows()[0]?.[0] as bigint) + BigInt(spareBytes(disk))}B`;
}
