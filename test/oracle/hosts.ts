import { isIP } from 'node:net';
import { getDomain } from 'tldts';
import type { SqlValue } from '../../src/lib/sql.ts';
import type { Row } from '../../src/warehouse/warehouse.ts';
import { isBlank, textOf } from './values.ts';

/** Shared roots of hosting companies that the public suffix list lacks. */
const SHARED_ROOTS: readonly string[] = [
  'squarespace.com',
  'mybigcommerce.com',
  'shopifypreview.com',
  'wordpress.com',
  'wpengine.com',
  'demandware.net',
];

/** Normalised host of a page address or a mapped entry; null when there is none. */
export function hostOf(value: SqlValue | undefined): string | null {
  const text = textOf(value);
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address)) return null;
  const host = new URL(address).hostname
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^www\./, '');
  return host === '' ? null : host;
}

/** Null for an IP, a single label, or a public suffix. */
export function registrableDomain(host: string): string | null {
  if (isIP(host.replace(/^\[|\]$/g, '')) !== 0) return null;
  const root = SHARED_ROOTS.find((shared) => host === shared || host.endsWith(`.${shared}`));
  if (root === undefined) return getDomain(host, { allowPrivateDomains: true });
  if (host === root) return null;
  return `${host
    .slice(0, -root.length - 1)
    .split('.')
    .at(-1)}.${root}`;
}

function covers(entry: string, host: string): boolean {
  const domain = registrableDomain(entry);
  if (domain === null || domain !== registrableDomain(host)) return false;
  return host === entry || host.endsWith(`.${entry}`);
}

/** The advertiser who owns a host of the agency by the longest mapped entry; null for nobody, or for two at once. */
export function hostOwner(domainMappings: readonly Row[], agencyId: string, host: string): string | null {
  let longest = '';
  let owners = new Set<string>();
  for (const mapping of domainMappings) {
    if (textOf(mapping.Agency_Id) !== agencyId || isBlank(mapping.Advertiser_id)) continue;
    const entry = hostOf(mapping.URL);
    if (entry === null || !covers(entry, host)) continue;
    if (entry.length > longest.length) {
      longest = entry;
      owners = new Set();
    }
    if (entry === longest) owners.add(textOf(mapping.Advertiser_id));
  }
  const [owner] = owners;
  return owners.size === 1 ? (owner ?? null) : null;
}
