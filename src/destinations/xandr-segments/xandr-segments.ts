import { membersLayout } from '../../format/layouts/members.ts';
import type { Destination } from '../destination.ts';
import { advice } from './advice.ts';
import { MAX_TTL_DAYS, settings, typesOf, type XandrSettings } from './settings.ts';

/** Segments of Xandr (Microsoft Monetize and Curate), by its Batch Segment Service. */
export const xandrSegments: Destination<XandrSettings> = {
  type: 'xandr-segments',
  settings,
  limits: ({ limits }) => limits,
  capabilities: (own) => ({
    identifiers: typesOf(own),
    allowIp: false,
    allowIpv6: false,
    minRows: own.minRows,
    refresh: ['full', 'incremental'],
    removes: true,
    optOuts: false,
    ttlDays: own.ttlDays === 0 ? MAX_TTL_DAYS : own.ttlDays,
    maxTtlDays: MAX_TTL_DAYS,
  }),
  layout: async () => membersLayout(),
  // Loaded where it is used: most commands read settings and never deliver.
  check: async (own, ctx) => (await import('./check.ts')).checkXandr(own, ctx),
  deliver: async (set, own, ctx) => (await import('./deliver.ts')).deliverToXandr(set, own, ctx),
  advice,
};
