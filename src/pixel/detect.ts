import { cluesOf, DETECTION_RULES, type DetectionRule, type EventClues } from './detection-rules.ts';
import type { Platform } from './platforms.ts';

/** What a site runs on, decided from its hosts and a sample of its events; the same wherever it is asked for. */

/** Events of a domain that are looked at, the newest. */
export const SAMPLE_SIZE = 50;

export interface SampledEvent {
  readonly pageUrl: string;
  readonly eventType: string | null;
  /** As they are kept: JSON, or the query of an address. */
  readonly parameters: string | null;
}

export interface DetectionInput {
  readonly hosts: readonly string[];
  readonly events: readonly SampledEvent[];
  /** What a person chose; it wins. */
  readonly override: Platform | null;
}

export interface Detection {
  readonly platform: Platform;
  /** Id of the rule; `override`, or `none`. */
  readonly rule: string;
  readonly evidence: string | null;
  readonly confidence: number;
  readonly override: Platform | null;
  /** Events that the rule matched, or hosts for a rule about hosts. */
  readonly hits: number;
  readonly sampled: number;
}

/** The first rule with enough hits. Neither the order of hosts nor that of events matters. */
export function detectPlatform({ hosts, events, override }: DetectionInput): Detection {
  const common = { override, sampled: events.length };
  if (override !== null) {
    return { ...common, platform: override, rule: 'override', evidence: 'chosen by a person', confidence: 1, hits: 0 };
  }
  const clues = events.map(cluesOf);
  for (const rule of DETECTION_RULES) {
    const found = matched(rule, hosts, clues);
    if (found !== null) return { ...common, platform: rule.platform, rule: rule.id, confidence: rule.confidence, ...found };
  }
  return { ...common, platform: 'STANDARD', rule: 'none', evidence: null, confidence: 0, hits: 0 };
}

/** Whether the hosts alone decide, so that no event need be looked at. */
export function isHostDecisive(hosts: readonly string[]): boolean {
  const firstOfEvents = DETECTION_RULES.findIndex(({ event }) => event !== undefined);
  return DETECTION_RULES.slice(0, firstOfEvents).some((rule) => matched(rule, hosts, []) !== null);
}

type Found = Pick<Detection, 'evidence' | 'hits'>;

function matched({ host, event }: DetectionRule, hosts: readonly string[], clues: readonly EventClues[]): Found | null {
  const ofHosts = host === undefined ? [] : present([...new Set(hosts)].map(host));
  if (ofHosts.length > 0) return { evidence: commonest(ofHosts), hits: ofHosts.length };
  const ofEvents = event === undefined ? [] : present(clues.map(event));
  return isEnough(ofEvents.length, clues.length) ? { evidence: commonest(ofEvents), hits: ofEvents.length } : null;
}

/** Two events, or a fifth of a sample that is smaller than ten. */
function isEnough(hits: number, sampled: number): boolean {
  return hits >= 2 || (hits >= 1 && hits * 5 >= sampled);
}

const present = (evidence: readonly (string | null)[]): readonly string[] => evidence.filter((text) => text !== null);

/** The evidence that most have; of several the first by alphabet. */
function commonest(evidence: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const text of evidence) counts.set(text, (counts.get(text) ?? 0) + 1);
  const [first] = [...counts].sort(([left, leftCount], [right, rightCount]) => rightCount - leftCount || (left < right ? -1 : 1));
  return first?.[0] ?? null;
}
