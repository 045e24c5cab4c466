import { execFileSync } from 'node:child_process';

/** A program that ours is compared with. */
interface Peer {
  readonly path: string;
  readonly version: string;
}

const PEERS = {
  pigz: { path: 'pigz', arguments: ['--version'], packages: 'pigz' },
  rclone: { path: 'rclone', arguments: ['version'], packages: 'rclone' },
  // Debian's own: whatever else is called so first in PATH may be another one.
  aws: { path: '/usr/bin/aws', arguments: ['--version'], packages: 'awscli' },
  lftp: { path: 'lftp', arguments: ['--version'], packages: 'lftp' },
  sftp: { path: 'ssh', arguments: ['-V'], packages: 'openssh-client' },
  python: {
    path: '/usr/bin/python3',
    arguments: [
      '-c',
      'import sys, pandas, boto3, paramiko; print(f"Python {sys.version.split()[0]}, pandas {pandas.__version__}, boto3 {boto3.__version__}, paramiko {paramiko.__version__}")',
    ],
    packages: 'python3-pandas python3-boto3 python3-paramiko',
  },
} as const;

type PeerName = keyof typeof PEERS;

/** The peers that are installed; the others are null. */
export type Programs = Readonly<Record<PeerName, Peer | null>>;

function versionOf(path: string, args: readonly string[]): string | null {
  try {
    const text = execFileSync('/bin/sh', ['-c', '"$0" "$@" 2>&1', path, ...args], { encoding: 'utf8' });
    return text.split('\n').find((line) => line.trim() !== '') ?? path;
  } catch {
    return null;
  }
}

export function findPrograms(): Programs {
  const found = Object.entries(PEERS).map(([name, peer]) => {
    const version = versionOf(peer.path, peer.arguments);
    return [name, version === null ? null : { path: peer.path, version }];
  });
  return Object.fromEntries(found) as Programs;
}

/** Says of every peer that is missing how to get it. */
export function missingPeers(programs: Programs): readonly string[] {
  return (Object.keys(PEERS) as PeerName[])
    .filter((name) => programs[name] === null)
    .map((name) => `${name} is missing, and with it what it is compared with: apt-get install ${PEERS[name].packages}`);
}
