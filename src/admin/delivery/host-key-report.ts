import type { Settings } from '../../config/settings.ts';
import { fetchHostKeys } from '../../destinations/sftp/fetch-host-keys.ts';
import type { HostKey } from '../../destinations/sftp/host-key.ts';
import { configError } from '../../errors.ts';
import { didYouMean } from '../../lib/did-you-mean.ts';
import type { HostKeyReport } from '../../shapes/config/delivery.ts';
import { fingerprintOf, type SftpServer, sftpServer } from './sftp-server.ts';

/**
 * What a destination's server offers against what aquarius.yaml trusts, with the line that would trust it. Nothing is written: that file
 * is its operator's, and what comes over the network proves nothing by itself. `config` errors: `unknown_destination`, `no_host_key`;
 * `transient` when the server cannot be reached.
 */
export async function hostKeyReport(
  settings: Settings,
  name: string,
  published: string | undefined,
  signal: AbortSignal,
): Promise<HostKeyReport> {
  if (!Object.hasOwn(settings.destinations, name)) {
    throw configError('unknown_destination', `There is no destination ${name} in aquarius.yaml.`, {
      hint: didYouMean(name, Object.keys(settings.destinations)),
    });
  }
  const server = sftpServer(settings, name);
  if (server === null) {
    throw configError('no_host_key', `The destination ${name} is not reached over SFTP.`, {
      hint: 'Only SFTP servers have host keys.',
    });
  }
  return report(name, server, await fetchHostKeys(server.host, server.port, signal), published?.replace(/=$/, ''));
}

function report(name: string, server: SftpServer, keys: readonly HostKey[], published: string | undefined): HostKeyReport {
  const configured = server.hostKeys.map(fingerprintOf);
  const offered = keys.map((key) => ({ ...key, isPinned: configured.includes(key.fingerprint) }));
  const verdict = verdictOf(offered, published);
  const added = offered.filter(
    ({ isPinned, fingerprint }) => !isPinned && (published === undefined || fingerprint === published),
  );
  const isWritten = verdict === 'not_offered' || added.length === 0;
  const wanted = [...server.hostKeys, ...added.map(({ fingerprint }) => fingerprint)];
  return {
    destination: name,
    host: server.host,
    port: server.port,
    verdict,
    message: MESSAGES[verdict],
    configured,
    offered,
    path: server.path,
    line: isWritten ? null : `hostKeys: [${wanted.map((key) => JSON.stringify(key)).join(', ')}]`,
  };
}

function verdictOf(offered: HostKeyReport['offered'], published: string | undefined): HostKeyReport['verdict'] {
  if (published !== undefined) return offered.some(({ fingerprint }) => fingerprint === published) ? 'published' : 'not_offered';
  const pinned = offered.filter(({ isPinned }) => isPinned).length;
  if (pinned === 0) return 'not_pinned';
  return pinned === offered.length ? 'pinned' : 'partly_pinned';
}

const MESSAGES: Readonly<Record<HostKeyReport['verdict'], string>> = {
  pinned: 'The server offers what is trusted.',
  partly_pinned: 'The server offers a key that is trusted, and others. Deliveries work; nothing needs to be done.',
  not_pinned:
    'The server offers no key that is trusted, so nothing is sent to it. Compare a fingerprint with what the partner has published, by another way than the network, before you write the line into aquarius.yaml. Take the old key out once it is not used any more.',
  published:
    'The server offers the key that the partner has published. Write the line into aquarius.yaml, then start the server again.',
  not_offered: 'The server does not offer the key that the partner has published: do not trust it, and ask the partner.',
};
