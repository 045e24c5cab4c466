import { expect, test } from 'vitest';
import { readAdvertiserConfig } from '../src/config/advertiser-config.ts';
import { checkAgainstSettings } from '../src/config/check-against-settings.ts';
import { parseSettings } from '../src/config/parse-settings.ts';
import type { Settings } from '../src/config/settings.ts';

const { destinations } = parseSettings(
  `destinations:
  archive: { type: folder, path: /srv/out, identifiers: [IDFA, GAID] }
  archive-ip: { type: folder, path: /srv/out, allowIp: true }
`,
  'aquarius.yaml',
);
// The check looks at the destinations alone.
const settings = { destinations } as unknown as Settings;

const check = (entries: unknown) => {
  const config = readAdvertiserConfig({ AGENCY_ID: '1', ADVERTISER_ID: '2', DELIVERY_DESTINATIONS: JSON.stringify(entries) });
  expect(config.problems).toEqual([]);
  return checkAgainstSettings(config, settings).map(({ path, message, hint }) => `${path}: ${message} (${hint})`);
};

test('what the settings have is no problem', () => {
  expect(
    check([
      { destination: 'archive', identifiers: ['GAID'] },
      { destination: 'archive-ip', identifiers: ['IP', 'IDFA'] },
    ]),
  ).toEqual([]);
});

test('a destination that aquarius.yaml does not name is reported with the one that was meant', () => {
  expect(check([{ destination: 'archive' }, { destination: 'archve' }, { destination: 'constructor' }])).toEqual([
    'DELIVERY_DESTINATIONS[1].destination: archve is not a destination of aquarius.yaml (Did you mean archive?)',
    'DELIVERY_DESTINATIONS[2].destination: constructor is not a destination of aquarius.yaml (Known: archive, archive-ip.)',
  ]);
});

test('D8 identifiers must be among what the destination takes, and IP needs allowIp', () => {
  expect(check([{ destination: 'archive', identifiers: ['IDFA', 'RAMPID', 'IP'] }])).toEqual([
    'DELIVERY_DESTINATIONS[0].identifiers[1]: archive does not take RAMPID (It takes IDFA, GAID.)',
    'DELIVERY_DESTINATIONS[0].identifiers[2]: archive does not allow IP addresses (Take IP out, or set allowIp: true for archive in aquarius.yaml.)',
  ]);
});

test('a refresh that the destination cannot do is reported', () => {
  expect(check([{ destination: 'archive', refresh: 'incremental' }])).toEqual([
    'DELIVERY_DESTINATIONS[0].refresh: archive cannot be refreshed incrementally (Write full.)',
  ]);
});
