import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ssh2 from 'ssh2';

/** The demo's data directory: keys, and settings that name a partner on this machine. */
export interface DemoFolder {
  readonly home: string;
  readonly settingsFile: string;
  /** What the partner's user sees as `/`. */
  readonly partnerRoot: string;
  readonly archive: string;
  readonly hostKey: string;
  readonly publicKey: string;
  /** True when the directory holds a warehouse of an earlier demo. */
  readonly seenBefore: boolean;
}

export const DEMO_USER = 'aquarius';

export async function prepareDemo(home: string): Promise<DemoFolder> {
  const partnerRoot = join(home, 'partner');
  const archive = join(home, 'archive');
  await mkdir(join(partnerRoot, 'uploads', 'demo'), { recursive: true, mode: 0o700 });
  await mkdir(archive, { recursive: true, mode: 0o700 });
  const host = await keyPair(home, 'partner_host_key');
  const user = await keyPair(home, 'demo_key');
  return {
    home,
    settingsFile: join(home, 'aquarius.yaml'),
    partnerRoot,
    archive,
    hostKey: host.private,
    publicKey: user.public,
    seenBefore: existsSync(join(home, 'warehouse.duckdb')),
  };
}

/** A key that is made once and kept. */
async function keyPair(home: string, name: string): Promise<{ readonly private: string; readonly public: string }> {
  const path = join(home, name);
  if (!existsSync(path)) {
    const made = makeKeyPair();
    await writeFile(path, made.private, { mode: 0o600 });
    await writeFile(`${path}.pub`, `${made.public}\n`, { mode: 0o600 });
  }
  return { private: await readFile(path, 'utf8'), public: (await readFile(`${path}.pub`, 'utf8')).trim() };
}

/** ssh2 cuts a leading zero byte, so that about one ed25519 key in 300 cannot be read again: another one is made then. */
function makeKeyPair(): { readonly private: string; readonly public: string } {
  for (;;) {
    const made = ssh2.utils.generateKeyPairSync('ed25519', { comment: 'aquarius demo' });
    const isReadable = [made.private, made.public].every((key) => !(ssh2.utils.parseKey(key) instanceof Error));
    if (isReadable) return made;
  }
}

/** Settings for this run of the demo: the partner's port is another one each time. */
export async function writeDemoSettings(folder: DemoFolder, port: number): Promise<void> {
  const hostKey = (await readFile(join(folder.home, 'partner_host_key.pub'), 'utf8')).trim().split(' ').slice(0, 2).join(' ');
  const text = `# Written by \`aquarius demo\`. The partner is an SFTP server on this machine that runs only while the demo does.
destinations:
  liveramp-us:
    type: liveramp-sftp
    host: 127.0.0.1
    port: ${port}
    username: ${DEMO_USER}
    privateKey: file:demo_key
    hostKeys:
      - ${hostKey}
    folder: /uploads/demo
  archive:
    type: folder
    path: ${JSON.stringify(folder.archive)}
    allowIp: true
`;
  await writeFile(folder.settingsFile, text, { mode: 0o600 });
}
