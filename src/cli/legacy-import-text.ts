import type { ImportOutcome } from '../admin/legacy/import-options.ts';
import { csvLine } from '../config/csv.ts';
import type { ReportGroup } from '../config/legacy/import-report.ts';
import type { ReportLine } from '../config/legacy/propose.ts';
import { counted, renderTable } from './table.ts';

/** What an import of the earlier system's options comes to, for people. */

const MEANINGS: Readonly<Record<string, string>> = {
  segments_joined: 'several segments with the same settings became one, or its id is another advertiser’s too',
  other_segment: 'the same audience goes there already, as another segment',
  several_windows: 'the window of most options became the advertiser’s look-back, the others stand in their entries',
  several_settings: 'one destination got several entries of the advertiser, one for each window and mode',
  settings_differ: 'the same segment is ordered twice with different settings',
  configured_otherwise: 'the segment is configured here with other settings, which stay',
  no_advertiser: 'no agency or no advertiser',
  type_unknown: 'TYPE_ID is neither 52, 8 nor 23',
  inactive: 'not in use',
  window_unknown: 'TIME_WINDOW_DAYS is neither 30, 60, 90 nor empty',
  mode_unknown: 'PUSH_MODE is neither MERGED nor SPLIT',
  advertiser_unknown: 'neither REF_AGENCY_ADVERTISER nor REF_ADVERTISER_CONFIG has the advertiser',
  destination_missing: 'aquarius.yaml has no destination for the partner',
  destination_ambiguous: 'aquarius.yaml has several destinations for the partner: choose with --destination',
  config_invalid: 'the advertiser’s row has problems: see `aquarius config validate`',
  entry_refused: 'the destination does not take it like this',
};

export function legacyImportText({ report, created, updated }: ImportOutcome): string {
  const { options, imported, advertisers, entriesAdded, entriesPresent, types, decided, conflicts, noPlace } = report;
  const parts = [
    `${counted(options, 'option')}: ${counted(imported, 'one maps', 'map')}, ${counted(sum(conflicts), 'conflict')}, ${counted(sum(noPlace), 'without a place', 'without a place')}.`,
    renderTable(types, [
      { title: 'PARTNER', value: ({ type }) => type },
      { title: 'DESTINATION', value: ({ destination }) => destination ?? '–' },
      { title: 'OPTIONS', value: (type) => type.options },
      { title: 'MAP', value: (type) => type.imported },
    ]),
    ...section('Maps, with a decision', decided),
    ...section('Conflicts: a person has to decide', conflicts),
    ...section('No place', noPlace),
    `${counted(advertisers, 'advertiser')}: ${counted(entriesAdded, 'entry', 'entries')} to add, ${counted(entriesPresent, 'entry', 'entries')} there already; ${counted(created, 'row')} to create, ${counted(updated, 'row')} to change.`,
  ];
  return parts.join('\n\n');
}

function section(title: string, groups: readonly ReportGroup[]): readonly string[] {
  if (groups.length === 0) return [];
  const table = renderTable(groups, [
    { title: 'REASON', value: ({ reason }) => reason },
    { title: 'OPTIONS', value: (group) => group.options },
    { title: 'ADVERTISERS', value: (group) => group.advertisers },
    { title: 'WHAT IT MEANS', value: ({ reason }) => MEANINGS[reason] ?? '' },
  ]);
  const examples = groups.flatMap(({ reason, examples: some }) => some.map((line) => `  ${reason}: ${exampleText(line)}`));
  return [[title, table, 'For example', ...examples].join('\n')];
}

function exampleText({ agencyId, advertiserId, type, destination, window, mode, options, detail }: ReportLine): string {
  const what = [type, destination, window, mode].filter((word) => word !== null && word !== '').join(', ');
  return `${agencyId || '–'} ${advertiserId || '–'} (${counted(options, 'option')}): ${what}${detail === null ? '' : `; ${detail}`}`;
}

const sum = (groups: readonly ReportGroup[]): number => groups.reduce((total, { options }) => total + options, 0);

const COLUMNS = {
  agency_id: ({ agencyId }) => agencyId,
  advertiser_id: ({ advertiserId }) => advertiserId,
  type: ({ type }) => type,
  destination: ({ destination }) => destination,
  segment_id: ({ segmentId }) => segmentId,
  window: ({ window }) => window,
  mode: ({ mode }) => mode,
  options: ({ options }) => options,
  segments: ({ segments }) => segments,
  outcome: ({ outcome }) => outcome,
  reason: ({ reason }) => reason,
  detail: ({ detail }) => detail,
} as const satisfies Readonly<Record<string, (line: ReportLine) => string | number | null>>;

/** Every line of the report, a record each. */
export function legacyLinesCsv(lines: readonly ReportLine[]): string {
  const records = lines.map((line) => csvLine(Object.values(COLUMNS).map((cell) => String(cell(line) ?? ''))));
  return [csvLine(Object.keys(COLUMNS)), ...records].join('');
}
