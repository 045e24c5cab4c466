import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostOfKey } from '../src/admin/domains/host-key.ts';
import { readHost } from '../src/admin/domains/usable-host.ts';
import { amountOf, amountText } from '../src/pixel/amount.ts';
import { detectPlatform, isHostDecisive, type SampledEvent } from '../src/pixel/detect.ts';
import { hostOf, isUnder, readDomains } from '../src/pixel/domains.ts';
import { eventTypeOf } from '../src/pixel/event-type.ts';
import { hideInUrl, hideInValue, networkOf } from '../src/pixel/hide-identifiers.ts';
import { instructionsFor } from '../src/pixel/instructions/instructions.ts';
import { readParameters } from '../src/pixel/parameters.ts';
import { PLATFORMS, type Platform } from '../src/pixel/platforms.ts';

/** What pixels mean, decided without a warehouse. */

const event = (more: Partial<SampledEvent> = {}): SampledEvent => ({
  pageUrl: 'https://ace.com/',
  eventType: 'site_visit',
  parameters: null,
  ...more,
});
const parameters = (values: Record<string, unknown>): SampledEvent => event({ parameters: JSON.stringify(values) });
const detect = (events: readonly SampledEvent[], hosts: readonly string[] = ['ace.com'], override: Platform | null = null) =>
  detectPlatform({ hosts, events, override });

