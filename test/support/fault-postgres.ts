import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import pg from 'pg';
import { type PostgresServer, startPostgres } from './postgres.ts';

/** A PostgreSQL server of one test, that can be restarted as by a crash. */
export interface CrashingPostgres extends PostgresServer {
  /** Ends the server without any farewell and starts it again; resolves when it takes connections. */
  crash(): void;
}

export async function startCrashingPostgres(): Promise<CrashingPostgres> {
  const server = await startPostgres();
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  const setting = async (query: string): Promise<string> => {
    const { rows } = await client.query<{ value: string }>(query);
    return rows[0]?.value ?? '';
  };
  const data = await setting(`select current_setting('data_directory') as value`);
  const bin = await setting(`select setting as value from pg_config where name = 'BINDIR'`);
  await client.end();
  const control = (...args: readonly string[]): void => {
    const command = [join(bin, 'pg_ctl'), '-D', data, '-w', '-s', ...args];
    const asPostgres = ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups'];
    const [program = '', ...rest] = process.getuid?.() === 0 ? [...asPostgres, ...command] : command;
    execFileSync(program, rest, { stdio: 'ignore', cwd: '/' });
  };
  return {
    url: server.url,
    crash: () => control('-m', 'immediate', 'restart'),
    async stop() {
      control('-m', 'immediate', 'stop');
      await server.stop();
    },
  };
}
