import { AquariusError } from '../../errors.ts';
import type { Wanted } from '../../lib/kept-resources.ts';
import type { Ctx } from '../destination.ts';
import type { SftpSettings } from './settings.ts';
import { openSftp, type RemoteFile, type SftpConnection } from './sftp-connection.ts';
import type { Looks } from './sweep.ts';

/** A connection to a partner, with what was learned over it. */
export interface Partner extends AsyncDisposable {
  readonly sftp: SftpConnection;
  readonly looks: Looks;
}

/** How long a connection that was kept may take to answer. One that has died silently would be waited for in vain. */
const ALIVE_MS = 5_000;

/** Of the connections to a host, those that deliveries may widen to by themselves. */
const SHARE_OF_FURTHER = 0.75;

/**
 * A connection as these settings want it: one that was kept, or a new one, for which the secrets are read anew. To one that was kept goes
 * the first question that a delivery has, what is under `path`; `onSeen` is told the answer.
 */
export function wantedPartner(
  settings: SftpSettings,
  { signal, secrets }: Pick<Ctx, 'signal' | 'secrets'>,
  path: string,
  onSeen: (file: RemoteFile | null) => void,
): Wanted<Partner> {
  const { host, port, username, privateKey, passphrase, password, hostKeys, stallSeconds, connectionsPerHost } = settings;
  return {
    place: `sftp ${host.toLowerCase()}:${port}`,
    most: connectionsPerHost,
    // Whatever a session depends on.
    key: JSON.stringify([host, port, username, privateKey, passphrase, password, hostKeys, stallSeconds]),
    open: async () => {
      const sftp = await openSftp(settings, { signal, secrets });
      return { sftp, looks: new Map(), [Symbol.asyncDispose]: () => sftp[Symbol.asyncDispose]() };
    },
    isGood: async ({ sftp }) => {
      sftp.within(AbortSignal.any([signal, AbortSignal.timeout(ALIVE_MS)]));
      try {
        onSeen(await sftp.stat(path));
      } catch (error) {
        // A server that says no is alive; the delivery will ask again.
        if (!(error instanceof AquariusError) || error.kind === 'transient') return false;
      } finally {
        sftp.within(signal);
      }
      return true;
    },
  };
}

/** A connection beside one that a delivery has. Unless their number is set, some are left to deliveries that have none yet. */
export function furtherPartner(settings: SftpSettings, ctx: Pick<Ctx, 'signal' | 'secrets'>): Wanted<Partner> {
  const wanted = wantedPartner(settings, ctx, settings.folder, () => {});
  return settings.connections === undefined ? { ...wanted, most: Math.ceil(wanted.most * SHARE_OF_FURTHER) } : wanted;
}
