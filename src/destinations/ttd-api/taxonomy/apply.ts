import { configError } from '../../../errors.ts';
import type { CheckCtx, Difference, SegmentTerms } from '../../destination.ts';
import { createElement, type Element, renameElement } from './elements.ts';
import { exactDecimal } from './exact-decimal.ts';
import { compare, lookUp, taxonomyOf } from './plan.ts';
import { openPlatform, type Platform } from './platform.ts';
import { setRates } from './rate-batch.ts';
import type { TaxonomySettings, WithTaxonomy } from './settings.ts';
import { type Wanted, wantedElements } from './wanted.ts';

/** The most calls of one endpoint at once; The Trade Desk throttles more. */
const AT_ONCE = 4;
const MOST_TOLD = 20;

/**
 * Makes exactly these changes, after a fresh look: what has been made already is passed over, and when anything else has moved since the
 * plan, nothing is changed (`config`, `taxonomy_moved`). Prices are looked at once more right before they are set.
 */
export async function applyTaxonomy(
  differences: readonly Difference[],
  segments: readonly SegmentTerms[],
  settings: WithTaxonomy,
  ctx: CheckCtx,
): Promise<void> {
  const own = taxonomyOf(settings);
  const asked = differences.filter(({ kind }) => kind !== 'not_wanted');
  if (asked.length === 0) return;
  const wanted = wantedElements(segments);
  const platform = openPlatform(own, ctx);
  const found = await lookUp(platform, own, wanted);
  const open = stillOpen(asked, compare(wanted, found, own), wanted);
  const changes = open.filter(({ kind }) => kind !== 'price');
  await allDone(changes, (change) => changeElement(platform, own, change, wanted, found.elements));

  let prices: readonly Difference[] = open.filter(({ kind }) => kind === 'price');
  if (prices.length > 0 && changes.length > 0) {
    // Making thousands of elements takes minutes.
    prices = stillOpen(prices, compare(wanted, await lookUp(platform, own, wanted), own), wanted);
  }
  const byElement = new Map(prices.map((price) => [elementOf(price, wanted).id, exactDecimal(price.to ?? '') ?? '']));
  await setRates(platform, own, byElement, ctx);
}

function elementOf({ segmentId }: Difference, wanted: ReadonlyMap<string, Wanted>): Wanted {
  const element = wanted.get(segmentId);
  if (element === undefined) throw new Error(`the segment ${segmentId} is not among those of the plan`);
  return element;
}

async function changeElement(
  platform: Platform,
  settings: TaxonomySettings,
  change: Difference,
  wanted: ReadonlyMap<string, Wanted>,
  elements: ReadonlyMap<string, Element>,
): Promise<void> {
  const { id, name } = elementOf(change, wanted);
  const element = elements.get(id);
  if (element === undefined) await createElement(platform, settings, id, name);
  else await renameElement(platform, settings, element, name);
}

/** Those that are still to be made. What has become of a segment otherwise since the plan is told for all at once. */
function stillOpen(
  asked: readonly Difference[],
  now: readonly Difference[],
  wanted: ReadonlyMap<string, Wanted>,
): readonly Difference[] {
  const bySegment = Map.groupBy(now, ({ segmentId }) => segmentId);
  const problems: { path: string; message: string }[] = [];
  const open = asked.filter((difference) => {
    const own = bySegment.get(difference.segmentId) ?? [];
    const why = movedHow(difference, own, wanted.get(difference.segmentId));
    if (why !== null) problems.push({ path: difference.segmentId, message: why });
    return own.some(({ kind }) => kind === difference.kind);
  });
  if (problems.length === 0) return open;
  throw configError('taxonomy_moved', 'The taxonomy is no longer as the plan saw it; nothing that moved was changed.', {
    problems: problems.slice(0, MOST_TOLD),
    hint: 'Plan again, look at the differences, and apply those.',
  });
}

/** Null when the difference is as it was, or has been made away with. */
function movedHow({ kind, from, to }: Difference, now: readonly Difference[], wanted: Wanted | undefined): string | null {
  if (wanted === undefined) return 'is no longer a segment of this destination';
  if (to !== (kind === 'price' ? wanted.price : wanted.name))
    return `is to have another ${kind === 'price' ? 'price' : 'name'} now`;
  const same = now.find((other) => other.kind === kind);
  if (same !== undefined) return same.from === from ? null : `has ${same.from ?? 'nothing'} now, and had ${from ?? 'nothing'}`;
  if (kind === 'create' && now.some((other) => other.kind === 'rename')) return 'has been created under another name';
  if (kind === 'rename' && now.some((other) => other.kind === 'create')) return 'is no longer there';
  return null;
}

/** Works through a list, a few at once. The first failure ends it, once what has begun is done. */
async function allDone<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const failures: unknown[] = [];
  const worker = async () => {
    for (const item of left) {
      if (failures.length > 0) return;
      await work(item).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (failures.length > 0) throw failures[0];
}
