import { type Changes, findChanges } from '../audience/changes.ts';
import type { Cut } from '../audience/cut.ts';
import { noteChanges } from '../audience/member-changes.ts';
import type { Layout } from '../format/layout.ts';
import { membersLayout } from '../format/layouts/members.ts';
import type { AudienceCounts, Manifest } from '../format/manifest.ts';
import type { IdentifierType } from '../identity/identifier-type.ts';
import { join, sql } from '../lib/sql.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { Engine } from './engine.ts';
import { fileGroups, type TypeCount } from './file-groups.ts';
import { cutOf, doubtIfTermsChanged, refreshRule, settleMembers } from './held-by-partner.ts';
import { deliveryKeyOf, type Order } from './order.ts';
import type { Outgoing } from './stage-files.ts';

/** What of a cut leaves, in which files. */
export interface Selection {
  readonly counts: AudienceCounts;
  readonly outgoing: readonly Outgoing[];
  /** Null where it is not kept what the partner holds. */
  readonly changes: NonNullable<Manifest['changes']> | null;
}

/** Everybody, whatever the partner holds. Types whose file would be too small for the partner are not written, and counted. */
export function selectAll(layout: Layout, cut: Cut): Selection {
  const { groups, tooSmall } = fileGroups(layout, cut.counts.identifiers);
  return { counts: settleCounts(cut, groups, tooSmall), outgoing: [{ layout, members: cut.members, groups }], changes: null };
}

/** What the partner has to be told, in view of what it holds; in a full refresh that is everybody, and whoever has opted out. */
export async function selectChanges(
  engine: Engine,
  session: Session,
  { candidate, segmentId }: Order,
  layout: Layout,
  cut: Cut,
  signal: AbortSignal,
): Promise<Selection> {
  const { entry, capabilities } = candidate;
  const holding = deliveryKeyOf(candidate, segmentId);
  const rule = refreshRule(candidate, engine.clock.now());
  await settleMembers(engine, session, holding, rule);
  await doubtIfTermsChanged(engine, session, holding, candidate);
  const { refresh } = entry;
  const { removes, optOuts } = capabilities;
  const found = await findChanges(session, engine.catalogue, cut, holding, { ...rule, refresh, removes, optOuts }, signal);
  const adds = fileGroups(layout, addedOrResent(found));
  const removals = fileGroups(layout, found.counts.remove);
  const optOutLayout = membersLayout();
  const optedOut = fileGroups(optOutLayout, found.counts.optOut);
  const outgoing: readonly Outgoing[] = [
    { layout, members: found.members(['add', 'resend']), groups: adds.groups },
    { action: 'remove', layout, members: found.members(['remove']), groups: removals.groups },
    // Whatever the partner's files look like, opt-outs are told one by one.
    { action: 'optOut', layout: optOutLayout, members: found.members(['optOut']), groups: optedOut.groups },
  ];
  const isFull = refresh === 'full';
  const [added, resent] = [sumOf(found.counts.add, adds.groups), sumOf(found.counts.resend, adds.groups)];
  const [removed, optedOutRows] = [rowsOf(removals.groups), rowsOf(optedOut.groups)];
  return {
    counts: isFull ? settleCounts(cut, adds.groups, adds.tooSmall) : countsOf(cut),
    outgoing,
    changes: {
      added,
      resent,
      removed,
      optedOut: optedOutRows,
      unchanged: found.unchanged,
      left: found.left,
      // Of a full refresh's audience they are counted as dropped.
      postponed: (isFull ? 0 : adds.tooSmall) + removals.tooSmall,
      keptDays: rule.ttlDays,
    },
  };
}

/** Notes what is about to be told, before any of it is sent. */
export async function noteOutgoing(
  { catalogue }: Engine,
  session: Session,
  prefix: string,
  manifest: Manifest,
  outgoing: readonly Outgoing[],
  signal: AbortSignal,
): Promise<void> {
  for (const { members, groups } of outgoing) {
    const types = groups.flat().map(({ type }) => sql`${type}`);
    if (types.length === 0) continue;
    const written = sql`(SELECT * FROM ${members} WHERE id_type IN (${join(types)}))`;
    await noteChanges(session, catalogue, cutOf(prefix, manifest), written, signal);
  }
}

type Counts = Partial<Record<IdentifierType, number>>;
type Groups = readonly (readonly TypeCount[])[];

function addedOrResent({ counts: { add, resend } }: Changes): Counts {
  const types = [...new Set([...Object.keys(add), ...Object.keys(resend)])] as IdentifierType[];
  return Object.fromEntries(types.map((type) => [type, (add[type] ?? 0) + (resend[type] ?? 0)]));
}

const rowsOf = (groups: Groups): number => groups.flat().reduce((sum, { rows }) => sum + rows, 0);

/** Of the types that are written. */
const sumOf = (counts: Counts, groups: Groups): number => groups.flat().reduce((sum, { type }) => sum + (counts[type] ?? 0), 0);

function countsOf({ counts: { selected, dropped, suppressed, identifiers } }: Cut): AudienceCounts {
  return { selected, suppressed, identifiers, dropped };
}

function settleCounts(cut: Cut, groups: Groups, tooSmall: number): AudienceCounts {
  const { selected, dropped, suppressed } = cut.counts;
  const identifiers: Counts = Object.fromEntries(groups.flat().map(({ type, rows }) => [type, rows]));
  return { selected, suppressed, identifiers, dropped: tooSmall === 0 ? dropped : { ...dropped, BELOW_FILE_MINIMUM: tooSmall } };
}
