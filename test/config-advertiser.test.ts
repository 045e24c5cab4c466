import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAdvertiserConfig } from '../src/config/advertiser-config.ts';
import type { Row } from '../src/warehouse/warehouse.ts';

const read = (row: Row) => readAdvertiserConfig({ AGENCY_ID: '1480', ADVERTISER_ID: '4711', ...row });
const problems = (row: Row) => read(row).problems.map(({ path, message }) => `${path}: ${message}`);
const entriesOf = (value: unknown) => read({ DELIVERY_DESTINATIONS: JSON.stringify(value) });

describe('readAdvertiserConfig', () => {
  test('a row that says nothing has the defaults, and delivers nothing', () => {
    const { row, ...config } = read({ CONFIG_STATUS: 'ACTIVE' });
    expect(config).toEqual({
      agencyId: '1480',
      advertiserId: '4711',
      displayName: null,
      status: 'ACTIVE',
      exposureSource: 'IMPRESSION',
      joinStrategy: 'PCM_4KEY',
      matchStrategy: 'HOUSEHOLD',
      attributionWindowDays: 30,
      deliveryEnabled: false,
      cadence: 'WEEKLY',
      lookbackDays: 30,
      destinations: [],
      configVersion: 0,
      problems: [],
    });
    expect(row.CONFIG_STATUS).toBe('ACTIVE');
  });

  test('a null look-back never expires, an absent column is 30 days, and blank text is a mistake', () => {
    expect(read({ DELIVERY_LOOKBACK_DAYS: null }).lookbackDays).toBeNull();
    expect(read({}).lookbackDays).toBe(30);
    expect(read({ DELIVERY_LOOKBACK_DAYS: 365n }).lookbackDays).toBe(365);
    expect(read({ DELIVERY_LOOKBACK_DAYS: ' 7 ' }).lookbackDays).toBe(7);
    expect(problems({ DELIVERY_LOOKBACK_DAYS: ' ' })).toEqual([
      'DELIVERY_LOOKBACK_DAYS: must be a whole number from 1 to 365, or null for never expires',
    ]);
    for (const wrong of [0, 366, -1, 1.5, 'ten']) expect(problems({ DELIVERY_LOOKBACK_DAYS: wrong })).toHaveLength(1);
  });

  test('T1 ids are trimmed text, whatever number they went through', () => {
    const ids = (agency: Row[string], advertiser: Row[string]) => {
      const config = read({ AGENCY_ID: agency, ADVERTISER_ID: advertiser });
      return [config.agencyId, config.advertiserId];
    };
    expect(ids(1480, 42n)).toEqual(['1480', '42']);
    expect(ids(' 1480 ', '42.0')).toEqual(['1480', '42']);
    expect(ids('007', 9007199254740993n)).toEqual(['007', '9007199254740993']);
    expect(problems({ AGENCY_ID: '', ADVERTISER_ID: 'null' })).toEqual([
      'AGENCY_ID: is not an id',
      'ADVERTISER_ID: is not an id',
    ]);
  });

  test('T3 flags are read from booleans, text and digits, and anything else is reported', () => {
    for (const yes of [true, 'TRUE', 'true', '1', 1, 'Y', ' y '])
      expect(read({ DELIVERY_ENABLED: yes }).deliveryEnabled).toBe(true);
    for (const no of [false, 'FALSE', '0', 0n, 'N', null, '']) {
      expect([read({ DELIVERY_ENABLED: no }).deliveryEnabled, problems({ DELIVERY_ENABLED: no })]).toEqual([false, []]);
    }
    expect(problems({ DELIVERY_ENABLED: 'maybe' })).toEqual(['DELIVERY_ENABLED: must be true or false']);
  });

  test('words are read in any letter case; an unknown one is reported with the one that was meant', () => {
    const config = read({
      CONFIG_STATUS: 'active',
      EXPOSURE_SOURCE: ' web ',
      IMPRESSION_JOIN_STRATEGY: 'adm_prefix',
      DELIVERY_CADENCE: 'daily',
    });
    expect([config.status, config.exposureSource, config.joinStrategy, config.cadence]).toEqual([
      'ACTIVE',
      'WEB',
      'ADM_PREFIX',
      'DAILY',
    ]);
    expect(read({ IMPRESSION_JOIN_STRATEGY: 'PCM4KEY' }).problems[0]?.hint).toBe('Did you mean PCM_4KEY?');
    expect(read({ DELIVERY_CADENCE: 'WEEKLEY' }).problems[0]?.hint).toBe('Did you mean WEEKLY?');
  });

  test('S6 a match strategy of the earlier system is kept; a status that is not said is not active', () => {
    expect(read({ MATCH_STRATEGY: 'MAID_PRIORITY' })).toMatchObject({ matchStrategy: 'MAID_PRIORITY', problems: [] });
    expect(read({ CONFIG_STATUS: null }).status).toBe('PENDING');
  });

  test('the attribution window is 1 to 90 days', () => {
    expect(read({ ATTRIBUTION_WINDOW_DAYS: 90 }).attributionWindowDays).toBe(90);
    expect(problems({ ATTRIBUTION_WINDOW_DAYS: 91 })).toEqual(['ATTRIBUTION_WINDOW_DAYS: must be a whole number from 1 to 90']);
  });
});