describe('P2: what a site runs on', () => {
  test.each([
    ['www.ticketmaster.co.uk', 'TICKETMASTER', 'host-ticketmaster', 0.98],
    ['concerts.livenation.com', 'TICKETMASTER', 'host-ticketmaster', 0.98],
    ['ace.myshopify.com', 'SHOPIFY', 'host-shopify', 0.98],
    ['x.shopifypreview.com', 'SHOPIFY', 'host-shopify', 0.98],
    ['ace.squarespace.com', 'SQUARESPACE', 'host-squarespace', 0.98],
    ['ace.square.site', 'SQUARE', 'host-square', 0.98],
    ['ace.wixsite.com', 'WIX', 'host-wix', 0.98],
    ['ace.wixstudio.io', 'WIX', 'host-wix', 0.98],
    ['ace.mybigcommerce.com', 'BIGCOMMERCE', 'host-bigcommerce', 0.98],
    ['ace.demandware.net', 'SFCC', 'host-demandware', 0.98],
    ['ace.woocommerce.com', 'WOOCOMMERCE', 'host-woocommerce', 0.95],
    ['ace.wpengine.com', 'WORDPRESS', 'host-wordpress', 0.95],
  ] as const)('by the host %s', (host, platform, rule, confidence) => {
    expect(detect([], [host])).toMatchObject({ platform, rule, confidence, hits: 1 });
    expect(isHostDecisive([host])).toBe(true);
  });

  test.each([
    ['notmyshopify.com'],
    ['ticketmaster.evil.com'],
    ['ace-ticketmaster.com'],
    ['myshopify.com.evil.net'],
    ['prefix.com'],
  ])('not by the host %s, which only looks like it', (host) => {
    expect(detect([], [host])).toMatchObject({ platform: 'STANDARD', rule: 'none', confidence: 0, evidence: null });
  });

  test.each<readonly [string, SampledEvent, Platform, string]>([
    ['a finished checkout', event({ eventType: 'checkout_completed' }), 'SHOPIFY', 'shopify-events'],
    ['a parameter of it', parameters({ event: 'checkout_completed' }), 'SHOPIFY', 'shopify-events'],
    ['the word shopify', parameters({ _shopify_y: 'abc' }), 'SHOPIFY', 'shopify-events'],
    ['a path of demandware', event({ pageUrl: 'https://ace.com/on/demandware.store/Sites-ace' }), 'SFCC', 'demandware-paths'],
    [
      'the word demandware in the address',
      event({ pageUrl: 'https://ace.com/?src=demandware-static' }),
      'SFCC',
      'demandware-paths',
    ],
    ['a key of WooCommerce', parameters({ 'wc-ajax': 'x' }), 'WOOCOMMERCE', 'woocommerce-events'],
    ['a received order', event({ pageUrl: 'https://ace.com/checkout/order-received' }), 'WOOCOMMERCE', 'woocommerce-events'],
    ['the word squarespace', parameters({ a: { b: 'Squarespace, Inc.' } }), 'SQUARESPACE', 'squarespace-word'],
    ['the word ticketmaster', parameters({ src: 'ticketmaster' }), 'TICKETMASTER', 'ticketmaster-word'],
    ['the word wix', parameters({ vendor: 'Wix' }), 'WIX', 'wix-word'],
    ['a path of WordPress', event({ pageUrl: 'ace.com/wp-content/themes/x' }), 'WORDPRESS', 'wordpress-paths'],
    ['a container', parameters({ c: 'GTM-AB12CD' }), 'GTM', 'tag-manager'],
    ['a key of Tag Manager', event({ parameters: '?gtm_debug=1&x=2' }), 'GTM', 'tag-manager'],
  ])('by %s', (_, one, platform, rule) => {
    expect(detect([one, one])).toMatchObject({ platform, rule, hits: 2, sampled: 2 });
  });

  test('not by words that only hold the word', () => {
    const events = [parameters({ a: 'myshopifyclone', b: 'mixwixer', c: 'NOTGTM-ABCD' }), parameters({ agtm: '1' })];
    expect(detect([...events, ...events]).platform).toBe('STANDARD');
  });

  test('one event of many is an accident, a fifth or two are not', () => {
    const plain = Array.from({ length: 9 }, () => event());
    const shopify = parameters({ vendor: 'shopify' });
    expect(detect([...plain, shopify]).platform).toBe('STANDARD');
    expect(detect([...plain.slice(0, 4), shopify])).toMatchObject({ platform: 'SHOPIFY', hits: 1, sampled: 5 });
    expect(detect([...plain, shopify, shopify])).toMatchObject({ platform: 'SHOPIFY', hits: 2 });
  });

  test('WooCommerce before WordPress, on which it runs, and any shop before its container', () => {
    const events = [
      parameters({ gtm: 'GTM-AB12CD', plugin: 'woocommerce' }),
      event({ pageUrl: 'https://ace.com/wp-content/x', parameters: '{"plugin":"woocommerce","gtm":"GTM-AB12CD"}' }),
    ];
    expect(detect(events)).toMatchObject({ platform: 'WOOCOMMERCE', evidence: 'parameters have the word woocommerce' });
  });

  test('what a person chose wins', () => {
    expect(detect([], ['ace.myshopify.com'], 'WIX')).toMatchObject({
      platform: 'WIX',
      rule: 'override',
      confidence: 1,
      override: 'WIX',
    });
  });

  test('does not depend on the order of events and hosts', () => {
    const clue = fc.constantFrom(
      event(),
      parameters({ a: 'shopify' }),
      parameters({ a: 'wix' }),
      parameters({ gtm: 'x' }),
      parameters({ c: 'GTM-AB12CD' }),
      event({ pageUrl: 'https://ace.com/wp-json/x' }),
      event({ pageUrl: 'https://ace.com/order-received/7' }),
    );
    const host = fc.constantFrom('ace.com', 'a.myshopify.com', 'b.myshopify.com', 'ace.square.site', 'palace.com');
    const shuffled = fc.tuple(fc.array(clue, { maxLength: 50 }), fc.array(host, { maxLength: 6 }), fc.nat(1000));
    fc.assert(
      fc.property(shuffled, ([events, hosts, turn]) => {
        const turned = <T>(list: readonly T[]): readonly T[] => {
          const at = list.length === 0 ? 0 : turn % list.length;
          return [...list.slice(at), ...list.slice(0, at)].toReversed();
        };
        expect(detect(turned(events), turned(hosts))).toEqual(detect(events, hosts));
      }),
    );
  });

  test('survives any parameters', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), fc.string({ unit: 'binary' })), (text) => {
        detect([event({ parameters: text, pageUrl: text, eventType: text })]);
      }),
    );
    expect(readParameters('[1, {"a": [null, true]}]')).toEqual([
      { name: '', value: '1' },
      { name: 'a', value: '' },
      { name: 'a', value: 'true' },
    ]);
  });
});

