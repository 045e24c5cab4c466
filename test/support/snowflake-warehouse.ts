import { pino } from 'pino';
import type { SnowflakeOptions } from '../../src/warehouse/snowflake/options.ts';
import type { SnowflakeServer } from '../snowflake/server.ts';

/** What it takes to use the stand-in as one would use an account. */
export function optionsFor(server: SnowflakeServer, own: Partial<SnowflakeOptions> = {}): SnowflakeOptions {
  return {
    account: server.account,
    user: server.user,
    role: server.role,
    warehouse: server.warehouse,
    database: server.database,
    schema: 'PUBLIC',
    authType: 'key-pair',
    secrets: async () => ({ auth: { type: 'key-pair', privateKey: server.privateKeyPem } }),
    url: server.url,
    readOnly: false,
    log: pino({ level: 'silent' }),
    ocsp: 'off',
    sdkLogLevel: 'off',
    statementTimeoutSeconds: 600,
    queuedTimeoutSeconds: 60,
    queryTag: 'aquarius',
    keepAlive: false,
    warehouses: {},
    ...own,
  };
}

/** The section of aquarius.yaml that says the same, with the key in a file beside it; `more` are further lines, indented. */
export function warehouseSection(
  server: SnowflakeServer,
  own: { readonly role?: string; readonly database?: string; readonly schema?: string; readonly auth?: string } = {},
  more = '',
): string {
  return `
warehouse:
  type: snowflake
  account: ${server.account}
  url: ${server.url}
  user: ${server.user}
  role: ${own.role ?? server.role}
  warehouse: ${server.warehouse}
  database: ${own.database ?? server.database}
  schema: ${own.schema ?? 'PUBLIC'}
  ocsp: 'off'
  auth: ${own.auth ?? '{ type: key-pair, privateKey: file:key.pem }'}
${more}
`;
}
