import type { AudienceSpec } from '../audience/spec.ts';
import { wantedTypes } from '../audience/spec.ts';
import type { AdvertiserConfig } from '../config/advertiser-config.ts';
import { currentSlot, nextSlot, parseCadence, type Slot, slotById } from '../config/cadence.ts';
import type { DestinationEntry } from '../config/destination-entry.ts';
import type { Settings } from '../config/settings.ts';
import type { Capabilities } from '../destinations/destination.ts';
import { AquariusError } from '../errors.ts';
import type { IdentifierType } from '../identity/identifier-type.ts';
import { DAY_MS } from '../lib/clock.ts';
import type { Catalogue } from '../warehouse/catalogue.ts';
import { missingColumns } from '../warehouse/missing-columns.ts';
import { TABLES } from '../warehouse/tables.ts';
import type { NamedDestination } from './named-destination.ts';
import type { RuleResult } from './readiness.ts';

/** One destination entry of one advertiser, with everything that can be told without looking at its rows. */
export interface Candidate {
  readonly config: AdvertiserConfig;
  readonly entry: DestinationEntry;
  readonly destination: NamedDestination;
  readonly capabilities: Capabilities;
  readonly spec: AudienceSpec;
  readonly lookbackDays: number | null;
  readonly slot: Slot;
  readonly next: Slot;
  /** The slot is not the current one: its period is over. */
  readonly past: boolean;
  /** Identifiers that a segment needs at least: the highest of policy, destination and the entry's own `minIds`. */
  readonly floor: number;
}

/** Where each audience's identifiers come from, and the types that its source can give. */
const LOGS = ['AD_IMPRESSION_LOG_V2', 'LIVERAMP_IMPRESSION_LOG'] as const;
const SOURCE_TYPES: Readonly<Record<string, readonly IdentifierType[]>> = {
  AD_IMPRESSION_LOG_V2: ['IDFA', 'GAID', 'MAID', 'IP', 'UID2', 'UUID2'],
  LIVERAMP_IMPRESSION_LOG: ['IDFA', 'GAID', 'MAID', 'IP', 'RAMPID'],
  WEBPIXEL_EVENTS: ['IP'],
  STORE_VISITS: ['IDFA', 'GAID', 'MAID'],
};

/** The tables that an entry's audience is cut from. */
export function sourcesOf(config: AdvertiserConfig, entry: DestinationEntry): readonly string[] {
  switch (entry.audience) {
    case 'SITE_VISITORS':
    case 'CONVERTERS':
      return entry.sources ?? ['WEBPIXEL_EVENTS'];
    case 'STORE_VISITORS':
      return entry.sources ?? ['STORE_VISITS'];
    case 'EXPOSED':
    case 'EXPOSED_NOT_VISITED':
      switch (config.exposureSource) {
        case 'IMPRESSION':
          return entry.sources ?? ['AD_IMPRESSION_LOG_V2'];
        case 'WEB':
          return entry.sources ?? ['WEBPIXEL_EVENTS'];
        case 'OOH':
          return entry.sources ?? ['STORE_VISITS'];
      }
  }
}

function allowedSources(config: AdvertiserConfig, entry: DestinationEntry): readonly string[] {
  const [first] = sourcesOf(config, { ...entry, sources: undefined });
  return first === 'AD_IMPRESSION_LOG_V2' ? LOGS : first === undefined ? [] : [first];
}

/** A table that holds no identifiers is refused by name, never delivered as an empty file. */
export function sourceRowLevelRule(config: AdvertiserConfig, entry: DestinationEntry): RuleResult {
  const rule = 'SOURCE_ROW_LEVEL';
  for (const source of sourcesOf(config, entry)) {
    if (TABLES.some((table) => table.name === source && table.grain === 'aggregated')) {
      return {
        rule,
        status: 'FAIL',
        detail: `aggregated source: ${source} holds totals and no identifiers, so no audience can be cut from it; name a row-level log`,
      };
    }
    if (!allowedSources(config, entry).includes(source)) {
      const allowed = allowedSources(config, entry).join(', ');
      return {
        rule,
        status: 'FAIL',
        reason: 'invalid_config',
        detail: `${source} is not a source of this audience (${allowed})`,
      };
    }
  }
  return { rule, status: 'PASS', detail: sourcesOf(config, entry).join(', ') };
}

/** Every source table is there, with the columns that delivery cannot do without. */
export function sourcePresentRule(catalogue: Catalogue, config: AdvertiserConfig, entry: DestinationEntry): RuleResult {
  const sources = sourcesOf(config, entry).filter((name) => TABLES.some((table) => table.name === name));
  const tables = sources.map((name) => catalogue.table(name));
  const missing = tables.flatMap((table) =>
    table.exists ? missingColumns(table).map((name) => `${table.spec.name}.${name}`) : [table.spec.name],
  );
  return missing.length === 0
    ? { rule: 'SOURCE_PRESENT', status: 'PASS', detail: `${sources.join(', ')} present` }
    : { rule: 'SOURCE_PRESENT', status: 'FAIL', detail: `missing in the warehouse: ${missing.join(', ')}` };
}

