import type { Difference } from '../destinations/destination.ts';
import { counted, formatCount, renderTable } from './table.ts';
import type { TaxonomyPlan } from './taxonomy-plan.ts';

const KINDS = ['create', 'rename', 'price', 'not_wanted'] as const satisfies readonly Difference['kind'][];

/** Differences by kind; every kind is there. */
export function countKinds(differences: readonly Difference[]): Record<Difference['kind'], number> {
  const count = (wanted: Difference['kind']) => differences.filter(({ kind }) => kind === wanted).length;
  return { create: count('create'), rename: count('rename'), price: count('price'), not_wanted: count('not_wanted') };
}

/** The differences as a table, how many there are of each kind, and what the plan could not know. */
export function taxonomyPlanText(name: string, { segments, differences, notes }: TaxonomyPlan): string {
  const wanted = counted(segments.length, 'segment');
  if (differences.length === 0) return [`Nothing differs at ${name}: ${wanted}.`, ...notes].join('\n');
  const table = renderTable(differences, [
    { title: 'SEGMENT', value: ({ segmentId }) => segmentId },
    { title: 'WHAT', value: ({ kind }) => kind },
    { title: 'IS', value: ({ from }) => from ?? '' },
    { title: 'WANTED', value: ({ to }) => to ?? '' },
  ]);
  const counts = countKinds(differences);
  const kinds = KINDS.filter((kind) => counts[kind] > 0).map((kind) => `${kind} ${formatCount(counts[kind])}`);
  const leftAlone = counts.not_wanted > 0 ? ['What nobody wants is left alone.'] : [];
  return [table, '', `${wanted} wanted at ${name}. Differences: ${kinds.join(', ')}.`, ...leftAlone, ...notes].join('\n');
}

/** `2 segments to create, 1 to rename, 3 prices to set`. */
export function changesText(changes: readonly Difference[]): string {
  const { create, rename, price } = countKinds(changes);
  return [
    create > 0 && `${counted(create, 'segment')} to create`,
    rename > 0 && `${formatCount(rename)} to rename`,
    price > 0 && `${counted(price, 'price')} to set`,
  ]
    .filter((text) => text !== false)
    .join(', ');
}
