import type { ConfigField } from '../../config/config-fields.ts';
import { isUnder } from '../../pixel/domains.ts';
import type { Platform } from '../../pixel/platforms.ts';
import type { DomainSettingAnswer } from '../../shapes/config/domains.ts';
import type { Told } from '../../shapes/config/envelope.ts';
import { requireAgency, type WriteContext } from '../context.ts';
import { makeChange } from '../make-change.ts';
import { detectDomains } from './detect-domains.ts';
import { type DomainRow, readDomainRows } from './domain-rows.ts';
import { readDomainSettings } from './domain-settings.ts';
import { eventTable, eventWindow } from './event-window.ts';
import { named } from './mapped-urls.ts';
import { RECENT_DAYS, recentEvents } from './owned-events.ts';
import { platformField, storedPlatform } from './site-platform.ts';
import { requireHost } from './usable-host.ts';
import { type SettingValues, writeSetting } from './write-domains.ts';

/** What people decide about a domain: to leave it out of discovery, and what it runs on. It holds for the registrable domain. */

interface DomainRequest {
  readonly agencyId: string;
  /** A domain, host or URL. */
  readonly text: string;
  readonly note?: string | undefined;
}

/** `config` errors: `agency_forbidden`, `domain_invalid`, `table_missing`, and those of `makeChange`; so of all three. */
export async function ignoreDomain(ctx: WriteContext, request: DomainRequest): Promise<Told<DomainSettingAnswer>> {
  const { own, domain } = opened(ctx, request);
  const data = await decide(own, request.agencyId, domain, 'domain.ignore', { IS_IGNORED: true, ...noteOf(request) });
  const mapped = advertisersUnder(await readDomainRows(own), domain);
  const warnings = mapped.length === 0 ? [] : [`${domain} has hosts of ${named(mapped)}: their events go on counting.`];
  return { data, warnings };
}

export async function unignoreDomain(ctx: WriteContext, request: DomainRequest): Promise<Told<DomainSettingAnswer>> {
  const { own, domain } = opened(ctx, request);
  return { data: await decide(own, request.agencyId, domain, 'domain.unignore', { IS_IGNORED: false }) };
}

/** Null goes back to what is detected. Advertisers with hosts of the domain get it as the platform of their site. */
export async function overridePlatform(
  ctx: WriteContext,
  request: DomainRequest & { readonly platform: Platform | null },
): Promise<Told<DomainSettingAnswer>> {
  const { own, domain } = opened(ctx, request);
  const { agencyId, platform } = request;
  const advertisers = advertisersUnder(await readDomainRows(own), domain);
  const wanted = platform ?? (await detected(own, agencyId, domain));
  const values = { PLATFORM_OVERRIDE: platform, ...noteOf(request) };
  return { data: await decide(own, agencyId, domain, 'domain.override-platform', values, { advertisers, platform: wanted }) };
}

function opened(ctx: WriteContext, { agencyId, text }: DomainRequest): { readonly own: WriteContext; readonly domain: string } {
  requireAgency(ctx.scope, agencyId);
  return { own: { ...ctx, scope: [agencyId] }, domain: requireHost(text, 'domain').domain };
}

const noteOf = ({ note }: DomainRequest): SettingValues => (note === undefined ? {} : { NOTE: note === '' ? null : note });

/** Advertisers with an entry of the domain, in order. */
function advertisersUnder(rows: readonly DomainRow[], domain: string): readonly string[] {
  const found = rows.flatMap(({ host, advertiserId }) =>
    host !== null && advertiserId !== null && isUnder(host, domain) ? [advertiserId] : [],
  );
  return [...new Set(found)].sort();
}

/** What the rules say; null when they say nothing. */
async function detected(ctx: WriteContext, agencyId: string, domain: string): Promise<Platform | null> {
  const hosts = (await recentEvents(ctx))?.get(agencyId) ?? [];
  const target = { domain, hosts: hosts.filter(({ host }) => isUnder(host, domain)), override: null };
  const [found] = await detectDomains(ctx, eventTable(ctx), eventWindow(ctx, RECENT_DAYS), [target]);
  return found === undefined || found.confidence === 0 ? null : found.platform;
}

async function decide(
  ctx: WriteContext,
  agencyId: string,
  domain: string,
  action: string,
  values: SettingValues,
  site: { readonly advertisers: readonly string[]; readonly platform: Platform | null } = { advertisers: [], platform: null },
): Promise<DomainSettingAnswer> {
  const field = platformField(ctx);
  const { isChanged, auditId, result } = await makeChange(
    ctx,
    { action, agencyId, advertiserIds: site.advertisers },
    async ({ journal, config, set }) => {
      const about = { agencyId, domain, by: ctx.actor.name, at: ctx.clock.now() };
      await writeSetting(journal, about, values);
      if (field === null || site.platform === null) return [];
      const others = site.advertisers.filter((id) => storedPlatform(config(id)?.row) !== site.platform);
      for (const id of others) set(id, new Map<ConfigField, unknown>([[field, site.platform]]));
      return others;
    },
  );
  const { isIgnored, override, note } = (await readDomainSettings(ctx)).of(agencyId, domain);
  return {
    domain,
    ignored: isIgnored,
    platform_override: override,
    note,
    state: isChanged ? 'changed' : 'unchanged',
    advertisers: [...result],
    audit_id: auditId,
  };
}
