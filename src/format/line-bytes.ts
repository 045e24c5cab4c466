import type { IdentifierType } from '../identity/identifier-type.ts';
import type { FileContext, Layout } from './layout.ts';
import { beforeLf } from './line-end.ts';
import { renderLine } from './render-line.ts';

/** Characters of identifiers, all of one byte. */
const CHARACTERS: Readonly<Record<IdentifierType, { readonly typical: number; readonly longest: number }>> = {
  IDFA: { typical: 36, longest: 36 },
  GAID: { typical: 36, longest: 36 },
  MAID: { typical: 36, longest: 36 },
  IP: { typical: 13, longest: 39 },
  // Their issuer makes them of 49 and of 70.
  RAMPID: { typical: 49, longest: 128 },
  UID2: { typical: 44, longest: 44 },
  UUID2: { typical: 19, longest: 20 },
};

interface TypeRows {
  readonly type: IdentifierType;
  readonly rows: number;
}

/** Bytes of a line of a type, its end included. The layout must be able to carry the type. */
function lineBytes(layout: Layout, context: FileContext, type: IdentifierType, size: 'typical' | 'longest'): number {
  const value = '0'.repeat(CHARACTERS[type][size]);
  const line = renderLine(layout, context, { type, value, lastSeen: context.plannedAt });
  return Buffer.byteLength(line) + beforeLf(layout).length + 1;
}

/** What rows will weigh before compression, near enough to judge by. */
export function typicalBytes(layout: Layout, context: FileContext, runs: readonly TypeRows[]): number {
  return runs.reduce((sum, { type, rows }) => sum + rows * lineBytes(layout, context, type, 'typical'), 0);
}

/** The most that rows can weigh before compression. */
export function mostBytes(layout: Layout, context: FileContext, runs: readonly TypeRows[]): number {
  return runs.reduce((sum, { type, rows }) => sum + rows * lineBytes(layout, context, type, 'longest'), 0);
}
