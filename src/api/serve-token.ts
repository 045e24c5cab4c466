import { isIP } from 'node:net';
import { configError } from '../errors.ts';

/** Whether only this machine reaches a server that listens on this address. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));
}

/**
 * Refuses to be reachable from other machines without a token that somebody chose, and without people who sign in: one that is made at
 * start stands in the data directory, for who is on this machine. A `config` error `serve_token_missing`.
 */
export function requireServeToken(host: string, isChosen: boolean): void {
  if (isChosen || isLoopback(host)) return;
  throw configError('serve_token_missing', `Listening on ${host} needs a token: other machines could reach it.`, {
    hint: 'Set serve.token in aquarius.yaml to a reference such as env:AQUARIUS_TOKEN, let people sign in with users, or listen on 127.0.0.1.',
  });
}
