import { isUnder, registrableDomain } from './domains.ts';
import { type Parameter, readParameters } from './parameters.ts';
import type { Platform } from './platforms.ts';

/**
 * What points to a platform, strongest first: the first rule with enough hits decides. WooCommerce comes before WordPress, on which it
 * runs; Google Tag Manager last, since it is a container that any platform may carry.
 */

/** One event as the rules see it. */
export interface EventClues {
  /** Lower case, `/` at the end. */
  readonly path: string;
  readonly urlWords: ReadonlySet<string>;
  readonly type: string;
  readonly parameters: readonly Parameter[];
  /** Whole words of the parameters' names and values. */
  readonly words: ReadonlySet<string>;
}

export interface DetectionRule {
  /** Stable, for people and programs. */
  readonly id: string;
  readonly platform: Platform;
  readonly confidence: number;
  /** What of a host shows it, in words; null when nothing does. One host is enough. */
  readonly host?: (host: string) => string | null;
  /** What of an event shows it. One event alone may be an accident. */
  readonly event?: (event: EventClues) => string | null;
}

const under =
  (...suffixes: readonly string[]) =>
  (host: string): string | null => {
    const suffix = suffixes.find((candidate) => isUnder(host, candidate));
    return suffix === undefined ? null : `host ${host} is of ${suffix}`;
  };

const labelled =
  (...labels: readonly string[]) =>
  (host: string): string | null => {
    const label = registrableDomain(host)?.split('.')[0];
    return label !== undefined && labels.includes(label) ? `host ${host} is of ${label}` : null;
  };

const word = (wanted: string) => (event: EventClues) => (event.words.has(wanted) ? `parameters have the word ${wanted}` : null);
const path = (part: string) => (event: EventClues) => (event.path.includes(part) ? `page path has ${part}` : null);
const named = (what: RegExp, describe: string) => (event: EventClues) =>
  event.parameters.some(({ name }) => what.test(name)) ? `a parameter is called ${describe}` : null;

const any =
  (...tests: readonly ((event: EventClues) => string | null)[]) =>
  (event: EventClues): string | null => {
    for (const test of tests) {
      const evidence = test(event);
      if (evidence !== null) return evidence;
    }
    return null;
  };

const CHECKOUT = 'checkout_completed';

const checkoutCompleted = ({ type, parameters }: EventClues): string | null => {
  if (type === CHECKOUT) return `event ${CHECKOUT}`;
  const has = ({ name, value }: Parameter) => name.toLowerCase() === CHECKOUT || value.trim().toLowerCase() === CHECKOUT;
  return parameters.some(has) ? `parameters have ${CHECKOUT}` : null;
};

const container = ({ parameters }: EventClues): string | null =>
  parameters.some(({ value }) => /(?:^|[^A-Za-z0-9])GTM-[A-Z0-9]{4,}(?![A-Za-z0-9])/.test(value))
    ? 'a parameter is the id of a container (GTM-…)'
    : null;

export const DETECTION_RULES: readonly DetectionRule[] = [
  { id: 'host-ticketmaster', platform: 'TICKETMASTER', confidence: 0.98, host: labelled('ticketmaster', 'livenation') },
  {
    id: 'host-shopify',
    platform: 'SHOPIFY',
    confidence: 0.98,
    host: under('myshopify.com', 'shopifypreview.com', 'shopify.com'),
  },
  { id: 'host-squarespace', platform: 'SQUARESPACE', confidence: 0.98, host: under('squarespace.com') },
  { id: 'host-square', platform: 'SQUARE', confidence: 0.98, host: under('square.site', 'squareup.com') },
  {
    id: 'host-wix',
    platform: 'WIX',
    confidence: 0.98,
    host: under('wixsite.com', 'wixstudio.com', 'wixstudio.io', 'wix.com'),
  },
  { id: 'host-bigcommerce', platform: 'BIGCOMMERCE', confidence: 0.98, host: under('mybigcommerce.com', 'bigcommerce.com') },
  { id: 'host-demandware', platform: 'SFCC', confidence: 0.98, host: under('demandware.net') },
  { id: 'host-woocommerce', platform: 'WOOCOMMERCE', confidence: 0.95, host: under('woocommerce.com') },
  { id: 'host-wordpress', platform: 'WORDPRESS', confidence: 0.95, host: under('wordpress.com', 'wpengine.com') },
  { id: 'shopify-events', platform: 'SHOPIFY', confidence: 0.9, event: any(checkoutCompleted, word('shopify')) },
  {
    id: 'demandware-paths',
    platform: 'SFCC',
    confidence: 0.9,
    event: any(
      path('/on/demandware.store/'),
      ({ urlWords }) => (urlWords.has('demandware') ? 'page address has the word demandware' : null),
      word('demandware'),
    ),
  },
  {
    id: 'woocommerce-events',
    platform: 'WOOCOMMERCE',
    confidence: 0.85,
    event: any(word('woocommerce'), named(/^wc[-_]/i, 'wc-… or wc_…'), path('/order-received/')),
  },
  { id: 'squarespace-word', platform: 'SQUARESPACE', confidence: 0.8, event: word('squarespace') },
  { id: 'ticketmaster-word', platform: 'TICKETMASTER', confidence: 0.8, event: word('ticketmaster') },
  { id: 'wix-word', platform: 'WIX', confidence: 0.7, event: word('wix') },
  {
    id: 'wordpress-paths',
    platform: 'WORDPRESS',
    confidence: 0.8,
    event: any(path('/wp-content/'), path('/wp-json/'), word('wpcode')),
  },
  {
    id: 'tag-manager',
    platform: 'GTM',
    confidence: 0.6,
    host: under('googletagmanager.com'),
    event: any(container, named(/^gtm/i, 'gtm…'), named(/^google_tag$/i, 'google_tag')),
  },
];

/** Reads an event once for all rules. */
export function cluesOf(event: {
  readonly pageUrl: string;
  readonly eventType: string | null;
  readonly parameters: string | null;
}): EventClues {
  const parameters = readParameters(event.parameters);
  return {
    path: pathOf(event.pageUrl),
    urlWords: wholeWords(event.pageUrl),
    type: (event.eventType ?? '').trim().toLowerCase(),
    parameters,
    words: new Set(parameters.flatMap(({ name, value }) => [...wholeWords(name), ...wholeWords(value)])),
  };
}

function pathOf(pageUrl: string): string {
  const trimmed = pageUrl.trim().replace(/^\/\//, 'https://');
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`);
  return url === null ? '/' : `${url.pathname.toLowerCase()}/`;
}

function wholeWords(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}
