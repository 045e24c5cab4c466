import { createHash } from 'node:crypto';
import type { Settings } from '../../config/settings.ts';
import { parseHostKeyPin } from '../../destinations/sftp/host-key.ts';

/** A destination's SFTP server, as aquarius.yaml has it. */
export interface SftpServer {
  readonly host: string;
  readonly port: number;
  /** Host keys as they are written there. */
  readonly hostKeys: readonly string[];
  /** The setting that holds them. */
  readonly path: string;
}

/** Null for a destination that is not reached over SFTP, and for one that there is not. */
export function sftpServer({ destinations }: Pick<Settings, 'destinations'>, name: string): SftpServer | null {
  const own: unknown = Object.hasOwn(destinations, name) ? destinations[name] : undefined;
  const via = isObject(own) ? own.via : undefined;
  return serverIn(own, `destinations.${name}`) ?? serverIn(via, `destinations.${name}.via`);
}

function serverIn(settings: unknown, path: string): SftpServer | null {
  if (!isObject(settings) || !Array.isArray(settings.hostKeys)) return null;
  const { host, port, hostKeys } = settings;
  if (typeof host !== 'string' || typeof port !== 'number') return null;
  return { host, port, hostKeys: hostKeys.map(String), path: `${path}.hostKeys` };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The fingerprint of a key that is written as one or as a public key line. */
export function fingerprintOf(hostKey: string): string {
  const pin = parseHostKeyPin(hostKey);
  if (pin === null) return hostKey;
  const digest = pin.kind === 'fingerprint' ? pin.digest : createHash('sha256').update(pin.blob).digest();
  return `SHA256:${digest.toString('base64').replace(/=+$/, '')}`;
}
