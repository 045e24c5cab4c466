import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type DeliverOutput, deliverOutput } from '../src/shapes/shapes.ts';
import { device, impression, makeProject, mapping } from './support/project.ts';

const AT = '2026-02-18T12:00:00Z';
const PRESET = `
columns:
  - { header: MAID, value: "identifier:upper:compact" }
  - { header: SHA1, value: "sha1(identifier:lower)" }
  - { header: UNTIL, value: "expiresAt:iso" }
nameTemplate: "{feed}_{timestamp}_{md5}"
lineEnd: crlf
delimiter: tab
expiryDays: 30
identifiers: [IDFA, GAID]
minRows: 2
done: { per: file, content: "{rows}" }
`;

test('PM-09, PM-10 a partner who exists only in configuration is delivered to; an empty or small audience is skipped with its reason', async () => {
  using project = makeProject('');
  const inbox = project.path('inbox');
  mkdirSync(inbox);
  const preset = project.write('presets/newcomer.yaml', PRESET);
  project.write(
    'aquarius.yaml',
    `destinations:
  newcomer:
    type: partner-file
    presetFile: ${preset}
    fields: { feed: ACME }
    via: { type: folder, path: ${inbox} }
policy:
  minAudience: 1
`,
  );
  const ids = [device(1), device(2)].sort();
  project.writeRows('log.jsonl', [
    ...ids.map((id) => impression(id, { at: '2026-02-17T10:00:00Z', type: 'GAID' })),
    impression(device(3), { at: '2026-02-17T10:00:00Z', type: 'GAID', dspAdvertiser: 'D2' }),
    impression('00000000-0000-0000-0000-000000000000', { at: '2026-02-17T10:00:00Z', dspAdvertiser: 'D3' }),
  ]);
  project.writeRows('mapping.jsonl', [mapping('4711'), mapping('4712', 'D2'), mapping('4713', 'D3')]);
  await project.done('load', 'ad_impression_log_v2', 'log.jsonl');
  await project.done('load', 'PIXEL_CAMPAIGN_MAPPING_V2', 'mapping.jsonl');
  for (const advertiser of ['4711', '4712', '4713']) {
    await project.done(
      'config',
      'set',
      '1480',
      advertiser,
      'deliveryEnabled=true',
      'deliveryDestinations=[{"destination":"newcomer"}]',
    );
  }
  const delivered = deliverOutput.parse(JSON.parse((await project.run('deliver', '--at', AT, '--json')).stdout));
  const ends = delivered.runs.map(({ advertiserId, state, reason }) => [advertiserId, state, reason]);
  expect(ends.sort()).toEqual([
    ['4711', 'delivered', null],
    ['4712', 'skipped', 'below_minimum'],
    ['4713', 'skipped', 'empty'],
  ]);

  const tooFew = [
    ['4712', 'below_minimum', '1 identifiers, 2 needed'],
    ['4713', 'empty', 'no identifier is left'],
  ];
  const reasonsOf = ({ notDelivered }: DeliverOutput) =>
    notDelivered.map(({ advertiserId, reason, detail }) => [advertiserId, reason, detail]);
  expect(reasonsOf(delivered)).toEqual(tooFew);
  // They are counted before they are begun again.
  const again = deliverOutput.parse(JSON.parse((await project.run('deliver', '--at', AT, '--json')).stdout));
  expect(again.runs.map(({ state, attempts }) => [state, attempts])).toEqual([
    ['skipped', 1],
    ['skipped', 1],
  ]);
  expect(reasonsOf(again)).toEqual(tooFew);

  const [data = '', done = '', ...more] = readdirSync(inbox).sort();
  expect(more).toEqual([]);
  const content = readFileSync(join(inbox, data));
  expect(data).toMatch(new RegExp(`^ACME_\\d{14}_${createHash('md5').update(content).digest('hex')}\\.tsv$`));
  expect(done).toBe(`${data}.done`);
  expect(readFileSync(join(inbox, done), 'utf8')).toBe('2');
  const lines = content.toString().split('\r\n');
  expect(lines).toHaveLength(4);
  expect(lines[0]).toBe('MAID\tSHA1\tUNTIL');
  for (const [index, id] of ids.entries()) {
    const sha1 = createHash('sha1').update(id).digest('hex');
    expect(lines[index + 1]).toMatch(new RegExp(`^${id.toUpperCase().replaceAll('-', '')}\t${sha1}\t\\d{4}-\\d\\d-\\d\\dT`));
  }
});
