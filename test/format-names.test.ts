import { expect, test } from 'vitest';
import { checkLayout } from '../src/format/check-layout.ts';
import { fileName } from '../src/format/file-name.ts';
import { activationLayout } from '../src/format/layouts/activation.ts';
import { eventLogLayout } from '../src/format/layouts/event-log.ts';
import { contextOf } from './support/format.ts';

const refused = expect.objectContaining({ kind: 'config', code: 'file_name' });

test('a name says agency, advertiser, segment, date, run and part', () => {
  const context = contextOf({ segmentId: 'S1', runId: 'r1' });
  expect(fileName(eventLogLayout(), context, 12)).toBe('1480_4711_S1_2026-02-16_r1_0012.psv');
  expect(fileName(activationLayout(), context, 1, 'RAMPID')).toBe('1480_4711_S1_RAMPID_2026-02-16_r1_0001.psv');
});

test('compression and encryption append their extensions, in the order in which they are applied', () => {
  const context = contextOf({ segmentId: 'S1', runId: 'r1' });
  const template = { nameTemplate: '{segmentId}-{runId}' };
  expect(fileName(eventLogLayout({ ...template, compression: 'gzip' }), context, 1)).toBe('S1-r1.psv.gz');
  expect(fileName(eventLogLayout({ ...template, pgpPublicKey: 'key' }), context, 1)).toBe('S1-r1.psv.gpg');
  expect(fileName(eventLogLayout({ ...template, compression: 'gzip', pgpPublicKey: 'key' }), context, 1)).toBe(
    'S1-r1.psv.gz.gpg',
  );
});

test('whatever partners refuse in a name becomes a hyphen: spaces, colons, signs, other letters (LR-08)', () => {
  const layout = eventLogLayout({ nameTemplate: 'x {segmentId} {slot} {destination} {runId}' });
  const context = contextOf({
    segmentId: 'Köln/!@#$%[]:{}?*\\;🚗',
    slot: '2026-01-01T00:00:00.000Z',
    destination: '../up',
    runId: 'r1',
  });
  expect(fileName(layout, context, 1)).toBe(`x-K-ln${'-'.repeat(17)}2026-01-01T00-00-00.000Z-..-up-r1.psv`);
});

test.each(['_none', '.hidden'])('a name that begins with a dot or an underscore is refused: %s (LR-08)', (segmentId) => {
  const layout = eventLogLayout({ nameTemplate: '{segmentId}_{runId}' });
  expect(() => fileName(layout, contextOf({ segmentId }), 1)).toThrow(refused);
});

test('a name of 250 characters passes and one of 251 is refused, extensions included (LR-08)', () => {
  const layout = eventLogLayout({ nameTemplate: '{segmentId}{runId}', compression: 'gzip' });
  const segmentId = 'x'.repeat(250 - 'r1.psv.gz'.length);
  expect(fileName(layout, contextOf({ segmentId, runId: 'r1' }), 1)).toHaveLength(250);
  expect(() => fileName(layout, contextOf({ segmentId: `${segmentId}x`, runId: 'r1' }), 1)).toThrow(refused);
});

test('an unknown field is refused, and the field that was meant is named', () => {
  expect(() => eventLogLayout({ nameTemplate: '{segmentID}_{runId}' })).toThrow(
    expect.objectContaining({ code: 'file_name', hint: 'Did you mean segmentId?' }),
  );
  expect(() => eventLogLayout({ nameTemplate: '{runId}_{toString}' })).toThrow(refused);
});

test.each(['{runId', 'runId}_{runId}', '{{runId}}'])('a template with a stray brace is refused: %s', (nameTemplate) => {
  expect(() => eventLogLayout({ nameTemplate })).toThrow(refused);
});

test('a template by which a later file would overwrite an earlier one is refused', () => {
  expect(() => eventLogLayout({ nameTemplate: '{segmentId}_{date}_{part}' })).toThrow(refused);
  expect(() => activationLayout({ nameTemplate: '{segmentId}_{runId}_{part}' })).toThrow(refused);
});

test('a template that names the type of a file with all types is refused', () => {
  expect(() => eventLogLayout({ nameTemplate: '{identifierType}_{runId}' })).toThrow(refused);
});

test.each(['psv', '.p v', '', './x'])('a file extension must be one: %j', (extension) => {
  expect(() => checkLayout({ ...eventLogLayout(), extension })).toThrow(refused);
});
