import type { Ctx, FileReceipt, ReadableFile, Receipt } from '../../src/destinations/destination.ts';
import { liverampSftp } from '../../src/destinations/liveramp-sftp/liveramp-sftp.ts';
import type { SftpSettings } from '../../src/destinations/sftp/settings.ts';
import { type KeyPair, newKeyPair, type SftpStandIn, type SftpStandInOptions, startSftpServer } from '../standins/sftp-server.ts';
import { stagedSet, type TestCtxOptions, testCtx } from './staged-set.ts';

/** A stand-in server, and settings with which it can be logged into. */
export interface SftpPlace extends AsyncDisposable {
  readonly server: SftpStandIn;
  readonly key: KeyPair;
  /** As in aquarius.yaml. */
  readonly written: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
  ctx(options?: TestCtxOptions): Ctx;
  deliver(files: readonly ReadableFile[], settings?: Partial<SftpSettings>, options?: DeliverOptions): Promise<Receipt>;
  /** What is stored under a path. */
  stored(path: string): Buffer | null;
}

interface DeliverOptions extends TestCtxOptions {
  readonly isResumed?: boolean;
}

const PRIVATE_KEY = 'env:PARTNER_KEY';

const KEY = newKeyPair();

export async function sftpPlace(options: SftpStandInOptions = {}): Promise<SftpPlace> {
  const server = await startSftpServer({ publicKey: KEY.publicKey, ...options });
  const { host, port, hostKey } = server;
  const written = {
    type: 'liveramp-sftp',
    host,
    port,
    username: 'acme',
    privateKey: PRIVATE_KEY,
    hostKeys: [hostKey],
    folder: '/in',
  };
  const secrets = { [PRIVATE_KEY]: KEY.privateKey };
  const ctx = (more: TestCtxOptions = {}) => testCtx({ secrets, ...more });
  return {
    server,
    key: KEY,
    written,
    secrets,
    ctx,
    deliver: (files, settings, { isResumed = false, ...more } = {}) =>
      liverampSftp.deliver(
        { ...stagedSet(files), isResumed },
        { ...liverampSftp.settings.parse(written), ...settings },
        ctx(more),
      ),
    stored: (path) => {
      const file = server.files.get(path);
      return file === undefined ? null : Buffer.from(file.data.subarray(0, file.size));
    },
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

/** Whether each file was sent or there already. */
export const outcomes = (receipt: Receipt): FileReceipt['outcome'][] => receipt.files.map(({ outcome }) => outcome);
