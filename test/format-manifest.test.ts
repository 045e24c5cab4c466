import { expect, test } from 'vitest';
import { type Manifest, manifestJson, parseManifest } from '../src/format/manifest.ts';

const manifest: Manifest = {
  schemaVersion: 1,
  runId: '01kgyz3r9jv7m2n4p6q8s0t1w3',
  slot: '2026-W08',
  agencyId: '1480',
  advertiserId: '4711',
  destination: 'liveramp-us',
  segmentId: '1480_4711_30D',
  segmentName: 'Exposed, 30 days',
  layout: 'event-log',
  window: { from: null, to: '2026-02-16T06:00:00Z' },
  configVersion: 3,
  programVersion: '0.1.0',
  createdAt: '2026-02-16T06:01:02.345Z',
  rows: 30,
  counts: { selected: 33, dropped: { ZERO_ID: 1, BELOW_FILE_MINIMUM: 1 }, suppressed: 1, identifiers: { IDFA: 20, GAID: 10 } },
  suppression: 'none',
  files: [
    {
      name: 'a.psv',
      rows: 30,
      bytes: 2000,
      sha256: 'a'.repeat(64),
      plainBytes: 2000,
      plainSha256: 'a'.repeat(64),
      identifiers: { IDFA: 20, GAID: 10 },
    },
  ],
};

const TEXT = `{
  "schemaVersion": 1,
  "runId": "01kgyz3r9jv7m2n4p6q8s0t1w3",
  "slot": "2026-W08",
  "agencyId": "1480",
  "advertiserId": "4711",
  "destination": "liveramp-us",
  "segmentId": "1480_4711_30D",
  "segmentName": "Exposed, 30 days",
  "layout": "event-log",
  "window": {
    "from": null,
    "to": "2026-02-16T06:00:00Z"
  },
  "configVersion": 3,
  "programVersion": "0.1.0",
  "createdAt": "2026-02-16T06:01:02.345Z",
  "rows": 30,
  "counts": {
    "selected": 33,
    "dropped": {
      "ZERO_ID": 1,
      "BELOW_FILE_MINIMUM": 1
    },
    "suppressed": 1,
    "identifiers": {
      "IDFA": 20,
      "GAID": 10
    }
  },
  "suppression": "none",
  "files": [
    {
      "name": "a.psv",
      "rows": 30,
      "bytes": 2000,
      "sha256": "${'a'.repeat(64)}",
      "plainBytes": 2000,
      "plainSha256": "${'a'.repeat(64)}",
      "identifiers": {
        "IDFA": 20,
        "GAID": 10
      }
    }
  ]
}
`;

/** The same object with the keys of every object in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, reversed(item)] as const)
      .reverse(),
  );
}

test('a manifest is written with its keys in one order, whatever order they came in', () => {
  expect(manifestJson(manifest)).toBe(TEXT);
  expect(manifestJson(reversed(manifest) as Manifest)).toBe(TEXT);
});

test('a manifest is read back as it was written', () => {
  expect(parseManifest(TEXT)).toEqual(manifest);
  expect(
    parseManifest(manifestJson({ ...manifest, window: { from: '2026-01-17T06:00:00Z', to: '2026-02-16T06:00:00Z' } })),
  ).toHaveProperty('window.from', '2026-01-17T06:00:00Z');
});

test.each([
  ['text that is not JSON', TEXT.slice(0, -3)],
  ['an unknown key', TEXT.replace('"rows": 30', '"extra": 1, "rows": 30')],
  ['a missing key', TEXT.replace('"slot": "2026-W08",', '')],
  ['another schema version', TEXT.replace('"schemaVersion": 1', '"schemaVersion": 2')],
  ['a hash in capitals', TEXT.replace('a'.repeat(64), 'A'.repeat(64))],
  ['half a row', TEXT.replace('"rows": 30', '"rows": 30.5')],
  ['an unknown identifier type', TEXT.replace('"GAID"', '"TDID"')],
])('%s is refused', (_what, text) => {
  expect(() => parseManifest(text)).toThrow(expect.objectContaining({ kind: 'rejected', code: 'manifest_invalid' }));
});

test('what is wrong with a manifest is told by its place', () => {
  let failure: unknown;
  try {
    parseManifest(TEXT.replace('"bytes": 2000', '"bytes": -1'));
  } catch (error) {
    failure = error;
  }
  expect(failure).toMatchObject({ problems: [{ path: 'files.0.bytes' }] });
});
