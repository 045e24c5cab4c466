import { isIP } from 'node:net';
import { getDomain } from 'tldts';

/**
 * Which advertiser a visited page belongs to: hosts of mapped domains, by the public suffix list with its private section, so that
 * every shop on a shared platform is an owner of its own.
 */

/** Roots under which each label is a separate owner although the public suffix list does not say so (checked 2026-02). */
const SHARED_ROOTS = [
  'squarespace.com',
  'mybigcommerce.com',
  'shopifypreview.com',
  'wordpress.com',
  'wpengine.com',
  'demandware.net',
] as const;

/** The host of a URL, an authority or a bare host: lower case, punycode, without port, trailing dot and leading `www.`; null when there is none. */
export function hostOf(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed === '-') return null;
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed.replace(/^\/\//, '')}`;
  const url = URL.parse(withScheme);
  if (url === null) return null;
  const host = url.hostname
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^www\./, '');
  return host === '' ? null : host;
}

/** Whether a host is a domain or below it, on label boundaries: `shop.ace.com` is under `ace.com`, `palace.com` is not. */
export function isUnder(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

/** The registrable domain of a host, or null for a public suffix, a shared root, an IP address or a single label. */
export function registrableDomain(host: string): string | null {
  const root = SHARED_ROOTS.find((shared) => isUnder(host, shared));
  if (root !== undefined) {
    const label = host
      .slice(0, -root.length - 1)
      .split('.')
      .at(-1);
    return label === undefined || label === '' ? null : `${label}.${root}`;
  }
  return getDomain(host, { allowPrivateDomains: true });
}

export interface DomainMapping {
  readonly advertiserId: string;
  /** Free text as people wrote it: a host, a URL, with path or port. */
  readonly url: string;
}

export interface DomainOwners {
  /** Entries that can own hosts. */
  readonly entries: ReadonlyMap<string, ReadonlySet<string>>;
  /** Mapped texts that are ignored because they are a public suffix, an address or no host at all. */
  readonly unusable: readonly DomainMapping[];
}

/** Reads the domain mappings of one agency. */
export function readDomains(mappings: readonly DomainMapping[]): DomainOwners {
  const entries = new Map<string, Set<string>>();
  const unusable: DomainMapping[] = [];
  for (const mapping of mappings) {
    const host = hostOf(mapping.url);
    if (host === null || isIP(host.replace(/^\[|\]$/g, '')) !== 0 || registrableDomain(host) === null) {
      unusable.push(mapping);
      continue;
    }
    const advertisers = entries.get(host) ?? new Set();
    advertisers.add(mapping.advertiserId);
    entries.set(host, advertisers);
  }
  return { entries, unusable };
}

/** The longest mapped entry that covers a host: the entry itself or a parent of it on label boundaries; null when none does. */
export function entryOfHost(owners: DomainOwners, host: string): string | null {
  let candidate = host;
  for (;;) {
    if (owners.entries.has(candidate)) return candidate;
    const dot = candidate.indexOf('.');
    if (dot === -1) return null;
    candidate = candidate.slice(dot + 1);
  }
}

/** The advertisers of that entry. One is the owner, several are a conflict, none is unmapped. */
export function ownersOfHost(owners: DomainOwners, host: string): ReadonlySet<string> {
  const entry = entryOfHost(owners, host);
  return (entry === null ? undefined : owners.entries.get(entry)) ?? new Set();
}
