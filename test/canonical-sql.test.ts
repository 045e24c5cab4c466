import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isBlank } from '../src/identity/blank.ts';
import { canonicalise } from '../src/identity/canonicalise.ts';
import { parseDeviceType } from '../src/identity/device-type.ts';
import { IDENTIFIER_KINDS } from '../src/identity/identifier-kind.ts';
import { suppressionHashes, suppressionKeys } from '../src/identity/suppression-key.ts';
import { trimSpace } from '../src/identity/text-pattern.ts';
import { join, raw, type Sql, sql } from '../src/lib/sql.ts';
import {
  blankSql,
  canonicalReasonSql,
  canonicalValueSql,
  suppressionHashesSql,
  suppressionKeySql,
} from '../src/reach/canonical-sql.ts';
import { deviceTypeCodeSql, deviceTypeSql } from '../src/reach/device-type-sql.ts';
import { trimmedSql } from '../src/reach/trimmed-sql.ts';
import { openDuckDB } from '../src/warehouse/duckdb/duckdb.ts';
import type { Row, Session, Warehouse } from '../src/warehouse/warehouse.ts';
import { addressEdges, listedHash, rawIdentifier, typeWord } from './support/raw-identifiers.ts';

const TEXTS = 5000;
const SEEDS = [1, 2];

const anyRaw = fc.oneof(...IDENTIFIER_KINDS.map(rawIdentifier));

let warehouse: Warehouse;
let session: Session;

beforeAll(async () => {
  warehouse = await openDuckDB({ path: ':memory:', readOnly: false, threads: 2 });
  session = await warehouse.session();
});

afterAll(async () => {
  await session[Symbol.asyncDispose]();
  await warehouse[Symbol.asyncDispose]();
});

/** Puts rows of texts into a temporary table with the columns `n` and the given ones. */
async function fill(table: string, columns: readonly string[], rows: readonly (readonly (string | null)[])[]): Promise<Sql> {
  await session.execute(
    sql`CREATE OR REPLACE TEMP TABLE ${raw(table)} (n INTEGER, ${raw(columns.map((name) => `${name} VARCHAR`).join(', '))})`,
  );
  for (let from = 0; from < rows.length; from += 1000) {
    const values = rows
      .slice(from, from + 1000)
      .map((row, index) => sql`(${join([from + index, ...row].map((value) => sql`${value}`))})`);
    await session.execute(sql`INSERT INTO ${raw(table)} VALUES ${join(values)}`);
  }
  return raw(table);
}

/** One column's texts judged in one query. */
async function judge(texts: readonly (string | null)[], columns: Sql): Promise<readonly Row[]> {
  const table = await fill(
    'texts',
    ['t'],
    texts.map((text) => [text]),
  );
  return session.all(sql`SELECT ${columns} FROM ${table} ORDER BY n`);
}

/** The pairs that differ, so that a failure shows those few and not thousands. */
function disagreements(found: readonly unknown[], expected: readonly unknown[]): unknown[] {
  expect(found).toHaveLength(expected.length);
  const pairs = found.map((value, index) => ({ found: value, expected: expected[index] }));
  return pairs.filter((pair) => JSON.stringify(pair.found) !== JSON.stringify(pair.expected));
}

describe.each(SEEDS)('the SQL twins agree with TypeScript on whatever a source may hold (seed %i)', (seed) => {
  it.each(IDENTIFIER_KINDS)('canonical values and reasons of %s', async (kind) => {
    const texts = fc.sample(rawIdentifier(kind), { numRuns: TEXTS, seed });
    const value = canonicalValueSql(session.dialect, kind, raw('t'));
    const reason = canonicalReasonSql(session.dialect, kind, raw('t'), value);
    const rows = await judge(texts, sql`${value} AS canonical, ${reason} AS drop_reason`);
    const found = rows.map((row, index) => [texts[index], row.canonical, row.drop_reason]);
    const expected = texts.map((text) => {
      const result = canonicalise(kind, text);
      return 'value' in result ? [text, result.value, null] : [text, null, result.reason];
    });
    expect(disagreements(found, expected)).toEqual([]);
    // Enough of the texts are identifiers of this kind for the agreement to mean something.
    expect(found.filter(([, canonical]) => canonical !== null).length).toBeGreaterThan(TEXTS / 10);
  });

  it('blankSql, trimmedSql', async () => {
    const texts = fc.sample(anyRaw, { numRuns: TEXTS, seed });
    const rows = await judge(
      texts,
      sql`${blankSql(session.dialect, raw('t'))} AS blank, hex(${trimmedSql(raw('t'))}) AS trimmed`,
    );
    const found = rows.map((row, index) => [texts[index], row.blank, row.trimmed]);
    const expected = texts.map((text) => [
      text,
      isBlank(text),
      text === null ? null : Buffer.from(trimSpace(text)).toString('hex').toUpperCase(),
    ]);
    expect(disagreements(found, expected)).toEqual([]);
  });

  it('deviceTypeSql and deviceTypeCodeSql', async () => {
    const words = fc.sample(typeWord, { numRuns: TEXTS, seed });
    const [type, code] = [deviceTypeSql(session.dialect, raw('t')), deviceTypeCodeSql(session.dialect, raw('t'))];
    const rows = await judge(words, sql`${type} AS device_type, ${code} AS code`);
    const found = rows.map((row, index) => [words[index], row.device_type, row.code]);
    const codes = { IDFA: 1, GAID: 2 } as const;
    const expected = words.map((word) => {
      const parsed = parseDeviceType(word);
      return [word, parsed, parsed === null ? null : codes[parsed]];
    });
    expect(disagreements(found, expected)).toEqual([]);
    expect(new Set(rows.map((row) => row.device_type))).toEqual(new Set(['IDFA', 'GAID', null]));
  });

  it('suppressionKeySql', async () => {
    const entries = fc.sample(fc.tuple(typeWord, fc.oneof(anyRaw, listedHash)), { numRuns: TEXTS, seed });
    const table = await fill('entries', ['type', 'value'], entries);
    const keys = suppressionKeySql(session.dialect, raw('type'), raw('value'));
    const rows = await session.all(keys(sql`SELECT * FROM ${table}`));
    const line = (n: unknown, of: unknown, form: unknown, key: unknown): string => [n, of, form, key].join(' ');
    const found = rows.map((row) => line(row.n, row.entry_class, row.entry_form, row.entry_key));
    const expected = entries.flatMap(([type, value], n) =>
      suppressionKeys(type, value).map((key) => line(n, key.class, key.form, key.key)),
    );
    expect({
      only_sql: found.filter((text) => !expected.includes(text)),
      only_ts: expected.filter((text) => !found.includes(text)),
    }).toEqual({
      only_sql: [],
      only_ts: [],
    });
    expect(found).toHaveLength(expected.length);
    expect(found.filter((text) => text.includes(' sha256 ')).length).toBeGreaterThan(TEXTS / 5);
  });
});

