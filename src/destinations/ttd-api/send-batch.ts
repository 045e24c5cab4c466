import type { Member } from '../members/read-members.ts';
import type { Answer, FailedLine } from './answer.ts';
import type { Batch, CallLimits, Rows } from './batches.ts';
import { refusedAltogether, tooLargeAltogether } from './failures.ts';
import type { Route } from './route.ts';
import type { Tally } from './tally.ts';

/** One call with these texts. */
export type Request = (route: Route, texts: readonly string[]) => Promise<Answer>;

/**
 * Refusals one after the other, with nothing taken in between, after which the fault is not the members': of members alone before any was
 * taken, and of all kinds later.
 */
const MOST_AT_FIRST = 4;
const MOST_LATER = 100;

/** A reason of our own: The Trade Desk has no field for such an identifier. */
export const NOT_TAKEN = 'TypeNotTaken';

/**
 * Makes the function that sends batches until every member in them is taken or refused, and counted. A call that is too large is made
 * smaller, and so are those after it. A call that is refused without a word about which member is at fault is halved until the member
 * is found: at most 2·log2(n) + 1 calls for one among n.
 */
export function batchSender(request: Request, tally: Tally, limits: CallLimits): (batch: Batch) => Promise<void> {
  /** By endpoint: refusals since something was taken there, and where anything was. */
  const refusedBy = new Map<string, { alone: number; named: number }>();
  const took = new Set<string>();

  return async (batch) => {
    if (batch.route === null) await tally.reject(NOT_TAKEN, batch.members.length, batch.members);
    else await send(batch.route, batch);
    tally.done(batch.file, batch.members.length);
  };

  async function send(route: Route, rows: Rows): Promise<void> {
    const code = await spoiledBy(route, rows);
    if (code !== null) await narrow(route, rows, code);
  }

  /** Sends members at once. Null when they are accounted for, else the code with which all of them were refused. */
  async function spoiledBy(route: Route, rows: Rows): Promise<string | null> {
    const count = rows.members.length;
    if (count > limits.items) {
      // Beforehand, since the limit may shrink again meanwhile.
      const size = limits.items;
      for (let at = 0; at < count; at += size) await send(route, slice(rows, at, at + size));
      return null;
    }
    const answer = await request(route, rows.texts);
    if (answer.kind === 'tooLarge') {
      if (count === 1) throw tooLargeAltogether(route.url);
      limits.items = Math.min(limits.items, Math.floor(count / 2));
      await send(route, rows);
      return null;
    }
    const unclear = membersOfUnclear(route, rows, answer.lines);
    const clear = answer.lines.filter((line) => {
      const places = route.placesOf(line, rows.members).length;
      return places === 1 || (places === 0 && answer.kind === 'taken');
    });
    const left = await refuse(route, rows, clear);
    const again = pick(left, (member) => unclear.has(member));
    const others = pick(left, (member) => !unclear.has(member));
    if (answer.kind === 'taken') {
      if (others.members.length > 0) {
        refusedBy.delete(route.url);
        took.add(route.url);
      }
      tally.accept(others.members.length);
    } else {
      const code = answer.lines[0]?.code ?? answer.code;
      if (others.members.length === count) return code;
      suspect(route, code, 'named');
      // Whether the others of a refused call were stored is not known; sent again, they surely are.
      if (others.members.length > 0) await send(route, others);
    }
    if (again.members.length > 0) await sendSingly(route, again);
    return null;
  }

  /** Sends members one to an item, so that a refusal tells whom it means. */
  async function sendSingly({ single }: Route, rows: Rows): Promise<void> {
    if (single === undefined) throw new Error('a refusal of several members comes from an item with several');
    const longest = rows.texts.reduce((most, { length }) => Math.max(most, length), 0);
    const size = Math.max(1, Math.floor((limits.bytes - single.bytes.body) / (single.bytes.member + longest)));
    for (let at = 0; at < rows.members.length; at += size) await send(single, slice(rows, at, at + size));
  }

  /** Finds who is at fault among members that were refused together. A half is known to be at fault when the other one was taken. */
  async function narrow(route: Route, rows: Rows, code: string): Promise<void> {
    const count = rows.members.length;
    if (count === 1) {
      await refuseAlone(route, rows, code);
      return;
    }
    const left = slice(rows, 0, Math.floor(count / 2));
    const right = slice(rows, left.members.length, count);
    const leftCode = await spoiledBy(route, left);
    // A single member is asked about even so, to hear the reason for it alone.
    const isKnown = leftCode === null && right.members.length > 1;
    const rightCode = isKnown ? code : await spoiledBy(route, right);
    if (leftCode !== null) await narrow(route, left, leftCode);
    if (rightCode !== null) await narrow(route, right, rightCode);
  }

  async function refuseAlone(route: Route, rows: Rows, code: string): Promise<void> {
    suspect(route, code, 'alone');
    await tally.reject(code, 1, rows.members);
  }

  /** Counts a refusal, of a member alone or of those that it names; too many with nothing taken in between are not the members' fault. */
  function suspect({ url }: Route, code: string, how: 'alone' | 'named'): void {
    const counts = refusedBy.get(url) ?? { alone: 0, named: 0 };
    counts[how] += 1;
    refusedBy.set(url, counts);
    const most = how === 'named' || took.has(url) ? MOST_LATER : MOST_AT_FIRST;
    if (counts[how] >= most) throw refusedAltogether(code, url);
  }

  /** Counts those whom lines refuse, each once, and gives the others. */
  async function refuse(route: Route, rows: Rows, lines: readonly FailedLine[]): Promise<Rows> {
    if (lines.length === 0) return rows;
    const codes = new Map<number, string>();
    let unknown: string[] = [];
    for (const line of lines) {
      const places = route.placesOf(line, rows.members);
      if (places.length === 0) unknown.push(line.code);
      for (const place of places) if (!codes.has(place)) codes.set(place, line.code);
    }
    for (const code of new Set(codes.values())) {
      const refused = rows.members.filter((_, place) => codes.get(place) === code);
      await tally.reject(code, refused.length, refused);
    }
    const left = pick(rows, (_, place) => !codes.has(place));
    unknown = unknown.slice(0, left.members.length);
    for (const code of unknown) await tally.reject(code, 1, []);
    return pick(left, (_, place) => place >= unknown.length);
  }
}

function slice({ members, texts }: Rows, from: number, to: number): Rows {
  return { members: members.slice(from, to), texts: texts.slice(from, to) };
}

function pick({ members, texts }: Rows, isWanted: (member: Member, place: number) => boolean): Rows {
  return {
    members: members.filter(isWanted),
    texts: texts.filter((_, place) => isWanted(members[place] as Member, place)),
  };
}

/** Members of items that were refused without a word about which member of them is meant. */
function membersOfUnclear(route: Route, { members }: Rows, lines: readonly FailedLine[]): ReadonlySet<Member> {
  const unclear = new Set<Member>();
  for (const line of lines) {
    const places = route.placesOf(line, members);
    if (places.length > 1) for (const place of places) unclear.add(members[place] as Member);
  }
  return unclear;
}
