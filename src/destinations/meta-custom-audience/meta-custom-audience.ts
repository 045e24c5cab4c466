import { membersLayout } from '../../format/layouts/members.ts';
import type { Destination } from '../destination.ts';
import { checkMeta } from './check.ts';
import { ADVICE } from './codes.ts';
import { confirmAtMeta } from './confirm.ts';
import { deliverToMeta } from './deliver.ts';
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
  check: checkMeta,
  deliver: deliverToMeta,
  advice: ADVICE,
  confirm: (receipt, _manifest, settings, ctx) => confirmAtMeta(receipt, settings, ctx),
};
