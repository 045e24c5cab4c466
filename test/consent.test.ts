import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { classify } from '../src/audience/classify.ts';
import { openSuppression } from '../src/audience/suppression.ts';
import { limitVerdict, type UnknownConsent, usPrivacyVerdict } from '../src/identity/consent.ts';
import { gppVerdict } from '../src/identity/consent-gpp.ts';
import { compile, ident, join, sql } from '../src/lib/sql.ts';
import { readOptOuts } from '../src/reach/consent-rows.ts';
import type { ExposureRequest } from '../src/reach/exposure.ts';
import { openReach } from '../src/reach/reach.ts';
import { bindCatalogue, type Catalogue } from '../src/warehouse/catalogue.ts';
import { createTables } from '../src/warehouse/ddl.ts';
import { openDuckDB } from '../src/warehouse/duckdb/duckdb.ts';
import type { Session, Warehouse } from '../src/warehouse/warehouse.ts';

/** Texts made by the IAB's own encoder (@iabgpp/cmpapi 3.2.0), each with what was put into it. */
const GOLDEN = readFileSync(resolve('test/golden/consent/gpp.tsv'), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t') as [section: string, said: string, text: string, verdict: string]);

const NOW = new Date('2026-03-04T05:06:07Z');
const REQUEST: ExposureRequest = {
  agencyId: '1480',
  advertiserId: '42',
  strategy: 'DIRECT_AG',
  exposureSource: 'IMPRESSION',
  audience: 'EXPOSED',
  sources: ['AD_IMPRESSION_LOG_V2'],
  window: { from: new Date('2026-02-02T05:06:07Z'), to: NOW },
  attributionWindowDays: 30,
  soleAdvertiser: true,
  deviceTypes: [],
};
const SPEC = { mode: 'merged', identifiers: ['MAID'], acceptUnknownDeviceType: true, allowIp: false, allowIpv6: false } as const;

const US_PRIVACY = ['1YYN', '1YNN', '1---', ' 1nyn\t', '2YNN', '1YN', '1YNNN', '1YXN', 'YYNN', '', '0', 'null', 'Unknown', ' '];
const LIMITS = ['1', '0', 'true', 'FALSE', '1.0', '0.0', 'Y', 'n', ' 1 ', '', '2', '-1', 'perhaps'];

let warehouse: Warehouse;
let session: Session;
beforeAll(async () => {
  warehouse = await openDuckDB({ path: ':memory:', readOnly: false });
  session = await warehouse.session();
  await createTables(session);
});
afterAll(async () => {
  await session[Symbol.asyncDispose]();
  await warehouse[Symbol.asyncDispose]();
});

describe('us_privacy', () => {
  test('ID-06 1YYN is out, 1YNN and 1--- are in, blank says nothing, and what cannot be read is known as such', () => {
    expect(US_PRIVACY.map(usPrivacyVerdict)).toEqual([
      'out',
      'in',
      'in',
      'out',
      ...Array(5).fill('unknown'),
      ...Array(5).fill('in'),
    ]);
    expect(usPrivacyVerdict(null)).toBe('in');
  });
});

describe('GPP', () => {
  test('ID-07 each opt-out, refused consent for a child and Gpc of every section is out, and nothing else is', () => {
    for (const [section, said, text, verdict] of GOLDEN) expect(gppVerdict(text), `${section}: ${said}`).toBe(verdict);
    expect(new Set(GOLDEN.map(([section]) => section)).size).toBe(24);
  });

  test('ID-07 an unknown section, a later version and garbage cannot be read', () => {
    const unreadable = [
      'DBABMA~CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA', // tcfeuv2
      'DBABLA~DAAAAAAAAABA.QA', // usnat, version 3
      'DBABLA~BAAAAAAAAQA.wA', // a sub-section that does not exist
      'DBABLA~BAAAAAA.QA', // too short
      'DBABLA~BAAMAAAAAQA.QA', // SharingOptOut is 3
      'DBABLA', // a section is missing
      'DBABLA~', // and here
      'DBABLA~BAAAAAAAAQA~BAAAAAAAAQA', // and here there is one too many
      'DBAA', // no section at all
      'EBABLA~BAAAAAAAAQA', // another type
      'DCABLA~BAAAAAAAAQA', // another version of the header
      'D',
      '~',
      'garbage',
      'DBABLA~BAAAAAAAAQA=', // base64 is not base64url
      `DBABLA~${'A'.repeat(5000)}`,
      'DBABTA~', // uspv1 without its text
      'DBABTA~1YN',
    ];
    for (const text of unreadable) expect(gppVerdict(text), text.slice(0, 60)).toBe('unknown');
    for (const text of [null, '', ' ', 'null', 'UNKNOWN']) expect(gppVerdict(text)).toBe('in');
  });

  test('an opt-out counts beside a section that cannot be read, and a section of 24 to 27 has a header or not', () => {
    expect(gppVerdict('DBACNY~CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA~1YYN')).toBe('out');
    expect(gppVerdict('DBACNY~CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA~1YNN')).toBe('unknown');
    expect(gppVerdict('DBABEYA~BQAA.QA')).toBe('in');
    expect(gppVerdict('DBABEYA~YBABY.BQAA.QA')).toBe('in');
    expect(gppVerdict('DBABEYA~YBABY.BQAQ.QA')).toBe('out');
    expect(gppVerdict('DBABEYA~YBABY.BQAA.YA')).toBe('out');
    expect(gppVerdict('DBABEYA~YBABY')).toBe('unknown');
  });
});

describe('in the warehouse', () => {
  /** Rows with an opt-out, by the text in a column. */
  async function textsOut(column: string, texts: readonly (string | null)[], unknown: UnknownConsent, most?: number) {
    const log = (await bindCatalogue(session, {})).table('AD_IMPRESSION_LOG_V2');
    await session.execute(sql`DELETE FROM ${log.ref}`);
    const rows = texts.map((text, index) => sql`(${String(index)}, ${text})`);
    await session.execute(sql`INSERT INTO ${log.ref} (CREATIVE_ID, ${ident(column)}) VALUES ${join(rows)}`);
    const out = await readOptOuts(session, { log, alias: 'l', from: sql`${log.ref} l WHERE TRUE`, unknown }, undefined, most);
    const found = await session.all(
      sql`SELECT CREATIVE_ID AS at FROM ${log.ref} l${out?.joined ?? sql``} WHERE ${out?.is ?? sql`FALSE`} ORDER BY CAST(CREATIVE_ID AS INTEGER)`,
    );
    return found.map(({ at }) => texts[Number(at)]);
  }

  const cases = [
    ['US_PRIVACY', US_PRIVACY, usPrivacyVerdict],
    ['LMT', LIMITS, limitVerdict],
    ['DNT', LIMITS, limitVerdict],
    ['GPP', [...GOLDEN.map(([, , text]) => text), 'garbage', 'null'], gppVerdict],
  ] as const;

  test.each(cases)(
    'ID-06 ID-07 %s: the same verdicts as in the process, and what cannot be read by the policy',
    async (column, texts, verdict) => {
      const expected = (unknown: UnknownConsent) =>
        texts.filter((text) => verdict(text) === 'out' || (unknown === 'refuse' && verdict(text) === 'unknown'));
      expect(await textsOut(column, [...texts, null], 'refuse')).toEqual(expected('refuse'));
      expect(await textsOut(column, [...texts, null], 'allow')).toEqual(expected('allow'));
      expect(expected('refuse').length).toBeGreaterThan(expected('allow').length);
    },
  );

  test('more GPP texts than there can be are refused', async () => {
    const texts = GOLDEN.slice(0, 12).map(([, , text]) => text);
    await expect(textsOut('GPP', texts, 'refuse', 11)).rejects.toMatchObject({ kind: 'config', code: 'too_many_consent_texts' });
    expect(await textsOut('GPP', texts, 'refuse', 12)).not.toEqual([]);
  });

  const queryOf = async (catalogue: Catalogue): Promise<string> => {
    const suppression = await openSuppression(session, catalogue, '1480');
    const spec = { ...SPEC, exposures: REQUEST };
    const exposures = await openReach(session, catalogue).exposures(REQUEST);
    return compile(classify(session.dialect, spec, exposures, suppression), session.dialect.placeholder).text;
  };

  test('a log without columns of consent is asked for none', async () => {
    expect(await queryOf(await bindCatalogue(session, {}))).toContain('MAX(opted_out)');
    const absent = Object.fromEntries(['US_PRIVACY', 'GPP', 'LMT', 'DNT'].map((name) => [name, 'not_there']));
    const without = await queryOf(await bindCatalogue(session, { AD_IMPRESSION_LOG_V2: { columns: absent } }));
    expect(without).not.toContain('MAX(opted_out)');
    expect(without).not.toContain('CONSENT');
  });
});
