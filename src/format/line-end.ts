import type { Layout } from './layout.ts';

/** What stands before the LF of every line. */
export function beforeLf({ lineEnd }: Layout): '' | '\r' {
  return lineEnd === 'crlf' ? '\r' : '';
}
