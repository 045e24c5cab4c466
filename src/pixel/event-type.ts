/** What a pixel event stands for. Sites write it in several ways, which are one here. */

export const EVENT_TYPES = ['site_visit', 'lead', 'purchase', 'other'] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** The words of each type; every other word is `other`. */
export const EVENT_WORDS: Readonly<Record<Exclude<EventType, 'other'>, readonly string[]>> = {
  site_visit: ['site_visit'],
  lead: ['lead', 'submit_lead'],
  purchase: ['purchase', 'sale', 'conversion'],
};

const BY_WORD = new Map(
  Object.entries(EVENT_WORDS).flatMap(([type, words]) => words.map((word) => [word, type as EventType] as const)),
);

/** The type that an event's word means, in any case. */
export function eventTypeOf(word: string | null): EventType {
  return BY_WORD.get((word ?? '').trim().toLowerCase()) ?? 'other';
}
