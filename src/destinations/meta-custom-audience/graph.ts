import { createHmac } from 'node:crypto';
import { configError } from '../../errors.ts';
import type { CheckCtx } from '../destination.ts';
import { call, type HttpCall } from '../http/http.ts';
import { type JsonObject, type Verdict, verdictOf } from './classify.ts';
import { OTHER_ADVICE } from './codes.ts';
import type { MetaSettings } from './settings.ts';

/** Meta's Graph API, with the token of one destination. */
export interface Graph {
  /** Reads, once. `path` is under the version: `act_123/customaudiences`. Whatever fails is thrown. */
  get(path: string, query: Readonly<Record<string, string>>, what: string): Promise<JsonObject>;
  /** Writes, once. Failures of the network are thrown; what Meta says is the verdict. */
  write(method: 'POST' | 'DELETE', path: string, body: string, what: string): Promise<Verdict>;
}

/** The proof that a call comes from the app's own servers: HMAC-SHA256 of the token under the app's secret, in hexadecimal. */
export function appSecretProof(token: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(token).digest('hex');
}

/** Reads the secrets; a missing or malformed one is a `config` error. Makes no call. */
export async function openGraph(settings: MetaSettings, { secrets, signal, clock }: CheckCtx): Promise<Graph> {
  const token = await secrets(settings.accessToken);
  // A header with other characters would fail with a message that quotes it.
  if (!/^[\x21-\x7e]+$/.test(token))
    throw configError('meta_secret', `The secret ${settings.accessToken} is no access token.`, {
      hint: OTHER_ADVICE.meta_secret,
    });
  const proof: Record<string, string> =
    settings.appSecret === undefined ? {} : { appsecret_proof: appSecretProof(token, await secrets(settings.appSecret)) };
  const root = `${settings.baseUrl.replace(/\/+$/, '')}/${settings.graphVersion}`;

  async function ask(method: HttpCall['method'], path: string, query: object, what: string, body?: string): Promise<Verdict> {
    const parameters = new URLSearchParams({ ...query, ...proof }).toString();
    const answer = await call({
      method,
      url: `${root}/${path}${parameters === '' ? '' : `?${parameters}`}`,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
      timeoutMs: settings.timeoutSeconds * 1000,
      signal,
    });
    return verdictOf(answer, what, clock.now());
  }

  return {
    get: async (path, query, what) => bodyOf(await ask('GET', path, query, what)),
    write: (method, path, body, what) => ask(method, path, {}, what, body),
  };
}

/** What Meta answered; its failure is thrown. */
export function bodyOf(verdict: Verdict): JsonObject {
  if (verdict.kind === 'ok') return verdict.body;
  throw verdict.error;
}
