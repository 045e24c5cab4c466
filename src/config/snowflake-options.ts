import type { Logger } from 'pino';
import type { Secrets } from '../destinations/destination.ts';
import type { SnowflakeAuth, SnowflakeOptions } from '../warehouse/snowflake/options.ts';
import type { SnowflakeSettings } from './warehouse-settings.ts';

export interface SnowflakeUse {
  readonly secrets: Secrets;
  readonly log: Logger;
  readonly readOnly: boolean;
  /** Whether the stage is in a bucket, to which an external stage can lead. */
  readonly stageIsBucket?: boolean;
}

/** What the warehouse is opened with. */
export function snowflakeOptions(
  settings: SnowflakeSettings,
  { secrets, log, readOnly, stageIsBucket }: SnowflakeUse,
): SnowflakeOptions {
  const { type: _type, auth, proxy, externalStage, ...own } = settings;
  return {
    ...own,
    log,
    readOnly,
    authType: auth.type,
    secrets: async () => ({
      auth: await credentials(auth, secrets),
      ...(proxy?.password === undefined ? {} : { proxyPassword: await secrets(proxy.password) }),
    }),
    ...(proxy === undefined ? {} : { proxy }),
    ...(externalStage === undefined || stageIsBucket !== true ? {} : { externalStage: externalStage.name }),
  };
}

async function credentials(auth: SnowflakeSettings['auth'], secrets: Secrets): Promise<SnowflakeAuth> {
  switch (auth.type) {
    case 'key-pair': {
      const { type, privateKey, passphrase } = auth;
      return {
        type,
        privateKey: await secrets(privateKey),
        ...(passphrase === undefined ? {} : { passphrase: await secrets(passphrase) }),
      };
    }
    case 'token':
    case 'oauth':
      return { type: auth.type, token: await secrets(auth.token) };
    case 'password':
      return { type: auth.type, password: await secrets(auth.password) };
  }
}
