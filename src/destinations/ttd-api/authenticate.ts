import { createHmac } from 'node:crypto';
import { configError } from '../../errors.ts';
import type { Secrets } from '../destination.ts';
import type { TtdSettings } from './settings.ts';

/** Headers that prove who sends exactly these bytes. */
export type Authenticate = (body: Uint8Array) => Readonly<Record<string, string>>;

/** Reads the secrets once. A token that cannot be a header is a `config` error `ttd_auth`. */
export async function authentication(settings: TtdSettings, secrets: Secrets): Promise<Authenticate> {
  const read = async (reference: string | undefined) => (reference === undefined ? undefined : (await secrets(reference)).trim());
  const token = await read(settings.token);
  if (token !== undefined) {
    // Refused here: the HTTP client would quote it in its error.
    if (!/^[\x21-\x7e]+$/.test(token))
      throw configError('ttd_auth', 'The token for The Trade Desk is empty, or has blanks or line breaks in it.', {
        hint: 'Correct the secret that token refers to.',
      });
    return () => ({ 'TTD-Auth': token });
  }
  const advertiserSecret = await read(settings.advertiserSecret);
  const providerSecret = await read(settings.providerSecret);
  const providerHeader = settings.providerSignature ?? (settings.mode === 'advertiser' ? 'TtdSignature-dp' : 'TtdSignature');
  return (body) => ({
    ...(advertiserSecret === undefined ? {} : { TtdSignature: signature(body, advertiserSecret) }),
    ...(providerSecret === undefined ? {} : { [providerHeader]: signature(body, providerSecret) }),
  });
}

/** Base64 of HMAC-SHA1, over the bytes as they are sent. */
export function signature(body: Uint8Array, secret: string): string {
  return createHmac('sha1', secret).update(body).digest('base64');
}
