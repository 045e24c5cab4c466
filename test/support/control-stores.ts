import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import type { LedgerPlace } from '../../src/ledger/open.ts';

/** An empty control store for one test, with a way around the ledger for looking and for breaking. */
export interface ControlStore extends AsyncDisposable {
  readonly place: LedgerPlace;
  /** Runs SQL beside the ledger. */
  raw(statement: string): Promise<readonly Record<string, unknown>[]>;
}

export async function sqliteFile(): Promise<ControlStore & { readonly path: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'aquarius-ledger-'));
  const path = join(folder, 'home', 'control.db');
  return {
    place: { kind: 'sqlite', path },
    path,
    async raw(statement) {
      const database = new DatabaseSync(path, { timeout: 5_000 });
      try {
        return database.prepare(statement).all();
      } finally {
        database.close();
      }
    },
    async [Symbol.asyncDispose]() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A fresh database in the server at `serverUrl`: empty, or a copy of `original`, which nobody may be connected to. */
export async function postgresDatabase(
  serverUrl: string,
  original?: { readonly url: string },
): Promise<ControlStore & { readonly url: string }> {
  const name = `ledger_${randomBytes(6).toString('hex')}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const run = async (where: string, statement: string) => {
    const client = new pg.Client({ connectionString: where });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(statement)).rows;
    } finally {
      await client.end();
    }
  };
  const template = original === undefined ? '' : ` template ${new URL(original.url).pathname.slice(1)}`;
  await run(serverUrl, `create database ${name}${template}`);
  return {
    place: { kind: 'postgres', url: url.href },
    url: url.href,
    raw: (statement) => run(url.href, statement),
    async [Symbol.asyncDispose]() {
      await run(serverUrl, `drop database ${name} with (force)`);
    },
  };
}
