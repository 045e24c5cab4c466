import type { Socket } from 'node:net';
import ssh2, { type AuthHandlerMiddleware, type Client } from 'ssh2';
import type { AquariusError } from '../../errors.ts';
import { algorithmsFor } from './algorithms.ts';
import { connectBatched } from './batched-socket.ts';
import { connectionFailure } from './classify.ts';
import { useFastCipher } from './fast-cipher.ts';
import { describeHostKey, type HostKey } from './host-key.ts';
import { serverSoftware } from './ssh2-internals.ts';

export interface SshRequest {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly hostKeyTypes: readonly string[];
  /** Whether a raw host key will do. Asked after the server has proved that it owns the key and before anything is told to it. */
  readonly accept: (key: Buffer) => boolean;
  readonly logIn: AuthHandlerMiddleware;
  readonly connectSeconds: number;
  readonly signal: AbortSignal;
}

/** A connection that is logged in. */
export interface SshConnection {
  readonly client: Client;
  readonly hostKey: HostKey;
  readonly software: string;
  /** Calls back once, when the connection has broken or been closed. */
  onLost(listener: (error: AquariusError) => void): void;
  close(): Promise<void>;
}

export type SshOutcome = { readonly connection: SshConnection } | { readonly refused: HostKey };

const KEEPALIVE = { keepaliveInterval: 15_000, keepaliveCountMax: 4 };

/** How long a polite end of the connection may take. */
const CLOSE_MS = 2_000;

/**
 * Connects and logs in. A host key that is not accepted is an outcome, so that the caller may ask for one of another type. Listeners for
 * errors stay for the connection's whole life: whatever happens to the socket, and whenever, never becomes an uncaught exception.
 */
export function connectSsh(request: SshRequest): Promise<SshOutcome> {
  const { host, port, username, signal } = request;
  const server = `${host}:${port}`;
  const client = new ssh2.Client();
  const socket = connectBatched(host, port);
  let hostKey: HostKey | undefined;
  let refused: HostKey | undefined;
  let lost: AquariusError | undefined;
  let whenLost: ((error: AquariusError) => void) | undefined;

  const lose = (error: unknown) => {
    if (lost !== undefined) return;
    lost = connectionFailure(error, server, username);
    whenLost?.(lost);
  };
  socket.on('error', lose);
  client.on('error', lose);
  client.on('close', () => lose(new Error('closed')));
  client.on('handshake', () => useFastCipher(client));

  return new Promise<SshOutcome>((resolve, reject) => {
    const settle = (outcome: () => void) => {
      signal.removeEventListener('abort', abort);
      whenLost = undefined;
      outcome();
    };
    const drop = (outcome: () => void) => {
      settle(outcome);
      socket.destroy();
    };
    const abort = () => drop(() => reject(signal.reason));
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    whenLost = (error) => drop(() => (refused === undefined ? reject(error) : resolve({ refused })));
    client.once('ready', () =>
      settle(() => {
        const proven = hostKey as HostKey;
        const onLost = (listener: (error: AquariusError) => void) => {
          if (lost === undefined) whenLost = listener;
          else listener(lost);
        };
        resolve({
          connection: { client, hostKey: proven, software: serverSoftware(client), onLost, close: () => close(client, socket) },
        });
      }),
    );
    client.connect({
      sock: socket,
      username,
      algorithms: algorithmsFor(request.hostKeyTypes),
      hostVerifier: (key: Buffer) => {
        const offered = describeHostKey(key);
        const accepted = request.accept(key);
        if (accepted) hostKey = offered;
        else refused = offered;
        return accepted;
      },
      authHandler: request.logIn,
      readyTimeout: request.connectSeconds * 1000,
      ...KEEPALIVE,
    });
  });
}

/** Says goodbye, and hangs up on a server that does not answer it. */
async function close(client: Client, socket: Socket): Promise<void> {
  if (socket.destroyed) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => {
      socket.destroy();
      resolve();
    }, CLOSE_MS);
    client.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    client.end();
  });
}
