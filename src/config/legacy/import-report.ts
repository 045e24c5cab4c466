import type { Outcome, ReportLine } from './propose.ts';

/** What an import of the earlier system's options comes to, in numbers and examples. */

/** Options with the same fate. */
export interface ReportGroup {
  readonly reason: string;
  readonly options: number;
  readonly advertisers: number;
  /** The first few. */
  readonly examples: readonly ReportLine[];
}

export interface TypeReport {
  /** The partner. */
  readonly type: string;
  readonly destination: string | null;
  readonly options: number;
  readonly imported: number;
}

/** `options` = `imported` + those of `conflicts` + those of `noPlace`. */
export interface ImportReport {
  readonly options: number;
  /** Options that an entry stands for, new or there before. */
  readonly imported: number;
  readonly advertisers: number;
  readonly entriesAdded: number;
  readonly entriesPresent: number;
  readonly types: readonly TypeReport[];
  /** Imported, but not as it was: what has been decided about it. */
  readonly decided: readonly ReportGroup[];
  /** Not imported: a person has to decide. */
  readonly conflicts: readonly ReportGroup[];
  /** Not imported: nothing here stands for it. */
  readonly noPlace: readonly ReportGroup[];
}

const EXAMPLES = 3;

/** Adds the lines up. `order` of the groups is by how many options they have. */
export function importReport(lines: readonly ReportLine[]): ImportReport {
  const isImported = ({ outcome }: ReportLine): boolean => outcome === 'added' || outcome === 'present';
  const imported = lines.filter(isImported);
  const of = (outcome: Outcome): readonly ReportLine[] => lines.filter((line) => line.outcome === outcome);
  const decided = imported.filter(({ reason }) => reason !== null);
  return {
    options: optionsOf(lines),
    imported: optionsOf(imported),
    advertisers: new Set(imported.map(advertiserText)).size,
    entriesAdded: of('added').length,
    entriesPresent: of('present').length,
    types: typeReports(lines, isImported),
    decided: [...groupsOf(decided, ({ reason }) => reason ?? ''), ...severalSettings(imported)],
    conflicts: groupsOf(of('conflict'), ({ reason }) => reason ?? ''),
    noPlace: groupsOf(of('no_place'), ({ reason }) => reason ?? ''),
  };
}

/** Advertisers whose options ask for several windows, and those with several settings at one destination. */
function severalSettings(imported: readonly ReportLine[]): readonly ReportGroup[] {
  const several = (reason: string, key: (line: ReportLine) => string, value: (line: ReportLine) => string): ReportGroup[] => {
    const groups = Map.groupBy(imported, key).values();
    const found = [...groups].filter((own) => new Set(own.map(value)).size > 1).flat();
    return found.length === 0 ? [] : [reportGroup(reason, found)];
  };
  return [
    ...several('several_windows', advertiserText, ({ window }) => String(window)),
    ...several(
      'several_settings',
      (line) => `${advertiserText(line)}\n${line.destination}`,
      ({ window, mode }) => `${window} ${mode}`,
    ),
  ];
}

function typeReports(lines: readonly ReportLine[], isImported: (line: ReportLine) => boolean): readonly TypeReport[] {
  return [...Map.groupBy(lines, ({ type }) => type)]
    .map(([type, own]) => ({
      type,
      destination: own.find(({ destination }) => destination !== null)?.destination ?? null,
      options: optionsOf(own),
      imported: optionsOf(own.filter(isImported)),
    }))
    .sort((left, right) => right.options - left.options);
}

function groupsOf(lines: readonly ReportLine[], by: (line: ReportLine) => string): readonly ReportGroup[] {
  return [...Map.groupBy(lines, by)]
    .map(([reason, own]) => reportGroup(reason, own))
    .sort((left, right) => right.options - left.options);
}

function reportGroup(reason: string, lines: readonly ReportLine[]): ReportGroup {
  return {
    reason,
    options: optionsOf(lines),
    advertisers: new Set(lines.map(advertiserText)).size,
    examples: lines.slice(0, EXAMPLES),
  };
}

const optionsOf = (lines: readonly ReportLine[]): number => lines.reduce((sum, { options }) => sum + options, 0);

const advertiserText = ({ agencyId, advertiserId }: ReportLine): string => `${agencyId}\n${advertiserId}`;
