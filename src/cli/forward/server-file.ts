import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { SERVER_FILE } from './server-file-name.ts';

/** The mark of a server in its data directory: who owns it, and how commands reach it. */

const serverFile = z.object({
  pid: z.int().min(1),
  url: z.url({ protocol: /^http$/ }),
  token: z.string().min(1),
  /** ISO 8601. */
  startedAt: z.string(),
  version: z.string(),
  /** Absolute path of the settings that the server runs with. */
  configFile: z.string(),
});
export type ServerFile = z.infer<typeof serverFile>;

/** Writes the mark at once, for the owner alone: it holds the token. */
export async function writeServerFile(home: string, file: ServerFile): Promise<void> {
  const path = join(home, SERVER_FILE);
  const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    await writeFile(temporary, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Null when there is none, or none that this program can read. */
export async function readServerFile(home: string): Promise<ServerFile | null> {
  try {
    return serverFile.parse(JSON.parse(await readFile(join(home, SERVER_FILE), 'utf8')));
  } catch {
    return null;
  }
}

/** Takes the mark away if it is still that of the server with this token; a successor's stays. */
export async function removeServerFile(home: string, token: string): Promise<void> {
  if ((await readServerFile(home))?.token === token) await rm(join(home, SERVER_FILE), { force: true });
}
