import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Cut, cutAudience } from '../audience/cut.ts';
import { makeFolder } from '../config/make-folder.ts';
import type { FileContext, Layout } from '../format/layout.ts';
import type { AudienceCounts, Manifest, ManifestFile } from '../format/manifest.ts';
import { openReach } from '../reach/reach.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { beginStep } from './begin-step.ts';
import type { Engine, RunProgress } from './engine.ts';
import { keepsMembers } from './held-by-partner.ts';
import type { Order } from './order.ts';
import { putManifest } from './put-manifest.ts';
import { noteOutgoing, type Selection, selectAll, selectChanges } from './select-outgoing.ts';
import { stageFiles } from './stage-files.ts';
import { withSession } from './with-session.ts';

/** A staged set, or the reason why there is none. */
export type Staged =
  | { readonly kind: 'staged'; readonly prefix: string; readonly manifest: Manifest }
  | {
      readonly kind: 'skipped';
      readonly reason: 'empty' | 'below_minimum';
      readonly detail: string;
      readonly counts: AudienceCounts;
    };

export interface StageRequest {
  readonly order: Order;
  readonly runId: string;
  /** Names this cut and its files: a run that is cut again, for a newer suppression, gets other names. */
  readonly cutId: string;
  readonly plannedAt: Date;
}

/** Cuts a segment, has the warehouse write its files, and stages them; the manifest goes last. */
export async function stageAudience(
  engine: Engine,
  request: StageRequest,
  progress: RunProgress,
  signal: AbortSignal,
): Promise<Staged> {
  const folder = join(engine.workFolder, request.cutId);
  await rm(folder, { recursive: true, force: true });
  await makeFolder(folder, 0o700);
  try {
    return await withSession(engine, (session) => cutAndStage(engine, session, folder, request, progress, signal), 'cut');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function cutAndStage(
  engine: Engine,
  session: Session,
  folder: string,
  request: StageRequest,
  progress: RunProgress,
  signal: AbortSignal,
): Promise<Staged> {
  progress.step('selecting');
  const taken = (await engine.cutsAhead?.take(request.order, signal)) ?? null;
  if (taken === null)
    return stageCut(engine, session, folder, request, await cutAlone(engine, session, request, signal), progress, signal);
  try {
    return await stageCut(engine, session, folder, request, taken.cut, progress, signal);
  } finally {
    await taken.release();
  }
}

function cutAlone(
  { catalogue, settings }: Engine,
  session: Session,
  { order: { candidate, segment } }: StageRequest,
  signal: AbortSignal,
): Promise<Cut> {
  return cutAudience(session, catalogue, openReach(session, catalogue, settings.policy), candidate.spec, segment, signal);
}

async function stageCut(
  engine: Engine,
  session: Session,
  folder: string,
  request: StageRequest,
  cut: Cut,
  progress: RunProgress,
  signal: AbortSignal,
): Promise<Staged> {
  const { candidate } = request.order;
  const { secrets, stage } = engine;
  const layout = await candidate.destination.layout(secrets);
  const { counts, outgoing, changes } = keepsMembers(candidate)
    ? await selectChanges(engine, session, request.order, layout, cut, signal)
    : selectAll(layout, cut);
  const rows = sum(Object.values(counts.identifiers));
  const { written } = cut.counts;
  if (written === 0) {
    const detail = counts.selected === 0 ? 'no rows in the look-back' : 'no identifier is left';
    return { kind: 'skipped', reason: 'empty', detail, counts };
  }
  if (written < candidate.floor || rows < candidate.floor) {
    return { kind: 'skipped', reason: 'below_minimum', detail: `${written} identifiers, ${candidate.floor} needed`, counts };
  }
  if (rows === 0) {
    return {
      kind: 'skipped',
      reason: 'below_minimum',
      detail: `${written} identifiers, too few of each type for a file`,
      counts,
    };
  }
  const prefix = stagePrefixOf(request.order, request.cutId);
  const work = { engine, session, folder, context: fileContext(request), prefix, progress, signal };
  beginStep(session, engine.about, 'unload');
  const files = await stageFiles(work, outgoing);
  const manifest = makeManifest(engine, request, { layout, counts, changes, suppression: cut.suppression.fingerprint, files });
  beginStep(session, engine.about, 'log');
  if (changes !== null) await noteOutgoing(engine, session, prefix, manifest, outgoing, signal);
  await putManifest(stage, `${prefix}/manifest.json`, manifest, folder, signal);
  return { kind: 'staged', prefix, manifest };
}

function fileContext({ order, cutId, plannedAt }: StageRequest): FileContext {
  const { config, entry, slot } = order.candidate;
  return {
    agencyId: config.agencyId,
    advertiserId: config.advertiserId,
    segmentId: order.segmentId,
    segmentName: order.segmentName,
    destination: entry.destination,
    slot: slot.id,
    runId: cutId,
    plannedAt,
    ttlDays: entry.ttlDays,
  };
}

/** Key prefix of a cut's files. */
export function stagePrefixOf({ candidate: { config, entry, slot } }: Order, cutId: string): string {
  return [config.agencyId, config.advertiserId, entry.destination, slot.id, cutId].map(keyPart).join('/');
}

/** One level of a stage key: ids come from people's tables. */
function keyPart(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9._-]/g, '-').replace(/^\.+/, '-') || '-';
}

interface Findings {
  readonly layout: Layout;
  readonly counts: AudienceCounts;
  readonly changes: Selection['changes'];
  readonly suppression: string;
  readonly files: readonly ManifestFile[];
}

function makeManifest(
  engine: Engine,
  request: StageRequest,
  { layout, counts, changes, suppression, files }: Findings,
): Manifest {
  const { candidate, segmentId, segmentName } = request.order;
  const { config, entry, slot, spec } = candidate;
  const { from, to } = spec.exposures.window;
  return {
    schemaVersion: 1,
    runId: request.runId,
    slot: slot.id,
    agencyId: config.agencyId,
    advertiserId: config.advertiserId,
    destination: entry.destination,
    segmentId,
    segmentName,
    layout: layout.name,
    refresh: entry.refresh,
    window: { from: from?.toISOString() ?? null, to: to.toISOString() },
    configVersion: config.configVersion,
    programVersion: engine.programVersion,
    createdAt: engine.clock.now().toISOString(),
    rows: sum(files.map((file) => file.rows)),
    counts,
    terms: {
      ttlDays: entry.ttlDays ?? null,
      priceCpm: entry.priceCpm ?? null,
      partnerReference: entry.partnerReference ?? null,
    },
    ...(changes === null ? {} : { changes }),
    suppression,
    files,
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