/** What is wanted, what the destination takes and what the source can give must have a type in common. */
export function typesOverlapRule(candidate: Candidate): RuleResult {
  const { spec, capabilities, destination } = candidate;
  const given = spec.exposures.sources.flatMap((source) => SOURCE_TYPES[source] ?? []);
  const wanted = wantedTypes(spec).filter((type) => given.includes(type));
  const sent = wanted.filter((type) => capabilities.identifiers.includes(type) && (type !== 'IP' || spec.allowIp));
  if (sent.length > 0) return { rule: 'TYPES_OVERLAP', status: 'PASS', detail: sent.join(', ') };
  const ipOnly = given.length > 0 && given.every((type) => type === 'IP') && !spec.allowIp;
  return {
    rule: 'TYPES_OVERLAP',
    status: 'FAIL',
    detail: ipOnly
      ? `${spec.exposures.sources.join(', ')} holds addresses (IP) only, and ${destination.name} does not allow them (allowIp)`
      : `${spec.exposures.sources.join(', ')} can give ${[...new Set(given)].join(', ') || 'nothing'}; wanted and taken by ${destination.name}: ${
          spec.identifiers.filter((type) => capabilities.identifiers.includes(type)).join(', ') || 'nothing'
        }`,
  };
}

export interface CandidateRequest {
  readonly config: AdvertiserConfig;
  readonly entry: DestinationEntry;
  readonly destination: NamedDestination;
  readonly settings: Settings;
  readonly soleAdvertiser: boolean;
  readonly at: Date;
  /** A slot asked for by name, or the one of a run, instead of the current one. */
  readonly slot: string | Slot | undefined;
  /** Where the look-back ends, where it is not `at`. */
  readonly asOf?: Date | undefined;
}

/** Settles an entry's cadence, window and identifier rules. A cadence or slot that cannot be read is thrown as a `config` error. */
export function makeCandidate(request: CandidateRequest): Candidate {
  const { config, entry, destination, settings, at } = request;
  const until = request.asOf ?? at;
  const capabilities = destination.capabilities();
  const cadence = parseCadence(config.cadence);
  const defaults = settings.defaults.cadence;
  const current = currentSlot(cadence, at, defaults);
  const asked = request.slot ?? current;
  // A run keeps its slot, also when the cadence has changed since it was planned.
  const slot = typeof asked === 'string' ? slotById(cadence, asked, defaults) : asked;
  if (slot.dueAt.getTime() > at.getTime()) {
    throw new AquariusError('config', 'slot_not_due', `The slot ${slot.id} is not due before ${slot.dueAt.toISOString()}.`, {
      hint: 'Ask for a slot that has begun, or leave --slot away for the current one.',
    });
  }
  const lookbackDays = entry.lookbackDays === undefined ? config.lookbackDays : entry.lookbackDays;
  return {
    config,
    entry,
    destination,
    capabilities,
    lookbackDays,
    slot,
    next: nextSlot(cadence, at, defaults),
    past: slot.id !== current.id,
    floor: Math.max(settings.policy.minAudience, capabilities.minRows, entry.minIds ?? 0),
    spec: {
      mode: entry.mode,
      identifiers: (entry.identifiers ?? capabilities.identifiers).filter((type) => capabilities.identifiers.includes(type)),
      acceptUnknownDeviceType: entry.acceptUnknownDeviceType,
      allowIp: capabilities.allowIp,
      allowIpv6: capabilities.allowIpv6,
      exposures: {
        agencyId: config.agencyId,
        advertiserId: config.advertiserId,
        strategy: config.joinStrategy,
        exposureSource: config.exposureSource,
        audience: entry.audience,
        sources: sourcesOf(config, entry),
        insertionOrderIds: entry.insertionOrderIds,
        window: lookbackWindow(lookbackDays, until),
        attributionWindowDays: config.attributionWindowDays,
        soleAdvertiser: request.soleAdvertiser,
        deviceTypes: settings.policy.deviceTypes,
        unknownConsent: settings.policy.unknownConsent,
      },
    },
  };
}

/** The times from which rows are taken, both ends included. */
export function lookbackWindow(days: number | null, to: Date): AudienceSpec['exposures']['window'] {
  return { from: days === null ? null : new Date(to.getTime() - days * DAY_MS), to };
}

/** The id of a whole audience at the partner. */
export function audienceIdOf({ config, entry }: Pick<Candidate, 'config' | 'entry'>): string {
  return entry.segmentId ?? `${config.agencyId}_${config.advertiserId}`;
}

/** The segment's id at the partner; each insertion order of a split audience is a segment of its own. */
export function segmentIdOf(candidate: Pick<Candidate, 'config' | 'entry'>, segment: string): string {
  const base = audienceIdOf(candidate);
  return candidate.entry.mode === 'split' ? `${base}_${segment}` : base;
}

/** A name for people. */
export function segmentNameOf(candidate: Candidate, segment: string, insertionOrderName: string | null): string {
  const base = candidate.entry.segmentName ?? candidate.config.displayName ?? segmentIdOf(candidate, segment);
  return candidate.entry.mode === 'split' ? `${base} / ${insertionOrderName ?? segment}` : base;
}