describe('P1: domains', () => {
  const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);

  test('end at labels: ace.com never covers palace.com', () => {
    expect(isUnder('palace.com', 'ace.com')).toBe(false);
    fc.assert(
      fc.property(label, label, (before, name) => {
        expect(isUnder(`${before}${name}.com`, `${name}.com`)).toBe(false);
        expect(isUnder(`${before}.${name}.com`, `${name}.com`)).toBe(true);
      }),
    );
  });

  test('B10: three spellings are one', () => {
    for (const text of ['https://WWW.Ace.com:443/shop?x=1', 'ace.com.', '//ace.com/', ' http://ace.com ']) {
      expect(readHost(text)).toEqual({ host: 'ace.com', domain: 'ace.com' });
    }
    expect(readHost('https://bücher.de')).toEqual(readHost('xn--bcher-kva.de'));
  });

  test.each([
    ['', 'no_host'],
    ["'; DROP TABLE x", 'no_host'],
    ["o'brien.com", 'no_host'],
    ['%', 'no_host'],
    ['<b>ace.com</b>', 'no_host'],
    ['192.168.1.1', 'ip_address'],
    ['http://[2001:db8::1]/', 'ip_address'],
    ['2130706433', 'ip_address'],
    ['localhost', 'single_label'],
    ['app.localhost:3000', 'single_label'],
    ['intranet', 'single_label'],
    ['co.uk', 'public_suffix'],
    ['myshopify.com', 'public_suffix'],
    ['squarespace.com', 'public_suffix'],
  ])('%j can belong to nobody', (text, code) => {
    expect(readHost(text)).toMatchObject({ code });
  });

  test('what can be given to an advertiser is what the engine takes', () => {
    const text = fc.oneof(
      fc.webUrl(),
      fc.domain(),
      fc.string(),
      fc.ipV4(),
      fc.tuple(label, label).map((parts) => parts.join('.')),
    );
    fc.assert(
      fc.property(text, (url) => {
        const read = readHost(url);
        const { entries } = readDomains([{ advertiserId: '1', url }]);
        if ('host' in read) expect([...entries.keys()]).toEqual([read.host]);
      }),
    );
  });

  test('a key of the warehouse means the host of its address', () => {
    // What split_part gives of an address that begins with http.
    const keyOf = (url: string) => url.split('/')[2]?.split('?')[0] ?? '';
    for (const url of [
      'https://Shop.Ace.com:8080?x=1',
      'http://ace.com#top/x',
      'https://user:secret@ace.com/x',
      'https://ace.com\\x/y',
    ])
      expect(hostOfKey(keyOf(url))).toBe(url.includes('Shop') ? 'shop.ace.com' : 'ace.com');
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        expect(hostOfKey(keyOf(url))).toBe(hostOf(url));
      }),
    );
  });
});

describe('P6: types of events', () => {
  test.each([
    ['site_visit', 'site_visit'],
    [' Submit_Lead ', 'lead'],
    ['LEAD', 'lead'],
    ['sale', 'purchase'],
    ['conversion', 'purchase'],
    ['purchase', 'purchase'],
    ['add_to_cart', 'other'],
    [null, 'other'],
  ])('%j is %s', (word, type) => {
    expect(eventTypeOf(word)).toBe(type);
  });
});

describe('T11: amounts', () => {
  test.each([
    ['129.90', '129.90'],
    ['$1,234.50', '1234.50'],
    ['1.234,50 €', '1234.50'],
    ['USD 12', '12.00'],
    ['12 EUR', '12.00'],
    ["CHF 1'234.5", '1234.50'],
    ['1 234 567,8', '1234567.80'],
    ['1,234', '1234.00'],
    ['1.234', '1.234'],
    ['12,5', '12.50'],
    ['1,234,567', '1234567.00'],
    ['-5', '-5.00'],
    ['($5.00)', '-5.00'],
    ['19.990000000000002', '19.99'],
    ['.5', '0.50'],
    ['0', '0.00'],
    ['90071992547409931.01', '90071992547409931.01'],
  ])('%j is %s', (text, amount) => {
    const read = amountOf(text);
    expect(read === null ? null : amountText(read)).toBe(amount);
  });

  test.each(['', 'free', '1e5', '12.3.4', '1,23,456', 'NaN', '12abc', '$', '1..2', '1,234.567,8'])('%j is none', (text) => {
    expect(amountOf(text)).toBeNull();
  });

  test('sums of texts are exact', () => {
    const cents = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { maxLength: 30 });
    fc.assert(
      fc.property(cents, (all) => {
        const sum = all.map((value) => amountOf((value / 100).toFixed(2)) ?? 0n).reduce((left, right) => left + right, 0n);
        expect(sum).toBe(BigInt(all.reduce((left, right) => left + right, 0)) * 10_000n);
      }),
    );
  });
});

