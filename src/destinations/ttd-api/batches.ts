import type { ReadableFile } from '../destination.ts';
import { type Member, readMembers } from '../members/read-members.ts';
import type { Route } from './route.ts';
import type { RouteOf } from './routes.ts';

/** Members that go in one call, each with its text in the body. */
export interface Rows {
  readonly members: readonly Member[];
  readonly texts: readonly string[];
}

/** Members of one file for one endpoint, or for none. */
export interface Batch extends Rows {
  readonly file: ReadableFile;
  readonly route: Route | null;
}

/** What a call may hold. `items` shrinks when The Trade Desk finds calls too large. */
export interface CallLimits {
  items: number;
  readonly bytes: number;
}

/** Opt-outs go first, and removals before additions: what must not be there is not kept waiting. */
const ORDER = { optOut: 0, remove: 1, add: 2 } as const;
const READ_ROWS = 1_000;

/** Cuts files into batches within `limits`, file after file. */
export async function* batchesOf(
  files: readonly ReadableFile[],
  routeOf: RouteOf,
  limits: CallLimits,
  signal: AbortSignal,
): AsyncGenerator<Batch> {
  const sorted = files.toSorted((one, other) => ORDER[one.action ?? 'add'] - ORDER[other.action ?? 'add']);
  for (const file of sorted) {
    const open = new Map<Route | null, { members: Member[]; texts: string[]; bytes: number }>();
    for await (const read of readMembers([file], READ_ROWS, signal)) {
      for (const member of read) {
        const route = routeOf(file.action, member.type);
        const text = route === null ? '' : route.text(member);
        const size = text.length + (route?.bytes.member ?? 0);
        let batch = open.get(route);
        if (batch !== undefined && (batch.members.length >= limits.items || batch.bytes + size > limits.bytes)) {
          yield { file, route, members: batch.members, texts: batch.texts };
          batch = undefined;
        }
        if (batch === undefined) {
          batch = { members: [], texts: [], bytes: route?.bytes.body ?? 0 };
          open.set(route, batch);
        }
        batch.members.push(member);
        batch.texts.push(text);
        batch.bytes += size;
      }
    }
    for (const [route, { members, texts }] of open) yield { file, route, members, texts };
  }
}
