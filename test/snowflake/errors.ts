/** An answer of Snowflake's that is a refusal: its six-digit code, its SQL state and its words. */
export class SnowflakeError extends Error {
  override readonly name = 'SnowflakeError';
  readonly code: string;
  readonly sqlState: string;

  constructor(code: string, sqlState: string, message: string) {
    super(message);
    this.code = code;
    this.sqlState = sqlState;
  }
}

/** The statement is not Snowflake's SQL. */
export const syntaxError = (what: string): SnowflakeError =>
  new SnowflakeError('001003', '42000', `SQL compilation error:\nsyntax error line 1 at position 0 unexpected '${what}'.`);

/** Snowflake knows the thing, but not in this place or with these arguments. */
export const unsupported = (what: string): SnowflakeError =>
  new SnowflakeError('000002', '0A000', `SQL compilation error:\nUnsupported feature '${what}'.`);

export const unknownFunction = (name: string): SnowflakeError =>
  new SnowflakeError('002140', '42601', `SQL compilation error:\nUnknown function ${name}`);

export const invalidArguments = (name: string): SnowflakeError =>
  new SnowflakeError(
    '000938',
    '22023',
    `SQL compilation error: error line 1 at position 0\nnot enough arguments for function [${name}]`,
  );

export const notFound = (kind: string, name: string): SnowflakeError =>
  new SnowflakeError('002003', '42S02', `SQL compilation error:\n${kind} '${name}' does not exist or not authorized.`);

export const insufficientPrivileges = (kind: string, name: string): SnowflakeError =>
  new SnowflakeError('003001', '42501', `SQL access control error:\nInsufficient privileges to operate on ${kind} '${name}'`);

export const canceled = (): SnowflakeError => new SnowflakeError('000604', '57014', 'SQL execution canceled');

export const timedOut = (seconds: number): SnowflakeError =>
  new SnowflakeError(
    '000630',
    '57014',
    `Statement reached its statement or warehouse timeout of ${seconds} second(s) and was canceled.`,
  );

export const suspendedWarehouse = (): SnowflakeError =>
  new SnowflakeError(
    '000606',
    '57P03',
    "No active warehouse selected in the current session.  Select an active warehouse with the 'use warehouse' command.",
  );
