import { createPrivateKey } from 'node:crypto';
import type { Connection, ConnectionOptions } from 'snowflake-sdk';
import { configError, transientError } from '../../errors.ts';
import { classify } from './classify.ts';
import { PATIENCE, type SnowflakeAuth, type SnowflakeOptions, type SnowflakeSecrets } from './options.ts';
import { configureSdk, loadSdk } from './sdk.ts';

/** Longest wait for one HTTP request. Snowflake answers a running query after 45 seconds, and is asked again. */
const REQUEST_MS = 60_000;
/** Rows that the SDK holds ready: a reader who is slower than Snowflake does not make it read on. */
const ROWS_AHEAD = 2_000;

/** Opens a session of Snowflake's. It is closed with `destroy`. */
export async function signIn(options: SnowflakeOptions): Promise<Connection> {
  const sdk = await loadSdk();
  configureSdk(sdk, options);
  const patience = options.patience?.signIn ?? PATIENCE.signIn;
  const connection = sdk.createConnection(connectionOptions(options, await options.secrets()));
  const answered = Promise.withResolvers<void>();
  const late = setTimeout(() => {
    answered.reject(
      transientError(
        'warehouse_unreachable',
        `Snowflake's account ${options.account} does not answer within ${patience / 1000} seconds.`,
        {
          hint: 'Check the network, and warehouse.account, warehouse.url and warehouse.proxy.',
        },
      ),
    );
  }, patience);
  connection.connect((error) => (error ? answered.reject(error) : answered.resolve()));
  try {
    await answered.promise;
    configureSdk(sdk, options);
    return connection;
  } catch (error) {
    // Also one that is let in too late.
    connection.destroy(() => {});
    throw classify(error, { options });
  } finally {
    clearTimeout(late);
  }
}

function connectionOptions(options: SnowflakeOptions, { auth, proxyPassword }: SnowflakeSecrets): ConnectionOptions {
  const { account, user, role, warehouse, database, schema, url, proxy, keepAlive } = options;
  return {
    account,
    username: user,
    role,
    warehouse,
    database,
    schema,
    ...credentials(auth),
    // The SDK puts a path behind it as it is.
    ...(url === undefined ? {} : { accessUrl: url.replace(/\/+$/, '') }),
    ...(proxy === undefined
      ? {}
      : {
          proxyHost: proxy.host,
          proxyPort: proxy.port,
          proxyProtocol: proxy.protocol,
          ...(proxy.user === undefined ? {} : { proxyUser: proxy.user, proxyPassword: proxyPassword ?? '' }),
          useConnectionConfigProxyForOCSP: true,
        }),
    application: 'Aquarius',
    clientSessionKeepAlive: keepAlive,
    // Else each long number would be told to Snowflake as a loss, though it is read as text.
    jsTreatIntegerAsBigInt: true,
    representNullAsStringNull: false,
    timeout: REQUEST_MS,
    resultPrefetch: 1,
    rowStreamHighWaterMark: ROWS_AHEAD,
    sfRetryMaxLoginRetries: 3,
  };
}

function credentials(auth: SnowflakeAuth): ConnectionOptions {
  switch (auth.type) {
    case 'key-pair':
      return { authenticator: 'SNOWFLAKE_JWT', privateKey: openKey(auth.privateKey, auth.passphrase) };
    case 'token':
      return { authenticator: 'PROGRAMMATIC_ACCESS_TOKEN', token: auth.token };
    case 'oauth':
      return { authenticator: 'OAUTH', token: auth.token };
    case 'password':
      return { authenticator: 'SNOWFLAKE', password: auth.password };
  }
}

/** The key without its passphrase, as the SDK wants it. */
function openKey(key: string, passphrase: string | undefined): string {
  try {
    const opened = createPrivateKey({ key, format: 'pem', ...(passphrase === undefined ? {} : { passphrase }) });
    if (opened.asymmetricKeyType !== 'rsa') throw new Error('not RSA');
    return opened.export({ format: 'pem', type: 'pkcs8' }).toString();
  } catch {
    throw configError('warehouse_private_key', 'The private key of warehouse.auth cannot be read, or is no RSA key.', {
      hint: 'It is a PEM file as `openssl genrsa 2048 | openssl pkcs8 -topk8` makes it; an encrypted one needs warehouse.auth.passphrase.',
    });
  }
}