describe('DELIVERY_DESTINATIONS', () => {
  test('only the destination is required', () => {
    expect(entriesOf([{ destination: 'liveramp-us' }])).toMatchObject({
      problems: [],
      destinations: [
        {
          destination: 'liveramp-us',
          enabled: true,
          audience: 'EXPOSED',
          acceptUnknownDeviceType: false,
          refresh: 'full',
          mode: 'merged',
        },
      ],
    });
  });

  test('ids and prices may be written as numbers, and no digit of them is lost', () => {
    const text =
      '[{"destination":"ttd","segmentId":1480,"insertionOrderIds":[12345678901234567890, "77"],"priceCpm":1.150,"lookbackDays":null}]';
    expect(read({ DELIVERY_DESTINATIONS: text })).toMatchObject({
      problems: [],
      destinations: [
        { segmentId: '1480', insertionOrderIds: ['12345678901234567890', '77'], priceCpm: '1.150', lookbackDays: null },
      ],
    });
  });

  test('nulls mean nothing but for the look-back, and words are read in any letter case', () => {
    const { destinations, problems: found } = entriesOf([
      {
        destination: 'x',
        audience: 'site_visitors',
        identifiers: ['ip', 'IP'],
        mode: 'SPLIT',
        segmentId: null,
        minIds: null,
        lookbackDays: null,
      },
    ]);
    expect(found).toEqual([]);
    expect(destinations).toMatchObject([{ audience: 'SITE_VISITORS', identifiers: ['IP'], mode: 'split', lookbackDays: null }]);
    expect(destinations[0]).not.toHaveProperty('segmentId');
  });

  test('every mistake is reported with its path and a hint', () => {
    const { problems: found, destinations } = entriesOf([
      { destination: 'a', identifers: ['IDFA'], audience: 'EXPOSD', lookbackDays: 400 },
      { destnation: 'b' },
      'liveramp-us',
      { destination: 'c', identifiers: [] },
      { destination: 'c', identifiers: ['IDFA', 'COOKIE'], minIds: 0, priceCpm: '1,15' },
      { destination: 'd' },
    ]);
    expect(found.map(({ path, message, hint }) => `${path}: ${message}${hint === undefined ? '' : ` (${hint})`}`)).toEqual([
      'DELIVERY_DESTINATIONS[0].audience: must be one of EXPOSED, SITE_VISITORS, CONVERTERS, STORE_VISITORS, EXPOSED_NOT_VISITED (Did you mean EXPOSED?)',
      'DELIVERY_DESTINATIONS[0].lookbackDays: must be at most 365',
      'DELIVERY_DESTINATIONS[0].identifers: unknown setting (Did you mean identifiers?)',
      'DELIVERY_DESTINATIONS[1].destnation: unknown setting (Did you mean destination?)',
      'DELIVERY_DESTINATIONS[2]: must be a group of settings, not text',
      'DELIVERY_DESTINATIONS[3].identifiers: must not be empty',
      'DELIVERY_DESTINATIONS[4].identifiers[1]: must be one of IDFA, GAID, MAID, IP, RAMPID, UID2, UUID2',
      'DELIVERY_DESTINATIONS[4].minIds: must be at least 1',
      'DELIVERY_DESTINATIONS[4].priceCpm: must be a decimal such as 1.15',
    ]);
    expect(destinations.map(({ destination }) => destination)).toEqual(['d']);
  });

  test('a destination and segment may be named once, the default segment included', () => {
    expect(entriesOf([{ destination: 'a' }, { destination: 'a', segmentId: '1480_4711' }]).problems).toEqual([
      {
        path: 'DELIVERY_DESTINATIONS[1]',
        message: 'has the destination and segment of DELIVERY_DESTINATIONS[0]',
        hint: 'Give one of them another segmentId.',
      },
    ]);
    expect(entriesOf([{ destination: 'a' }, { destination: 'b' }, { destination: 'a', segmentId: 'other' }]).problems).toEqual(
      [],
    );
  });

  test.each([
    ['{"destination":"a"}', 'must be a JSON array of objects'],
    ['[{"destination":"a"}', 'is not valid JSON'],
    ['liveramp-us', 'is not valid JSON'],
    ['"text"', 'must be a JSON array of objects'],
  ])('%s is reported, not thrown', (text, message) => {
    expect(problems({ DELIVERY_DESTINATIONS: text })).toEqual([expect.stringContaining(`DELIVERY_DESTINATIONS: ${message}`)]);
  });

  test('no row crashes it, and what is wrong is always listed', () => {
    const value = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.double(),
      fc.bigInt(),
      fc.boolean(),
      fc.constant(null),
      fc.date({ noInvalidDate: true }),
    );
    const columns = [
      'AGENCY_ID',
      'CONFIG_STATUS',
      'DELIVERY_ENABLED',
      'DELIVERY_CADENCE',
      'DELIVERY_LOOKBACK_DAYS',
      'DELIVERY_DESTINATIONS',
    ];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...columns), value), (row) => {
        const config = read(row);
        expect(['ACTIVE', 'INACTIVE', 'PENDING']).toContain(config.status);
      }),
      { numRuns: 200 },
    );
    const names = fc.oneof(
      fc.constantFrom('destination', 'identifiers', 'lookbackDays', 'mode', '__proto__', 'constructor'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(fc.dictionary(names, fc.jsonValue())), (list) => {
        const { destinations, problems: found } = entriesOf(list);
        if (destinations.length < list.length) expect(found.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });
});
