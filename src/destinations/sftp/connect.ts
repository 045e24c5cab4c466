import { type AquariusError, configError } from '../../errors.ts';
import type { Ctx } from '../destination.ts';
import { typesToAsk } from './algorithms.ts';
import { logIn, readCredentials } from './credentials.ts';
import { type HostKey, type HostKeyPin, isPinned, parseHostKeyPin } from './host-key.ts';
import type { SftpSettings } from './settings.ts';
import { connectSsh, type SshConnection } from './ssh.ts';

/**
 * Connects to a server that proves a pinned host key, and logs in. A server shows the first of its keys that the client asks for, and a
 * fingerprint does not tell its type: when a key is not pinned, the server is asked for its keys of other types before it is refused.
 */
export async function connectPinned(settings: SftpSettings, ctx: Pick<Ctx, 'signal' | 'secrets'>): Promise<SshConnection> {
  const { host, port, username, connectSeconds } = settings;
  const { signal } = ctx;
  const pins = readPins(settings.hostKeys);
  const credentials = await readCredentials(settings, ctx.secrets);
  const refused: HostKey[] = [];
  let hostKeyTypes = typesToAsk(pins);
  while (hostKeyTypes.length > 0) {
    let outcome: Awaited<ReturnType<typeof connectSsh>>;
    try {
      const accept = (key: Buffer) => isPinned(key, pins);
      outcome = await connectSsh({
        host,
        port,
        username,
        hostKeyTypes,
        accept,
        logIn: logIn(username, credentials),
        connectSeconds,
        signal,
      });
    } catch (error) {
      // The server has no key of a further type: what counts is that the others were not pinned.
      if (refused.length > 0 && isAlgorithmsError(error)) break;
      throw error;
    }
    if ('connection' in outcome) return outcome.connection;
    const { type } = outcome.refused;
    refused.push(outcome.refused);
    hostKeyTypes = hostKeyTypes.filter((other) => other !== type);
  }
  throw notPinned(`${host}:${port}`, refused);
}

function readPins(hostKeys: readonly string[]): HostKeyPin[] {
  return hostKeys.map(parseHostKeyPin).filter((pin) => pin !== null);
}

const isAlgorithmsError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'sftp_algorithms';

function notPinned(server: string, offered: readonly HostKey[]): AquariusError {
  const keys = offered.map(({ type, fingerprint }) => `${type} ${fingerprint}`).join(', ');
  return configError('sftp_host_key', `${server} shows a host key that is not pinned: ${keys}. Nothing was sent to it.`, {
    hint: 'Ask the partner which key is right. If it is this one, `aquarius doctor --pin NAME` shows the line for hostKeys; keep the old one beside it while keys change.',
  });
}
