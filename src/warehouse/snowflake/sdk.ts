import type SnowflakeSdk from 'snowflake-sdk';
import type { LogLevel } from 'snowflake-sdk';
import type { SnowflakeOptions } from './options.ts';
import { sdkLogger } from './sdk-log.ts';

export type Sdk = typeof SnowflakeSdk;

/** While it is loaded the SDK asks metadata services which cloud it runs in and loads native code, and when it signs in it tells of its use. */
const QUIET = {
  SNOWFLAKE_DISABLE_PLATFORM_DETECTION: 'true',
  SNOWFLAKE_DISABLE_MINICORE: 'true',
  SF_TELEMETRY_DISABLE_CONNECTION_SHAPE: 'true',
};

/** Loads the SDK. */
export async function loadSdk(): Promise<Sdk> {
  for (const [name, value] of Object.entries(QUIET)) process.env[name] ??= value;
  return (await import('snowflake-sdk')).default;
}

/**
 * Tells the SDK what holds for the whole process. To be told again after signing in: a configuration file that the SDK finds in the home
 * directory turns its own log on, with all that is in it.
 */
export function configureSdk(sdk: Sdk, { log, ocsp, sdkLogLevel }: Pick<SnowflakeOptions, 'log' | 'ocsp' | 'sdkLogLevel'>): void {
  sdk.configure({
    logLevel: sdkLogLevel.toUpperCase() as LogLevel,
    customLogger: sdkLogger(log),
    additionalLogToConsole: false,
    disableOCSPChecks: ocsp === 'off',
    ocspFailOpen: ocsp !== 'fail-closed',
  });
}
