import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Cut, cutAudience } from '../audience/cut.ts';
import { makeFolder } from '../config/make-folder.ts';
import type { FileContext, Layout } from '../format/layout.ts';
import { lineSql } from '../format/line-sql.ts';
import type { AudienceCounts, Manifest, ManifestFile } from '../format/manifest.ts';
import { packFile } from '../format/pack-file.ts';
import type { IdentifierType } from '../identity/identifier-type.ts';
import { withResource } from '../lib/with-resource.ts';
import { openReach } from '../reach/reach.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { Engine, RunProgress } from './engine.ts';
import { fileGroups, type TypeCount } from './file-groups.ts';
import type { Order } from './order.ts';
import { putManifest } from './put-manifest.ts';

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
    return await withResource(engine.warehouse.session(), (session) =>
      cutAndStage(engine, session, folder, request, progress, signal),
    );
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
  const { candidate, segment } = request.order;
  progress.step('selecting');
  const cut = await cutAudience(session, engine.catalogue, openReach(session, engine.catalogue), candidate.spec, segment, signal);
  const layout = await candidate.destination.layout(engine.secrets);
  const { groups, tooSmall } = fileGroups(layout, cut.counts.identifiers);
  const counts = settleCounts(cut, groups, tooSmall);
  const rows = sum(groups.flat());
  if (rows === 0) return { kind: 'skipped', reason: 'empty', detail: 'no identifier is left', counts };
  if (rows < candidate.floor) {
    return { kind: 'skipped', reason: 'below_minimum', detail: `${rows} identifiers, ${candidate.floor} needed`, counts };
  }
  const prefix = stagePrefixOf(request.order, request.cutId);
  const work: FileWork = { engine, session, folder, layout, context: fileContext(request), cut, prefix, progress, signal };
  const files: ManifestFile[] = [];
  for (const group of groups) files.push(...(await stageGroup(work, group)));
  const manifest = makeManifest(engine, request, layout, counts, cut.suppression, files);
  await putManifest(engine.stage, `${prefix}/manifest.json`, manifest, folder, signal);
  return { kind: 'staged', prefix, manifest };
}

interface FileWork {
  readonly engine: Engine;
  readonly session: Session;
  readonly folder: string;
  readonly layout: Layout;
  readonly context: FileContext;
  readonly cut: Cut;
  readonly prefix: string;
  readonly progress: RunProgress;
  readonly signal: AbortSignal;
}

/** Writes, packs and stages the file of some types, in as many parts as the layout's limits ask for. */
async function stageGroup(work: FileWork, group: readonly TypeCount[]): Promise<readonly ManifestFile[]> {
  const { engine, session, folder, layout, context, cut, prefix, progress, signal } = work;
  const types = group.map(({ type }) => type);
  const identifierType = layout.filePer === 'identifierType' ? types[0] : undefined;
  const path = join(folder, `lines-${types.join('-')}`);
  progress.step('writing');
  const lines = cut.lines(types, (columns) => lineSql(session.dialect, layout, context, columns, identifierType));
  await session.unload(lines, path, { signal, onProgress: progress.share });
  progress.step('packing');
  const parts = await packFile({
    path,
    runs: group,
    layout,
    context,
    identifierType,
    directory: folder,
    clock: engine.clock,
    signal,
    onProgress: (bytes) => progress.amount(bytes, null, 'bytes'),
  });
  await rm(path);
  progress.step('staging');
  const files: ManifestFile[] = [];
  for (const { path: local, ...file } of parts) {
    const { name, bytes, sha256 } = file;
    const onProgress = (done: number): void => progress.amount(done, bytes, 'bytes');
    await engine.stage.put({ key: `${prefix}/${name}`, path: local, bytes, sha256, signal, onProgress });
    await rm(local);
    files.push(file);
  }
  return files;
}

/** Types whose file would be too small for the partner are not written, and counted. */
function settleCounts(cut: Cut, groups: readonly (readonly TypeCount[])[], tooSmall: number): AudienceCounts {
  const { selected, dropped, suppressed } = cut.counts;
  const identifiers: Partial<Record<IdentifierType, number>> = Object.fromEntries(
    groups.flat().map(({ type, rows }) => [type, rows]),
  );
  return { selected, suppressed, identifiers, dropped: tooSmall === 0 ? dropped : { ...dropped, BELOW_FILE_MINIMUM: tooSmall } };
}

function sum(types: readonly TypeCount[]): number {
  return types.reduce((total, { rows }) => total + rows, 0);
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

function makeManifest(
  engine: Engine,
  request: StageRequest,
  layout: Layout,
  counts: AudienceCounts,
  suppression: string,
  files: readonly ManifestFile[],
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
    window: { from: from?.toISOString() ?? null, to: to.toISOString() },
    configVersion: config.configVersion,
    programVersion: engine.programVersion,
    createdAt: engine.clock.now().toISOString(),
    rows: files.reduce((total, { rows }) => total + rows, 0),
    counts,
    suppression,
    files,
  };
}