describe('samples that people see', () => {
  test.each([
    ['idfa', 'A1B2C3D4-0000-4000-8000-000000000001'],
    ['x', 'a1b2c3d4000040008000000000000001'],
    ['x', 'device:a1b2c3d4-0000-4000-8000-000000000001;os=1'],
    ['x', '{a1b2c3d4-0000-4000-8000-000000000001}'],
    ['x', 'a1-b2-c3-d4-0000400080000000-00000001'],
    ['x', 'SYS-4711'],
    ['q', 'ana%2540example.com'],
    ['email', 'anything'],
    ['customerId', '4711'],
    ['x', 'f'.repeat(64)],
    ['x', '8.8.4.4'],
    ['x', '2001:4860:4860:0:0:0:0:8888'],
    ['x', '4915112345678'],
  ])('have no %s %s', (name, value) => {
    const shown = hideInValue(name, value);
    expect(shown).toContain('(hidden)');
    expect(shown.toLowerCase()).not.toMatch(/a1b2c3d4|4711|ana|ffff|8\.8|4860|4915|anything/);
  });

  test('keep what helps to see what a tag does', () => {
    expect(hideInValue('AG', '1480')).toBe('1480');
    expect(hideInValue('product_id', 'SKU-12')).toBe('SKU-12');
    expect(hideInValue('title', 'Spring%20sale')).toBe('Spring sale');
  });

  test('have addresses without user, fragment and ids', () => {
    expect(hideInUrl('https://ana:pw@ace.com/u/ana@example.com/x?gclid=abc&page=2#top')).toBe(
      'https://ace.com/u/(hidden)/x?gclid=(hidden)&page=2',
    );
  });

  test.each([
    ['8.8.4.4', '8.8.4.0/24'],
    ['2001:4860:4860::8888', '2001:4860:4860::/48'],
    ['::ffff:8.8.4.4', '8.8.4.0/24'],
    ['-', null],
    [null, null],
  ])('have the network of %j alone', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('P8: instructions', () => {
  const settings = { agencyId: '1480', advertiserId: '4711', collectorUrl: 'https://pixel.example/collect' };

  test.each(PLATFORMS.map((platform) => [platform]))('for %s have the ids in code that can be copied', (platform) => {
    const { place, steps, macro, reads } = instructionsFor(platform, settings);
    expect(macro).toBe('AG=1480&ADV=4711');
    expect(place).not.toBe('');
    expect(reads.length).toBeGreaterThan(0);
    const codes = steps.flatMap(({ code }) => (code === null ? [] : [code.text]));
    expect(codes.join('\n')).toMatch(/https:\/\/pixel\.example\/collect\?AG=1480&(amp;)?ADV=4711/);
    expect(codes.join('\n')).not.toMatch(/=undefined|"undefined|\[object/);
  });

  test('say so while nothing receives events', () => {
    const { steps } = instructionsFor('STANDARD', { ...settings, collectorUrl: null });
    expect(steps[0]?.text).toContain('pixel.collectorUrl');
  });

  test('B23: ids cannot break out of the code', () => {
    const nasty = { ...settings, agencyId: `"'</script>\${x}`, advertiserId: "\\'); DROP" };
    for (const platform of PLATFORMS) {
      const texts = instructionsFor(platform, nasty).steps.flatMap(({ code }) => (code === null ? [] : [code.text]));
      const plain = instructionsFor(platform, settings).steps.flatMap(({ code }) => (code === null ? [] : [code.text]));
      const signs = (text: string) => text.replaceAll(/AG=[^&]*&(amp;)?ADV=[A-Za-z0-9%._~-]*/g, '');
      expect(texts.map(signs)).toEqual(plain.map(signs));
    }
  });

  test('the tag for a site sends what it says', () => {
    const site = instructionsFor('STANDARD', settings).steps[0]?.code?.text ?? '';
    const script = /<script>\n([\s\S]*)<\/script>\n<noscript>/.exec(site)?.[1] ?? '';
    const sent: string[] = [];
    class FakeImage {
      set src(address: string) {
        sent.push(address);
      }
    }
    const window: { aquariusPixel?: (event: string, values?: object) => void } = {};
    new Function('window', 'location', 'document', 'Image', script)(
      window,
      { href: 'https://ace.com/?a=b&c' },
      { referrer: 'https://search.example/' },
      FakeImage,
    );
    window.aquariusPixel?.('purchase', { VAL: '129.90', CUR: 'USD', ORD: '' });
    const read = sent.map((address) => Object.fromEntries(new URL(address).searchParams));
    const common = { AG: '1480', ADV: '4711', URL: 'https://ace.com/?a=b&c', REF: 'https://search.example/' };
    expect(read).toMatchObject([
      { ...common, EV: 'site_visit' },
      { ...common, EV: 'purchase', VAL: '129.90', CUR: 'USD' },
    ]);
    expect(read[1]).not.toHaveProperty('ORD');
  });
});
