import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { CONTRACT } from '../test/contract/cases.ts';
import { filesNamingCases } from './contract-doc.ts';

/**
 * `npm test`: makes sure that the real parts are there (OpenSSH's server, PostgreSQL, gzip tools), installs them where it may, and runs
 * the tests. What is missing is said, never skipped. Without arguments the run is held against the contract cases too;
 * `--write-contract-tests` runs the files with such cases and writes docs/contract-tests.md.
 */

const WRITE_CONTRACT = '--write-contract-tests';

interface Part {
  readonly debianPackage: string;
  readonly purpose: string;
  readonly present: () => boolean;
}

const POSTGRES = '/usr/lib/postgresql';

const PARTS: readonly Part[] = [
  { debianPackage: 'openssh-server', purpose: 'a real SFTP server', present: () => existsSync('/usr/sbin/sshd') },
  { debianPackage: 'openssh-client', purpose: 'ssh-keygen', present: () => existsSync('/usr/bin/ssh-keygen') },
  {
    debianPackage: 'postgresql',
    purpose: 'a real PostgreSQL server',
    present: () =>
      existsSync(POSTGRES) && readdirSync(POSTGRES).some((version) => existsSync(`${POSTGRES}/${version}/bin/initdb`)),
  },
  {
    debianPackage: 'chromium-headless-shell',
    purpose: 'a real browser',
    present: () => existsSync('/usr/bin/chromium-headless-shell'),
  },
];

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): number {
  return spawnSync(command, args, { stdio: 'inherit', env }).status ?? 70;
}

function installMissing(): boolean {
  const missing = PARTS.filter(({ present }) => !present());
  if (missing.length === 0) return true;
  const names = missing.map(({ debianPackage }) => debianPackage);
  const install = `apt-get install -y --no-install-recommends ${names.join(' ')}`;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stderr.write(`Installing ${names.join(', ')} for the tests.\n`);
    // A cluster of the machine's own is not wanted: the tests start servers of their own and stop them.
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
    run('apt-get', ['update', '-qq'], env);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], env);
  }
  const still = PARTS.filter(({ present }) => !present());
  for (const part of still) process.stderr.write(`Missing: ${part.debianPackage} (${part.purpose}).\n`);
  if (still.length > 0) process.stderr.write(`Install them and run npm test again:\n  sudo ${install}\n`);
  return still.length === 0;
}

const given = process.argv.slice(2);
const isWriting = given.includes(WRITE_CONTRACT);
const filters = isWriting ? filesNamingCases(CONTRACT) : given;
const reporters = isWriting || given.length === 0 ? ['--reporter=default', '--reporter=./scripts/contract-reporter.ts'] : [];

if (!installMissing()) process.exit(78);
const env = isWriting ? { ...process.env, CONTRACT_TESTS: 'write' } : process.env;
process.exit(run('node_modules/.bin/vitest', ['run', ...reporters, ...filters], env));
