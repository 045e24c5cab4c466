import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './postgres.ts';

/** A private OpenSSH server from Debian's package: its own keys, SFTP only, on a free loopback port. */
export interface SshServer {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  /** The process that listens. */
  readonly pid: number;
  /** Path of the private key that may log in. */
  readonly privateKey: string;
  /** Logins that it has let in. */
  readonly logins: () => number;
  /** Public host keys as lines (`ssh-ed25519 AAAA...`), by type. */
  readonly hostKeys: { readonly ed25519: string; readonly rsa: string };
  /** A folder that the user owns; delete what you put there or leave it to `stop`. */
  readonly root: string;
  /** Gives a path below `root` to the user who logs in. */
  grant(path: string): void;
  stop(): Promise<void>;
}

const PROGRAM = '/usr/sbin/sshd';

/** Root bypasses every permission, so root's server is logged into as `nobody`. */
const asRoot = process.getuid?.() === 0;

function keyPair(path: string, type: 'ed25519' | 'rsa'): string {
  const bits = type === 'rsa' ? ['-b', '2048'] : [];
  execFileSync('ssh-keygen', ['-q', '-t', type, ...bits, '-N', '', '-C', '', '-f', path]);
  return readFileSync(`${path}.pub`, 'utf8').trim();
}

function grant(path: string): void {
  if (!asRoot) return;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  chownSync(path, id('-u'), id('-g'));
}

/** Starts the server with further `sshd_config` lines, such as `RekeyLimit 1M`. */
export async function startSshd(extra: readonly string[] = []): Promise<SshServer> {
  if (!existsSync(PROGRAM))
    throw new Error('OpenSSH is missing: run `npm test`, which installs it, or `apt-get install openssh-server`.');
  // Debian's sshd insists on its privilege separation folder, which its service file would make.
  if (asRoot) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const directory = mkdtempSync(join(tmpdir(), 'aquarius-sshd-'));
  chmodSync(directory, 0o755);
  const root = join(directory, 'root');
  mkdirSync(root);
  grant(root);
  const hostKeys = {
    ed25519: keyPair(join(directory, 'host_ed25519'), 'ed25519'),
    rsa: keyPair(join(directory, 'host_rsa'), 'rsa'),
  };
  const privateKey = join(directory, 'user_ed25519');
  const authorizedKeys = join(directory, 'authorized_keys');
  writeFileSync(authorizedKeys, `${keyPair(privateKey, 'ed25519')}\n`);

  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const config = join(directory, 'sshd_config');
    writeFileSync(
      config,
      [
        // The first value of a keyword counts.
        ...extra,
        `Port ${port}`,
        'ListenAddress 127.0.0.1',
        `HostKey ${directory}/host_ed25519`,
        `HostKey ${directory}/host_rsa`,
        `AuthorizedKeysFile ${authorizedKeys}`,
        'PidFile none',
        'StrictModes no',
        'UsePAM no',
        'PasswordAuthentication no',
        'KbdInteractiveAuthentication no',
        'Subsystem sftp internal-sftp',
        'ForceCommand internal-sftp',
        '',
      ].join('\n'),
    );
    const server = spawn(PROGRAM, ['-D', '-e', '-f', config], { stdio: ['ignore', 'ignore', 'pipe'] });
    let log = '';
    const listening = await new Promise<boolean>((resolve) => {
      server.stderr.setEncoding('utf8').on('data', (text: string) => {
        log += text;
        if (log.includes('Server listening on')) resolve(true);
      });
      server.once('exit', () => resolve(false));
    });
    if (!listening) {
      if (attempt < 5 && log.includes('Address already in use')) continue;
      rmSync(directory, { recursive: true, force: true });
      throw new Error(`sshd did not start: ${log}`);
    }
    server.stderr.removeAllListeners('data');
    let logins = 0;
    createInterface(server.stderr).on('line', (line) => {
      if (line.startsWith('Accepted ')) logins += 1;
    });
    return {
      host: '127.0.0.1',
      port,
      pid: server.pid ?? 0,
      username: asRoot ? 'nobody' : userInfo().username,
      privateKey,
      logins: () => logins,
      hostKeys,
      root,
      grant,
      async stop() {
        server.kill('SIGTERM');
        if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
        rmSync(directory, { recursive: true, force: true });
      },
    };
  }
}
