import type { DeliverOutput, RunShape } from '../shapes/shapes.ts';
import { tally } from './plan-text.ts';
import { formatBytes, renderTable } from './table.ts';

/** What a call of `deliver` did, in words. */
export function deliverText(output: DeliverOutput): string {
  const { runs, upToDate, elsewhere, notDelivered } = output;
  const lines: string[] = [];
  const sent = runs.filter(({ state }) => state !== 'skipped');
  if (sent.length > 0) lines.push(runsTable(sent));
  if (upToDate.length > 0)
    lines.push(`${upToDate.length} up to date: their slot has been delivered, nothing is sent twice (--force makes a new run).`);
  for (const { runId, hold } of runs) {
    if (hold !== null)
      lines.push(`Run ${runId} waits: ${hold.detail}. \`aquarius runs approve ${runId}\` lets it go, \`reject\` does not.`);
  }
  if (elsewhere.length > 0) lines.push(`${elsewhere.length} being delivered by another process.`);
  if (notDelivered.length > 0) lines.push(`${notDelivered.length} not delivered; \`aquarius plan\` shows each with its reason.`);
  if (lines.length === 0) lines.push('Nothing is due. `aquarius plan` shows what is configured.');
  if (sent.length > 0) lines.push('`aquarius runs show ID` tells the story of a run.');
  return lines.join('\n');
}

export function runsTable(runs: readonly RunShape[]): string {
  return renderTable(runs, [
    { title: 'RUN', value: ({ runId }) => runId },
    { title: 'ADVERTISER', value: ({ agencyId, advertiserId }) => `${agencyId} ${advertiserId}` },
    { title: 'DESTINATION', value: ({ destination }) => destination },
    { title: 'SEGMENT', value: ({ segmentId }) => segmentId },
    { title: 'SLOT', value: ({ slot, generation }) => (generation === 0 ? slot : `${slot} again ${generation}`) },
    { title: 'STATE', value: stateText },
    { title: 'ROWS', value: ({ rows }) => rows },
    { title: 'TYPES', value: ({ identifiers }) => tally(identifiers ?? {}) },
    { title: 'FILES', value: ({ files }) => files.length },
    { title: 'SIZE', value: ({ files }) => formatBytes(files.reduce((sum, { bytes }) => sum + bytes, 0)) },
  ]);
}

/** A run's state with what keeps it there. */
function stateText({ state, reason, error, hold, retryAt, late }: RunShape): string {
  if (hold !== null) return `${state}, waits for approval: ${hold.reason}`;
  const again = retryAt === null ? '' : `, again at ${retryAt.slice(11, 16)} UTC`;
  const why = reason ?? error?.code;
  return `${state}${why === undefined ? '' : ` ${why}`}${again}${late ? ' (late)' : ''}`;
}

/** Whether an advertiser that is switched on is held up by something that a person must change. */
export function needsChange({ reason, readiness }: DeliverOutput['notDelivered'][number]): boolean {
  const on = readiness.every(({ rule, status }) => (rule !== 'CONFIG_ACTIVE' && rule !== 'DELIVERY_ON') || status === 'PASS');
  return on && (reason === 'invalid_config' || reason === 'unknown_destination' || reason === 'source_missing');
}
