import type { Logger } from 'pino';
import type { SnowflakeLogger } from 'snowflake-sdk';

const CODE = /\bcode[:=]?\s*'?(\d{6})\b/i;

/**
 * What the SDK says about itself may hold statements, values and addresses: of each message its level goes into our log, and the code of
 * Snowflake's that it names.
 */
export function sdkLogger(log: Logger): SnowflakeLogger {
  const at =
    (level: 'error' | 'warn' | 'info' | 'debug') =>
    (message: string): void => {
      const code = CODE.exec(String(message))?.[1];
      log[level]({ ...(code === undefined ? {} : { code }) }, 'snowflake-sdk');
    };
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug'), trace: at('debug') };
}