describe('what the SQL twins say, by example', () => {
  const device = 'aebe52e7-03ee-455a-b3c4-e57283966239';

  it('ID-01, ID-02, ID-04: device ids and addresses', async () => {
    const verdicts = async (kind: 'MAID' | 'IP', texts: readonly string[]): Promise<unknown[]> => {
      const value = canonicalValueSql(session.dialect, kind, raw('t'));
      const reason = canonicalReasonSql(session.dialect, kind, raw('t'), value);
      return (await judge(texts, sql`coalesce(${value}, ${reason}) AS verdict`)).map(({ verdict }) => verdict);
    };
    expect(await verdicts('MAID', [device.toUpperCase(), `{${device}}`, device.replaceAll('-', ''), device.slice(1)])).toEqual([
      device,
      device,
      device,
      'MALFORMED',
    ]);
    expect(
      await verdicts('MAID', [
        '00000000-0000-0000-0000-000000000000',
        'b602d594afd2b0b327e07a06f36ca6a7e42546d0',
        'SYS-1',
        ' null ',
      ]),
    ).toEqual(['ZERO_ID', 'ZERO_ID', 'SYNTHETIC', 'BLANK']);
    expect(
      await verdicts('IP', [
        '010.1.2.3',
        '::ffff:8.8.8.8',
        '100.64.0.1',
        'fe80::1%eth0',
        '2001:4860:0:0:0:0:0:8888',
        '::ffff:a00:1',
      ]),
    ).toEqual(['MALFORMED', '8.8.8.8', 'NON_PUBLIC_IP', 'MALFORMED', '2001:4860::8888', 'NON_PUBLIC_IP']);
  });

  it('ID-04: every range ends where TypeScript says', async () => {
    const value = canonicalValueSql(session.dialect, 'IP', raw('t'));
    const reason = canonicalReasonSql(session.dialect, 'IP', raw('t'), value);
    const rows = await judge(addressEdges, sql`${value} AS canonical, ${reason} AS drop_reason`);
    const found = rows.map((row, index) => [addressEdges[index], row.canonical ?? row.drop_reason]);
    const expected = addressEdges.map((text) => [text, ...Object.values(canonicalise('IP', text))]);
    expect(disagreements(found, expected)).toEqual([]);
    expect(new Set(found.map(([, verdict]) => verdict === 'NON_PUBLIC_IP'))).toEqual(new Set([true, false]));
  });

  it('ID-08: the hash of California’s DROP is found among a device’s hashes', async () => {
    const drop = 'nMVJoQJ3vjAudVZ7lMxsvmdm8a7VeLrsGPrXLOyFHn0=';
    const table = await fill('entries', ['type', 'value'], [['MAID', drop]]);
    const [entry] = await session.all(suppressionKeySql(session.dialect, raw('type'), raw('value'))(sql`SELECT * FROM ${table}`));
    const hashes = join(
      suppressionHashesSql(session.dialect, 'MAID', raw('t')).map((hash, index) => sql`${hash} AS ${raw(`h${index}`)}`),
    );
    const [row] = await judge([device], hashes);
    const found = [row?.h0, row?.h1, row?.h2, row?.h3];
    expect(found).toEqual([...suppressionHashes('MAID', device)]);
    expect(entry).toMatchObject({ entry_class: 'DEVICE', entry_form: 'sha256', entry_key: found[2] });
  });

  it('hashes what is no device as it is', async () => {
    const [hash, ...others] = suppressionHashesSql(session.dialect, 'IP', raw('t'));
    expect(others).toEqual([]);
    const [row] = await judge(['8.8.8.8'], sql`${hash ?? null} AS hash`);
    expect([row?.hash]).toEqual([...suppressionHashes('IP', '8.8.8.8')]);
  });
});
