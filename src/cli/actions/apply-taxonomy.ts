import type { App } from '../../app.ts';
import type { Difference } from '../../destinations/destination.ts';
import { configError } from '../../errors.ts';
import type { Actor } from '../../ledger/actor.ts';
import type { TaxonomyApplyOutput } from '../../shapes/destination-shapes.ts';
import { checkCtx } from '../check-ctx.ts';
import { confirm } from '../confirm.ts';
import { currentIo } from '../io.ts';
import { openProgress } from '../progress.ts';
import { type GlobalOptions, print, printJson, readSettings, withApp } from '../session.ts';
import { formatCount } from '../table.ts';
import { makeTaxonomyPlan, type TaxonomyPlan, taxonomyOf } from '../taxonomy-plan.ts';
import { changesText, countKinds, taxonomyPlanText } from '../taxonomy-text.ts';

interface ApplyOptions extends GlobalOptions {
  readonly prices?: boolean;
  readonly yes?: boolean;
  readonly reason?: string;
}

/** Shows the plan, asks, and makes the changes; nothing is open for writing while a person thinks. */
export async function applyTaxonomy(name: string, options: ApplyOptions): Promise<void> {
  const isJson = options.json === true;
  taxonomyOf(await readSettings(options), name);
  const plan = await withApp(options, 'read', (app) => makeTaxonomyPlan(app, name, !isJson));
  const applied = chosen(plan.differences, options.prices === true);
  const isApplied = new Set(applied);
  const left = plan.differences.filter((difference) => !isApplied.has(difference));
  if (!isJson) print(taxonomyPlanText(name, plan));
  if (applied.length > 0) {
    if (options.yes !== true && !(await isConfirmed(name, applied))) {
      if (isJson) printOutcome(name, [], plan.differences, plan);
      else print('Nothing was changed.');
      return;
    }
    await withApp(options, 'write', (app) => make(app, name, applied, plan, options));
  }
  if (isJson) printOutcome(name, applied, left, plan);
  else print([doneText(name, applied), ...leftText(left)].join('\n'));
}

/**
 * What is made: new segments with their prices, and names. A price that a segment has already, or has not in spite of being there, is money that
 * somebody agreed on, and is changed only when that is asked for.
 */
function chosen(differences: readonly Difference[], withPrices: boolean): readonly Difference[] {
  const isNew = new Set(differences.filter(({ kind }) => kind === 'create').map(({ segmentId }) => segmentId));
  return differences.filter(
    ({ kind, segmentId }) => kind === 'create' || kind === 'rename' || (kind === 'price' && (withPrices || isNew.has(segmentId))),
  );
}

async function isConfirmed(name: string, changes: readonly Difference[]): Promise<boolean> {
  const answer = await confirm(`${changesText(changes)} at ${name}. Do it?`);
  if (answer !== null) return answer;
  throw configError('confirmation_needed', `Nobody can be asked whether to change ${name}; nothing was changed.`, {
    hint: `Look at \`aquarius destinations plan ${name}\`, then give --yes. A command that a server runs cannot ask either.`,
  });
}

/** Written down before it is begun, so that a change which is broken off is not without its author. */
async function make(
  app: App,
  name: string,
  changes: readonly Difference[],
  { segments }: TaxonomyPlan,
  options: ApplyOptions,
): Promise<void> {
  const actor: Actor = { name: currentIo().actor, via: 'cli', reason: options.reason ?? null };
  const byKind = Map.groupBy(changes, ({ kind }) => kind);
  await app.ledger.recordAction(
    actor,
    [...byKind].map(([kind, list]) => ({
      action: `taxonomy.${kind}`,
      agencyId: null,
      subjectKind: 'destination',
      subjectId: name,
      before: Object.fromEntries(list.map(({ segmentId, from }) => [segmentId, from])),
      after: Object.fromEntries(list.map(({ segmentId, to }) => [segmentId, to])),
    })),
  );
  const progress = openProgress(options.json !== true);
  try {
    progress.step(`${changesText(changes)} at ${name}`);
    await taxonomyOf(app, name).apply(changes, segments, checkCtx(app));
  } finally {
    progress.clear();
  }
}

function printOutcome(name: string, applied: readonly Difference[], left: readonly Difference[], { notes }: TaxonomyPlan): void {
  printJson({
    destination: name,
    applied: [...applied],
    left: [...left],
    notes: [...notes],
  } satisfies TaxonomyApplyOutput);
}

function doneText(name: string, applied: readonly Difference[]): string {
  if (applied.length === 0) return 'There is nothing to change.';
  const { create, rename, price } = countKinds(applied);
  return `Done at ${name}: ${formatCount(create)} created, ${formatCount(rename)} renamed, ${formatCount(price)} priced.`;
}

function leftText(left: readonly Difference[]): readonly string[] {
  const { price } = countKinds(left);
  if (price === 0) return [];
  const were = price === 1 ? '1 price was left as it is' : `${formatCount(price)} prices were left as they are`;
  return [`${were}: --prices changes prices of segments that are there.`];
}
