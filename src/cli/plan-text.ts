import type { PlanOutput } from '../shapes/shapes.ts';
import { formatBytes, formatCount, renderTable } from './table.ts';

/** A plan in words: what goes out, what is left out of it, and why everything else stays. */
export function planText(plan: PlanOutput): string {
  if (plan.deliveries.length === 0 && plan.notDelivered.length === 0) {
    return [
      'No advertiser is configured, or none matches the filters.',
      '→ `aquarius config import FILE.csv` or `aquarius load ref_advertiser_config FILE`, then `aquarius config list`.',
    ].join('\n');
  }
  const due = plan.deliveries.filter((delivery) => delivery.due);
  const lines = [
    `Plan for ${plan.at.slice(0, 16).replace('T', ' ')} UTC: ${due.length} due, ${plan.deliveries.length - due.length} up to date, ${plan.notDelivered.length} not delivered`,
  ];
  if (plan.deliveries.length > 0) lines.push('', deliveriesTable(plan.deliveries));
  if (plan.deliveries.length > 0) lines.push('', 'What they hold, and what is left out by the first reason that applies:');
  for (const { destination, segmentId, identifiers, dropped } of plan.deliveries) {
    lines.push(`  ${segmentId} → ${destination}: ${tally(identifiers)}`);
    if (Object.keys(dropped).length > 0) lines.push(`    without ${tally(dropped)}`);
  }
  const warnings = plan.deliveries.flatMap((delivery) =>
    delivery.readiness
      .filter(({ status }) => status === 'WARN')
      .map(({ rule, detail }) => `  ${delivery.segmentId} → ${delivery.destination}: ${rule} ${detail}`),
  );
  if (warnings.length > 0) lines.push('', 'To be looked at:', ...new Set(warnings));
  if (plan.notDelivered.length > 0) lines.push('', 'Not delivered:', notDeliveredTable(plan.notDelivered));
  return lines.join('\n');
}

function deliveriesTable(deliveries: PlanOutput['deliveries']): string {
  return renderTable(deliveries, [
    { title: 'AGENCY', value: ({ agencyId }) => agencyId },
    { title: 'ADVERTISER', value: who },
    { title: 'DESTINATION', value: ({ destination }) => destination },
    { title: 'SEGMENT', value: ({ segmentId }) => segmentId },
    { title: 'SLOT', value: ({ slot, due, lastRun }) => (due ? `${slot} due` : `${slot} ${lastRun?.state ?? 'done'}`) },
    { title: 'SELECTED', value: ({ selected }) => selected },
    { title: 'DROPPED', value: ({ dropped }) => Object.values(dropped).reduce((sum, count) => sum + count, 0) },
    { title: 'SUPPRESSED', value: ({ suppressed }) => suppressed },
    { title: 'ROWS', value: ({ rows }) => rows },
    { title: 'SIZE', value: ({ estimatedBytes }) => formatBytes(estimatedBytes) },
    { title: 'NEXT', value: ({ nextDueAt }) => nextDueAt.slice(0, 16).replace('T', ' ') },
  ]);
}

function notDeliveredTable(refusals: PlanOutput['notDelivered']): string {
  return renderTable(refusals, [
    { title: 'AGENCY', value: ({ agencyId }) => agencyId },
    { title: 'ADVERTISER', value: who },
    { title: 'DESTINATION', value: ({ destination }) => destination ?? '–' },
    { title: 'SEGMENT', value: ({ segmentId }) => segmentId ?? '–' },
    { title: 'REASON', value: ({ reason }) => reason },
    { title: 'DETAIL', value: ({ detail }) => detail },
  ]);
}

function who({
  advertiserId,
  advertiserName,
}: {
  readonly advertiserId: string;
  readonly advertiserName: string | null;
}): string {
  return advertiserName === null ? advertiserId : `${advertiserId} ${advertiserName}`;
}

/** `IDFA 1,204, GAID 980`. */
export function tally(counts: Readonly<Record<string, number | undefined>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${formatCount(count ?? 0)}`)
    .join(', ');
}
