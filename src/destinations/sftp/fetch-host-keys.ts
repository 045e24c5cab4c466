import { ALL_HOST_KEY_TYPES } from './algorithms.ts';
import type { HostKey } from './host-key.ts';
import { connectSsh } from './ssh.ts';

const CONNECT_SECONDS = 20;

/**
 * The host keys that a server offers, one of each type that it has. Nothing is sent to it but the start of a key exchange. What comes
 * back proves nothing by itself: a person compares it with what the partner published, and then pins it.
 */
export async function fetchHostKeys(host: string, port: number, signal: AbortSignal): Promise<readonly HostKey[]> {
  const found: HostKey[] = [];
  let hostKeyTypes = ALL_HOST_KEY_TYPES;
  while (hostKeyTypes.length > 0) {
    let outcome: Awaited<ReturnType<typeof connectSsh>>;
    try {
      const nobody = { username: 'nobody', logIn: () => {}, accept: () => false };
      outcome = await connectSsh({ host, port, hostKeyTypes, connectSeconds: CONNECT_SECONDS, signal, ...nobody });
    } catch (error) {
      const isEnd = found.length > 0 && error instanceof Error && 'code' in error && error.code === 'sftp_algorithms';
      if (isEnd) return found;
      throw error;
    }
    if (!('refused' in outcome)) throw new Error('a host key was accepted unasked');
    const { refused } = outcome;
    found.push(refused);
    hostKeyTypes = hostKeyTypes.filter((type) => type !== refused.type);
  }
  return found;
}
