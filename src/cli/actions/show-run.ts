import { configError } from '../../errors.ts';
import type { Manifest } from '../../format/manifest.ts';
import type { RecordedConfirmation } from '../../ledger/confirmation.ts';
import { confirmationShape } from '../../shapes/confirmation.ts';
import { costsShape } from '../../shapes/costs.ts';
import type { RunShape } from '../../shapes/shapes.ts';
import { runToShape } from '../../shapes/to-shape.ts';
import { tally } from '../plan-text.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';
import { counted, formatBytes, formatCount, renderTable } from '../table.ts';

export async function showRun(id: string, options: GlobalOptions): Promise<void> {
  const { run, steps, said, spent } = await withApp(options, 'ledger', async ({ ledger }) => {
    const found = await ledger.runById(id);
    if (found === null) throw configError('run_unknown', `There is no run ${id}.`, { hint: '`aquarius runs` lists them.' });
    const [story, answer, costs] = [ledger.stepsOf(found.id), ledger.confirmationOf(found.id), ledger.costsOf(found.id)];
    return { run: found, steps: await story, said: await answer, spent: await costs };
  });
  const shape = runToShape(run);
  const costs = costsShape(spent);
  const story = steps.map(({ seq, attempt, at, step, detail }) => ({ seq, attempt, at, step, detail }));
  if (options.json === true) {
    printJson({
      run: shape,
      manifest: run.manifest,
      confirmation: confirmationShape(said),
      costs: costsShape(spent),
      steps: story,
    });
    return;
  }
  print(
    [
      headText(shape),
      waitText(shape),
      [countsText(shape), changesText(run.manifest)].filter(Boolean).join('\n'),
      filesText(shape),
      [receiptText(shape), confirmationText(said)].filter(Boolean).join('\n'),
      costsText(costs),
      errorLines(shape),
    ]
      .filter(Boolean)
      .join('\n\n'),
  );
  print(
    `\n${renderTable(story, [
      { title: 'AT (UTC)', value: ({ at }) => at.slice(0, 19).replace('T', ' ') },
      { title: 'ATTEMPT', value: ({ attempt }) => (attempt === 0 ? '–' : String(attempt)) },
      { title: 'STEP', value: ({ step }) => step },
      { title: 'DETAIL', value: ({ detail }) => detailText(detail) },
    ])}`,
  );
}

function headText(run: RunShape): string {
  return [
    `Run ${run.runId}: ${run.state}${run.reason === null ? '' : ` (${run.reason})`}`,
    `  agency ${run.agencyId}, advertiser ${run.advertiserId}, slot ${run.slot}${run.generation === 0 ? '' : ` again ${run.generation}`}`,
    `  segment ${run.segmentId} (${run.segmentName}) at ${run.destination}`,
  ].join('\n');
}

/** What the run waits for, and what is known of its timing. */
function waitText({ dueAt, deadlineAt, late, hold, retryAt, cancelRequested }: RunShape): string {
  const moment = (at: string): string => `${at.slice(0, 19).replace('T', ' ')} UTC`;
  return [
    `  due         ${moment(dueAt)}${late ? ', planned late' : ''}; tried until ${moment(deadlineAt)}`,
    hold === null ? '' : `  waits       ${hold.reason} since ${moment(hold.at)}: ${hold.detail}`,
    hold === null ? '' : '              → `aquarius runs approve ID` lets it go, `aquarius runs reject ID` does not',
    retryAt === null || hold !== null ? '' : `  again       not before ${moment(retryAt)}`,
    cancelRequested ? '  stopping    somebody has cancelled it' : '',
  ]
    .filter(Boolean)
    .join('\n');
}

function countsText(run: RunShape): string {
  if (run.selected === null) return '';
  return [
    `  selected    ${counted(run.selected, 'distinct identifier')}`,
    `  dropped     ${tally(run.dropped ?? {}) || '0'}`,
    `  suppressed  ${formatCount(run.suppressed ?? 0)}`,
    `  written     ${tally(run.identifiers ?? {}) || '0'}`,
  ].join('\n');
}

/** What is told of members that the partner holds. */
function changesText(manifest: Manifest | null): string {
  if (manifest?.changes === undefined) return '';
  const { added, resent, removed, optedOut, unchanged, left, postponed } = manifest.changes;
  const isFull = manifest.refresh !== 'incremental';
  const parts = [
    `${formatCount(added)} added`,
    `${formatCount(resent)} sent again${isFull ? '' : ' before they expire'}`,
    `${formatCount(removed)} removed`,
    optedOut === 0 ? '' : `${formatCount(optedOut)} opted out`,
    isFull ? '' : `${formatCount(unchanged)} held already`,
    left === 0 ? '' : `${formatCount(left)} left the audience and are not taken away`,
    postponed === 0 ? '' : `${formatCount(postponed)} wait for a file that is large enough`,
  ];
  return `  changes     ${parts.filter(Boolean).join(', ')}`;
}

function confirmationText(said: RecordedConfirmation | null): string {
  if (said === null) return '';
  const counts = Object.entries(said.counts).map(([name, count]) => `${name} ${formatCount(count)}`);
  const told = counts.length === 0 ? '' : ` (${counts.join(', ')})`;
  switch (said.state) {
    case 'pending':
      return said.askAt === null
        ? ''
        : `  confirmed   not yet; the partner is asked again at ${said.askAt.slice(0, 16).replace('T', ' ')} UTC`;
    case 'confirmed':
      return `  confirmed   by the partner${told}`;
    case 'doubtful':
      return `  confirmed   no: ${said.message} [${said.code}]${told}\n              → ${said.hint}`;
  }
}

/** What the warehouse has spent for the run. */
function costsText(costs: ReturnType<typeof costsShape>): string {
  return costs
    .map(({ step, statements, bytesScanned, credits, sharedBy }, index) => {
      const title = index === 0 ? 'cost' : '';
      const shared = sharedBy === null ? '' : `, its part of a call for ${counted(sharedBy, 'run')}`;
      return `  ${title.padEnd(12)}${step}: ${formatBytes(bytesScanned)} scanned, ${credits.toFixed(4)} credits estimated (${counted(statements, 'statement')}${shared})`;
    })
    .join('\n');
}

function filesText(run: RunShape): string {
  return run.files
    .map(({ name, rows, bytes, sha256 }) => `  ${name}\n    ${counted(rows, 'row')}, ${formatBytes(bytes)}, SHA-256 ${sha256}`)
    .join('\n');
}

function receiptText({ receipt }: RunShape): string {
  if (receipt === null) return '';
  const files = receipt.files.map(({ remote, outcome }) => `    ${outcome === 'sent' ? 'sent to' : 'was already at'} ${remote}`);
  const refused =
    receipt.rejected === 0 ? '' : `\n    refused: ${tally(receipt.reasons)}; \`aquarius runs rejections ID\` says what to do`;
  return [
    `  receipt     ${formatCount(receipt.accepted)} accepted, ${formatCount(receipt.rejected)} rejected; ${receipt.reference}${refused}`,
    ...files,
  ].join('\n');
}

function errorLines({ error }: RunShape): string {
  if (error === null) return '';
  return `  error       ${error.message} [${error.code}]${error.hint === null ? '' : `\n              → ${error.hint}`}`;
}

function detailText(detail: Readonly<Record<string, unknown>>): string {
  return Object.entries(detail)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(', ');
}
