import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { folderStageSettings, s3StageSettings } from '../src/stage/settings.ts';

const s3 = { type: 's3', bucket: 'acme-audiences', region: 'eu-central-1' };
const stage = z.discriminatedUnion('type', [folderStageSettings, s3StageSettings]);
const pathsOf = (settings: unknown) => stage.safeParse(settings).error?.issues.map(({ path }) => path.join('.'));

describe('settings of a stage', () => {
  test('a folder needs nothing but its type', () => {
    expect(stage.parse({ type: 'folder' })).toEqual({ type: 'folder', path: 'stage' });
  });

  test('a bucket needs its name and region, and is safe by default', () => {
    expect(stage.parse(s3)).toEqual({
      ...s3,
      prefix: '',
      forcePathStyle: false,
      sse: 'none',
      checksums: 'when-supported',
      concurrency: 4,
      timeoutSeconds: 120,
    });
  });

  test.each([
    { bucket: 'abc' },
    { bucket: 'with.dots-and-9' },
    { bucket: 'a'.repeat(63) },
    { prefix: 'aquarius/prod' },
    { prefix: 'aquarius/prod/' },
    { endpoint: 'https://account.r2.cloudflarestorage.com' },
    { endpoint: 'http://localhost:9000' },
    { sse: 'aws:kms', kmsKeyId: 'arn:aws:kms:eu-central-1:111122223333:key/1' },
    { accessKeyId: 'env:STAGE_KEY', secretAccessKey: 'file:/run/secrets/stage' },
    { accessKeyId: 'env:A', secretAccessKey: 'env:B', sessionToken: 'env:C' },
    { expectedBucketOwner: '012345678901' },
  ])('%j is accepted', (settings) => {
    expect(stage.parse({ ...s3, ...settings })).toMatchObject(settings);
  });

  test.each([
    ['bucket', { bucket: 'Upper' }],
    ['bucket', { bucket: 'under_score' }],
    ['bucket', { bucket: '-hyphen' }],
    ['bucket', { bucket: 'two..dots' }],
    ['bucket', { bucket: '192.168.1.1' }],
    ['bucket', { bucket: 'ab' }],
    ['bucket', { bucket: 'a'.repeat(64) }],
    ['prefix', { prefix: '/aquarius' }],
    ['prefix', { prefix: 'a//b' }],
    ['prefix', { prefix: '../b' }],
    ['prefix', { prefix: `${'a'.repeat(400)} ` }],
    ['endpoint', { endpoint: 'store.example.com' }],
    ['endpoint', { endpoint: 'https://key:secret@store.example.com' }],
    ['accessKeyId', { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'env:B' }],
    ['secretAccessKey', { accessKeyId: 'env:A' }],
    ['secretAccessKey', { secretAccessKey: 'env:B' }],
    ['sessionToken', { sessionToken: 'env:C' }],
    ['kmsKeyId', { kmsKeyId: 'alias/aquarius' }],
    ['expectedBucketOwner', { expectedBucketOwner: '12' }],
    ['partSizeMiB', { partSizeMiB: 4 }],
    ['concurrency', { concurrency: 0 }],
    ['timeoutSeconds', { timeoutSeconds: 0 }],
    ['', { partSize: 8 }],
  ])('a wrong %s is refused by its path: %j', (path, settings) => {
    expect(pathsOf({ ...s3, ...settings })).toEqual([path]);
  });

  test('every setting is described in the JSON Schema that editors and forms read', () => {
    const schema = z.toJSONSchema(stage, { io: 'input' });
    const variants = z.array(z.object({ properties: z.record(z.string(), z.object({ description: z.string().min(10) })) }));
    const described = variants.parse(schema.oneOf ?? schema.anyOf).map(({ properties }) => Object.keys(properties).length);
    expect(described).toEqual([2, 16]);
  });
});
