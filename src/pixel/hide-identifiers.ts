import ipaddr from 'ipaddr.js';
import { canonicalMaid } from '../identity/maid.ts';
import { decodedName } from '../lib/decoded-name.ts';

/** Samples of events are shown to people, who need not know whose they are. */

export const HIDDEN = '(hidden)';

/** Words in a parameter's name that say it tells people apart. */
const TELLING = new Set([
  ...[
    'id',
    'ids',
    'idfa',
    'idfv',
    'gaid',
    'aaid',
    'adid',
    'ifa',
    'maid',
    'udid',
    'uuid',
    'guid',
    'uid',
    'uid2',
    'euid',
    'rampid',
  ],
  ...['deviceid', 'userid', 'customerid', 'clientid', 'visitorid', 'sessionid', 'cid', 'sid', 'ga', 'gid', 'fbp', 'fbc', 'gclid'],
  ...['fbclid', 'msclkid', 'ttclid', 'dclid', 'wbraid', 'gbraid', 'cookie', 'token', 'session', 'user', 'customer', 'visitor'],
  ...['device', 'email', 'mail', 'phone', 'tel', 'mobile', 'msisdn', 'firstname', 'lastname', 'fname', 'lname', 'fullname'],
  ...[
    'address',
    'street',
    'zip',
    'postcode',
    'ip',
    'lat',
    'lon',
    'lng',
    'latitude',
    'longitude',
    'password',
    'em',
    'ph',
    'external',
  ],
]);

/** Ids of things, not of people: they help to see what a tag does. */
const OF_THINGS =
  /^(?:(?:ag|adv|agency|advertiser|product|item|order|transaction|event|container|gtm|page|content|campaign|variant|category|store)[-_.]?ids?|ag|adv)$/i;

const PATTERNS: readonly RegExp[] = [
  // Mail addresses.
  /[^\s@/?#&=:,;"'<>]+@[^\s@/?#&=:,;"'<>]+/g,
  // Ids of devices, with or without hyphens, and what was hashed.
  /(?<![0-9a-z])[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}(?![0-9a-z])/gi,
  /(?<![0-9a-z])[0-9a-f]{32,}(?![0-9a-z])/gi,
  /(?<![0-9a-z])sys-[0-9a-z-]+/gi,
  // Addresses of the network.
  /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g,
  /(?<![0-9a-z:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![0-9a-z:])/gi,
  // Long numbers, as phones, cards and users of platforms have.
  /(?<!\d)\+?\d{9,}(?!\d)/g,
];

/** A parameter's value without what tells people apart; decoded, so that nothing is hidden from the patterns. */
export function hideInValue(name: string, value: string): string {
  const decoded = decodedName(value);
  if (decoded === '') return decoded;
  if (isTelling(name) || 'value' in canonicalMaid(decoded)) return HIDDEN;
  return hideInText(decoded);
}

/** A page's address without user, fragment, and what tells people apart; text that is no address is treated as text. */
export function hideInUrl(text: string): string {
  const trimmed = text.trim();
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed.replace(/^\/\//, '')}`);
  if (url === null) return hideInText(decodedName(trimmed));
  const query = [...url.searchParams].map(([name, value]) => `${hideInText(decodedName(name))}=${hideInValue(name, value)}`);
  const path = url.pathname
    .split('/')
    .map((segment) => hideInText(decodedName(segment)))
    .join('/');
  return `${url.protocol}//${url.host}${path}${query.length === 0 ? '' : `?${query.join('&')}`}`;
}

/** The network that an address is in, /24 or /48; null when it is no address. */
export function networkOf(text: string | null): string | null {
  const trimmed = (text ?? '').trim();
  if (!ipaddr.isValid(trimmed)) return null;
  const address = ipaddr.process(trimmed);
  if (address instanceof ipaddr.IPv4) return `${address.octets.slice(0, 3).join('.')}.0/24`;
  const groups = address.parts.slice(0, 3).map((part) => part.toString(16));
  return `${groups.join(':')}::/48`;
}

function isTelling(name: string): boolean {
  const trimmed = name.trim();
  if (OF_THINGS.test(trimmed)) return false;
  // userId, USER_ID and user-id have the same words.
  const words = trimmed
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.some((word) => TELLING.has(word));
}

function hideInText(text: string): string {
  return PATTERNS.reduce((rest, pattern) => rest.replaceAll(pattern, HIDDEN), text);
}
