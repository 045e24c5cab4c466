import { membersLayout } from '../../format/layouts/members.ts';
import type { Destination } from '../destination.ts';
import { ADVICE } from './codes.ts';
import { type MetaSettings, metaSettings } from './settings.ts';

/** Custom Audiences at Meta. */
export const metaCustomAudience: Destination<MetaSettings> = {
  type: 'meta-custom-audience',
  settings: metaSettings,
  limits: ({ limits }) => limits,
  capabilities: ({ identifiers, minRows }) => ({
    identifiers,
    // Meta's schema has no key for addresses.
    allowIp: false,
    allowIpv6: false,
    minRows,
    refresh: ['full', 'incremental'],
    removes: true,
    optOuts: false,
    // Members stay until they are removed; only audiences that no ad uses for two years are deleted.
    ttlDays: null,
    maxTtlDays: null,
  }),
  layout: async () => membersLayout(),
  // Loaded where it is used: most commands read settings and never connect.
  check: async (own, ctx) => (await import('./check.ts')).checkMeta(own, ctx),
  deliver: async (set, own, ctx) => (await import('./deliver.ts')).deliverToMeta(set, own, ctx),
  advice: ADVICE,
  confirm: async (receipt, _manifest, own, ctx) => (await import('./confirm.ts')).confirmAtMeta(receipt, own, ctx),
};
