import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { renderTable } from '../../src/cli/table.ts';
import { VERSION } from '../../src/lib/version.ts';
import { type BarResult, isMet, type Line, type Verdict } from './bar.ts';
import { missingPeers, type Programs } from './programs.ts';
import { median } from './timings.ts';

/** A bar as it was measured, or the error that kept it from being measured. */
export interface Measured {
  readonly number: number;
  readonly title: string;
  readonly result: BarResult | { readonly error: string };
  readonly why: string | null;
  /** When it was measured, and with how many rounds. */
  readonly at: string;
  readonly runs: number;
  readonly machine: string;
}

function digits(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(3).replace(/0$/, '');
}

function spread(values: readonly number[]): string {
  return values.length < 2 ? '' : `${digits(Math.min(...values))} to ${digits(Math.max(...values))}`;
}

const shown = (value: number, unit: string): string => `${digits(value)}${unit === '' ? '' : ` ${unit}`}`;

function verdictWord(verdict: Verdict): string {
  if (verdict.values.length === 0) return 'not measured';
  return isMet(verdict) ? 'met' : '**missed**';
}

function verdictRow(verdict: Verdict): readonly string[] {
  const { what, kind, target, unit, values } = verdict;
  return [what, `${kind} ${shown(target, unit)}`, shown(median(values), unit), spread(values), verdictWord(verdict)];
}

function markdownTable(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}

function lineRow({ what, unit, values }: Line): readonly string[] {
  return [what, shown(median(values), unit), spread(values)];
}

function section({ number, title, result, why, at, runs, machine }: Measured): string {
  const head = `## ${number}. ${title}\n\nMeasured ${at}, ${runs} rounds. ${machine}`;
  if ('error' in result) return `${head}\n\nNot measured: it failed, as it said on the terminal.`;
  const parts = [
    head,
    ...(result.verdicts.length === 0
      ? []
      : [markdownTable(['Bar', 'Target', 'Median', 'Spread', ''], result.verdicts.map(verdictRow))]),
    ...(why === null ? [] : [`Why: ${why}`]),
    markdownTable(['What', 'Median', 'Spread'], result.lines.map(lineRow)),
    result.notes.map((note) => `- ${note}`).join('\n'),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** The machine in one line. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  return `${cpus().length} cores (${model}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${diskKind()}.`;
}

/** What the kernel says of the first disk; a virtual one does not tell what it is made of. */
function diskKind(): string {
  for (const disk of ['nvme0n1', 'vda', 'sda', 'xvda']) {
    try {
      const rotational = readFileSync(`/sys/block/${disk}/queue/rotational`, 'utf8').trim();
      return `disk ${disk}, ${rotational === '1' ? 'said to rotate' : 'not rotating'}`;
    } catch {
      // No such disk.
    }
  }
  return 'disk unknown';
}

export function resultsMarkdown(all: readonly Measured[], programs: Programs, duckdb: string): string {
  const versions = [
    `aquarius ${VERSION}`,
    `node ${process.version}`,
    `DuckDB ${duckdb}`,
    ...Object.values(programs).flatMap((program) => (program === null ? [] : [program.version])),
  ];
  const summary = all.flatMap(({ number, result }) =>
    'error' in result
      ? [[String(number), 'not measured', '', '', '', '']]
      : result.verdicts.map((verdict) => [String(number), ...verdictRow(verdict)]),
  );
  return `${[
    '# Results',
    'Written by `npm run bench`; see [README.md](README.md). Ratios are taken within a round, in which everybody has their turn; the median and the least and most of the rounds are shown.',
    versions.map((version) => `- ${version}`).join('\n'),
    ...missingPeers(programs),
    markdownTable(['', 'Bar', 'Target', 'Median', 'Spread', ''], summary),
    ...all.map(section),
  ].join('\n\n')}\n`;
}

/** The verdicts alone, for a terminal. */
export function verdictsText(all: readonly Measured[]): string {
  const rows = all.flatMap(({ number, result }) =>
    'error' in result
      ? [[String(number), result.error.slice(0, 60), '', '', '', 'not measured']]
      : result.verdicts.map((verdict) => [String(number), ...verdictRow(verdict)]),
  );
  return renderTable(
    rows,
    ['BAR', 'WHAT', 'TARGET', 'MEDIAN', 'SPREAD', ''].map((title, index) => ({
      title,
      value: (row: readonly string[]) => row[index] ?? '',
    })),
  );
}
