import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withResource } from '../src/lib/with-resource.ts';
import { DROP_KEY, type DropServer, dropServer } from './standins/drop-server.ts';
import { device, impression, makeProject, type Project } from './support/project.ts';
import { openProject, seed } from './support/seed.ts';

/** `suppressions`: who must never be delivered, as a person keeps the list. */

const AT = new Date('2026-02-18T12:00:00Z');
const DEVICE = 'AEBE52E7-03EE-455A-B3C4-E57283966239';
const DEVICE_HASH = 'nMVJoQJ3vjAudVZ7lMxsvmdm8a7VeLrsGPrXLOyFHn0=';

let project: Project;
let server: DropServer;
beforeAll(async () => {
  server = await dropServer();
  project = makeProject(`drop: { url: '${server.url}', apiKey: 'env:DROP_KEY' }\n`);
  project.env.DROP_KEY = DROP_KEY;
  await seed(project, AT, {
    AD_IMPRESSION_LOG_V2: [impression(DEVICE, { at: '2026-02-17T12:00:00Z' })],
    SUPPRESSION: [{ IDENTIFIER_TYPE: 'ip', IDENTIFIER_VALUE: 'no address', AGENCY_ID: '1480' }],
  });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  project[Symbol.dispose]();
});

const lines = (text: string): string[][] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.trim().split(/ {2,}/));

describe('suppressions', () => {
  test('an identifier is added once in whatever spelling, and never shown', async () => {
    const added = await project.done('suppressions', 'add', 'IDFA', DEVICE, '--reason', 'wrote to us');
    expect(added.stdout).toBe('One more IDFA is on the list.\n');
    const again = await project.done('suppressions', 'add', 'IDFA', DEVICE.toLowerCase().replaceAll('-', ''), '--json');
    expect(again.json()).toEqual({ added: 0 });
    const useless = await project.run('suppressions', 'add', 'IP', DEVICE);
    expect([useless.code, useless.stderr.includes('suppression_useless') || useless.stderr.includes('is no IP')]).toEqual([
      78,
      true,
    ]);
    expect(useless.stderr.toLowerCase()).not.toContain(DEVICE.toLowerCase());
    for (const args of [
      ['IDFA'],
      [],
      ['COOKIE', '1'],
      ['IDFA', DEVICE, '--file', 'x.csv'],
      ['--file', 'x.csv', '--agency', '1'],
    ]) {
      expect((await project.run('suppressions', 'add', ...args)).code, args.join(' ')).toBe(64);
    }
  });

  test('a file of entries is added, and all are counted by agency and type', async () => {
    const rows = [
      'IDENTIFIER_TYPE,IDENTIFIER_VALUE,AGENCY_ID',
      `GAID,${device(1)},`,
      `GAID,${device(2)},1480`,
      `MAID,${DEVICE_HASH},*`,
    ];
    project.write('list.csv', `${rows.join('\n')}\n`);
    expect((await project.done('suppressions', 'add', '--file', 'list.csv')).stdout).toBe('3 more entries on the list.\n');
    const shown = await project.done('suppressions');
    expect(lines(shown.stdout).filter(([first]) => !first?.startsWith('─'))).toEqual([
      ['AGENCY', 'TYPE', 'ENTRIES'],
      ['all', 'GAID', '1'],
      ['all', 'IDFA', '1'],
      ['all', 'MAID', '1'],
      ['1480', 'GAID', '1'],
      ['1480', 'IP', '1'],
      ['1 entry can suppress nobody; docs/identifiers.md shows what is understood.'],
    ]);
    expect((await project.done('suppressions', 'list', '--json')).json()).toMatchObject({
      entries: [{ agencyId: '*', type: 'GAID', entries: 1 }, {}, {}, {}, {}],
      unusable: 1,
    });
  });

  test('an entry is removed with a reason, and who changed the list is kept without whom it was about', async () => {
    expect((await project.run('suppressions', 'remove', 'GAID', device(2), '--agency', '1480')).code).toBe(64);
    const remove = ['suppressions', 'remove', 'GAID', device(2).toUpperCase(), '--reason', 'a mistake'];
    expect((await project.run(...remove)).code).toBe(78);
    expect((await project.done(...remove, '--agency', '1480')).stdout).toBe('1 entry taken off the list.\n');
    const audit = await withResource(openProject(project, { at: AT, mode: 'ledger' }), ({ ledger }) => ledger.auditLog());
    expect(
      audit.map(({ action, agencyId, subjectKind, subjectId, reason, after }) => [
        action,
        agencyId,
        subjectKind,
        subjectId,
        reason,
        after,
      ]),
    ).toEqual([
      ['suppression.remove', '1480', 'suppression', '1480', 'a mistake', { type: 'GAID', entries: 1 }],
      ['suppression.add', null, 'suppression', '*', null, { entries: 3 }],
      ['suppression.add', null, 'suppression', '*', 'wrote to us', { type: 'IDFA', entries: 1 }],
    ]);
    expect(JSON.stringify(audit)).not.toContain(device(2));
  });
});

describe('suppressions sync-drop', () => {
  test('puts the requests on the list, answers them, and says so', async () => {
    server.offer({ lists: { MAID: [{ id: 'A7kP2xQ9Lm4R', hash: DEVICE_HASH }] } });
    const dry = await project.done('suppressions', 'sync-drop', '--dry-run', '--json');
    expect(dry.json()).toMatchObject({ outcome: 'dryRun', lists: [{ list: 'MAID', requests: 1, added: 1, matched: 1 }] });
    const { stdout } = await project.done('suppressions', 'sync-drop');
    expect(lines(stdout).filter(([first]) => !first?.startsWith('─'))).toEqual([
      ['LIST', 'REQUESTS', 'NEW ON THE LIST', 'IN THE WAREHOUSE', 'ANSWERS'],
      ['MAID', '1', '1', '1', 'sent'],
      ['0 entries taken off the list, as asked.'],
    ]);
    expect(Object.fromEntries(server.answers)).toEqual({ A7kP2xQ9Lm4R: 4 });
  });

  test('without settings says what is missing', async () => {
    project.write('other.yaml', 'policy: { unknownConsent: allow }\n');
    const { code, stderr } = await project.run('--config', 'other.yaml', 'suppressions', 'sync-drop');
    expect([code, stderr.includes('apiKey')]).toEqual([78, true]);
  });
});
