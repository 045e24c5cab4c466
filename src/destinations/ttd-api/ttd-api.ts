import { membersLayout } from '../../format/layouts/members.ts';
import type { Destination } from '../destination.ts';
import { ttdAdvice } from './advice.ts';
import { TTD_TYPES, type TtdSettings, ttdSettings } from './settings.ts';
import { ttdTaxonomy } from './taxonomy/taxonomy.ts';
import { MAX_TTL_DAYS } from './ttl.ts';

/** The Trade Desk, by its Data API. */
export const ttdApi: Destination<TtdSettings> = {
  type: 'ttd-api',
  settings: ttdSettings,
  limits: ({ limits }) => limits,
  capabilities: ({ identifiers, allowIp, allowIpv6, minRows, ttlDays }) => ({
    identifiers: identifiers ?? TTD_TYPES.filter((type) => type !== 'IP' || allowIp),
    allowIp,
    allowIpv6,
    minRows,
    refresh: ['full', 'incremental'],
    removes: true,
    optOuts: true,
    ttlDays,
    maxTtlDays: MAX_TTL_DAYS,
  }),
  layout: async () => membersLayout(),
  // The HTTP client is loaded where it is used: most commands read settings and never connect.
  check: async (own, ctx) => (await import('./check.ts')).checkTtd(own, ctx),
  deliver: async (set, own, ctx) => (await import('./deliver.ts')).deliverToTtd(set, own, ctx),
  advice: ttdAdvice,
  taxonomy: ({ taxonomy }) => (taxonomy === undefined ? null : ttdTaxonomy),
};
