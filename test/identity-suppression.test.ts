import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { suppressionHashes, suppressionKeys } from '../src/identity/suppression-key.ts';

const DEVICE = 'aebe52e7-03ee-455a-b3c4-e57283966239';
const DROP = 'nMVJoQJ3vjAudVZ7lMxsvmdm8a7VeLrsGPrXLOyFHn0=';
const sha256 = (text: string, encoding: 'hex' | 'base64' | 'base64url' = 'hex'): string =>
  createHash('sha256').update(text).digest(encoding);

describe('the keys of a suppression entry', () => {
  it.each(['IDFA', 'GAID', 'MAID', ' idfa ', 'aaid', 'Android'])('ID-09: %j means the device, in any spelling', (type) => {
    for (const value of [DEVICE, DEVICE.toUpperCase(), `{${DEVICE}}`, DEVICE.replaceAll('-', ''), ` ${DEVICE} `]) {
      expect(suppressionKeys(type, value)).toEqual([{ class: 'DEVICE', form: 'plain', key: DEVICE }]);
    }
  });

  it('ID-08: the hash of California’s DROP is one of the device’s hashes, and is not that of the hyphenated form', () => {
    const [key, ...others] = suppressionKeys('MAID', DROP);
    expect(others).toEqual([]);
    expect(key).toEqual({ class: 'DEVICE', form: 'sha256', key: sha256('aebe52e703ee455ab3c4e57283966239') });
    expect(suppressionHashes('IDFA', DEVICE)).toContain(key?.key);
    expect(sha256(DEVICE, 'base64')).not.toBe(DROP);
  });

  it.each([
    ['hyphens', DEVICE],
    ['no hyphens', DEVICE.replaceAll('-', '')],
    ['capitals and hyphens', DEVICE.toUpperCase()],
    ['capitals and no hyphens', DEVICE.replaceAll('-', '').toUpperCase()],
  ])('ID-09: a hash of the spelling with %s covers the device under all its types', (_how, spelling) => {
    const written = [
      sha256(spelling),
      sha256(spelling).toUpperCase(),
      sha256(spelling, 'base64'),
      sha256(spelling, 'base64url'),
      ` ${sha256(spelling)}\n`,
    ];
    for (const value of written) {
      const keys = suppressionKeys('GAID', value).map(({ form, key }) => [form, key]);
      expect(keys).toEqual([['sha256', sha256(spelling)]]);
    }
    for (const type of ['IDFA', 'GAID', 'MAID'] as const) expect(suppressionHashes(type, DEVICE)).toContain(sha256(spelling));
  });

  it('hashes a device in four spellings and anything else as it is', () => {
    expect(new Set(suppressionHashes('MAID', DEVICE)).size).toBe(4);
    expect(suppressionHashes('IP', '8.8.8.8')).toEqual([sha256('8.8.8.8')]);
    expect(suppressionHashes('RAMPID', 'XY10aB')).toEqual([sha256('XY10aB')]);
  });

  it('takes a text that may be a UID2 or a hash for both', () => {
    expect(suppressionKeys('UID2', DROP)).toEqual([
      { class: 'UID2', form: 'plain', key: DROP },
      { class: 'UID2', form: 'sha256', key: Buffer.from(DROP, 'base64').toString('hex') },
    ]);
  });

  it.each(['*', '', null, 'EMAIL', 'unknown'])('an entry of type %j suppresses whatever its value can be', (type) => {
    expect(suppressionKeys(type, '008')).toEqual([
      { class: 'RAMPID', form: 'plain', key: '008' },
      { class: 'UUID2', form: 'plain', key: '8' },
    ]);
    expect(suppressionKeys(type, DEVICE)).toContainEqual({ class: 'DEVICE', form: 'plain', key: DEVICE });
    expect(suppressionKeys(type, '::ffff:8.8.8.8')).toContainEqual({ class: 'IP', form: 'plain', key: '8.8.8.8' });
    expect(suppressionKeys(type, DROP)).toContainEqual({
      class: 'ANY',
      form: 'sha256',
      key: sha256('aebe52e703ee455ab3c4e57283966239'),
    });
  });

  it.each([
    ['IDFA', null],
    ['IDFA', ''],
    ['*', 'unknown'],
    ['GAID', '8.8.8.8'],
    ['IP', DEVICE],
    ['IP', '10.0.0.1'],
    ['MAID', sha256(DEVICE).slice(1)],
    ['MAID', `${sha256(DEVICE, 'base64url').slice(0, 42)}B`],
    ['UUID2', '18446744073709551616'],
  ])('an entry %j, %j suppresses nothing', (type, value) => {
    expect(suppressionKeys(type, value)).toEqual([]);
  });
});
