import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type App, openApp } from '../../app.ts';
import { deliver } from '../../delivery/deliver.ts';
import { systemClock } from '../../lib/clock.ts';
import { openLog } from '../../lib/log.ts';
import { withResource } from '../../lib/with-resource.ts';
import type { PlanOutput } from '../../shapes/shapes.ts';
import { deliverShape, planShape } from '../../shapes/to-shape.ts';
import { deliverText } from '../deliver-text.ts';
import { currentIo } from '../io.ts';
import { planText } from '../plan-text.ts';
import { openProgress, type Progress, shareProgress } from '../progress.ts';
import { type GlobalOptions, print, printJson } from '../session.ts';
import { counted } from '../table.ts';
import { generateDemo } from './generate-demo.ts';
import { DEMO_USER, type DemoFolder, prepareDemo, writeDemoSettings } from './prepare-demo.ts';
import { startSftpPartner } from './sftp-partner.ts';
import { showFiles } from './show-files.ts';

interface DemoOptions extends GlobalOptions {
  readonly rows: number;
  readonly keep?: boolean;
}

const KEPT_FOLDER = '.aquarius-demo';
/** The same seed always makes the same warehouse, but for the times, which are relative to now. */
const SEED = 1;

export async function runDemo(options: DemoOptions): Promise<void> {
  const { rows } = options;
  const { cwd } = currentIo();
  const keep = options.keep === true || options.home !== undefined;
  const home = keep ? resolve(cwd, options.home ?? KEPT_FOLDER) : await mkdtemp(join(tmpdir(), 'aquarius-demo-'));
  try {
    const folder = await prepareDemo(home);
    const partner = await startSftpPartner({
      root: folder.partnerRoot,
      username: DEMO_USER,
      publicKey: folder.publicKey,
      hostKey: folder.hostKey,
    });
    try {
      await writeDemoSettings(folder, partner.port);
      await demonstrate(folder, rows, keep, options);
    } finally {
      await partner[Symbol.asyncDispose]();
    }
  } finally {
    if (!keep) await rm(home, { recursive: true, force: true });
  }
}

async function demonstrate(folder: DemoFolder, rows: number, keep: boolean, options: DemoOptions): Promise<void> {
  const progress = openProgress(options.json !== true);
  const lane = shareProgress(progress);
  const opening = openApp({
    home: folder.home,
    file: folder.settingsFile,
    env: {},
    clock: systemClock,
    log: openLog(options.logLevel ?? 'warn'),
    mode: 'write',
    signal: currentIo().signal,
  });
  await withResource(opening, async (app) => {
    const say = options.json === true ? () => {} : print;
    if (folder.seenBefore) say(`Using the warehouse of an earlier demo in ${folder.home}.\n`);
    else say(`${await makeWarehouse(app, rows, progress)}\n`);
    let planned: PlanOutput | null = null;
    const outcome = await deliver(
      await app.engine(),
      { at: app.clock.now(), force: false },
      {
        onPlanned: (plan) => {
          progress.clear();
          planned = planShape(plan);
          say(`── The plan ──\n${planText(planned)}\n`);
        },
        onRun: (delivery) => lane(delivery.segmentId),
      },
    );
    progress.clear();
    const shape = deliverShape(outcome);
    if (options.json === true) {
      printJson({ home: folder.home, plan: planned, deliver: shape });
      return;
    }
    say(`── The ledger ──\n${deliverText(shape)}\n`);
    say(`── What the SFTP partner has in /uploads/demo ──\n${await showFiles(join(folder.partnerRoot, 'uploads', 'demo'))}\n`);
    say(`── What the folder destination has ──\n${await showFiles(folder.archive)}\n`);
    say(nextSteps(folder, keep));
  });
}

async function makeWarehouse(app: App, rows: number, progress: Progress): Promise<string> {
  progress.step(`making ${counted(rows, 'impression')}`);
  const summary = await withResource(app.warehouse.session(), (session) =>
    generateDemo(session, { rows, seed: SEED, now: app.clock.now() }),
  );
  progress.clear();
  return `Made a warehouse: ${counted(summary.advertisers, 'advertiser')} of ${counted(summary.agencies, 'agency', 'agencies')}, ${counted(summary.impressions, 'impression')}, with every flaw that real logs have.`;
}

function nextSteps(folder: DemoFolder, keep: boolean): string {
  // As the launcher was called, so that the lines can be pasted.
  const program = currentIo().env.AQUARIUS_COMMAND ?? 'aquarius';
  if (!keep) {
    return [
      'What to try next:',
      `  ${program} demo --keep            keeps the data directory; run it twice and see that nothing is sent twice`,
      `  ${program} demo --rows 5000000    more impressions`,
      `  ${program} init                   begin with your own warehouse and partner`,
    ].join('\n');
  }
  const command = `${program} --home ${folder.home}`;
  return [
    `Kept in ${folder.home}. What to try next:`,
    `  ${program} demo --keep${folder.home === resolve(currentIo().cwd, KEPT_FOLDER) ? '' : ` --home ${folder.home}`}   again: nothing is sent twice`,
    `  ${command} plan                 what is due, and why the rest is not`,
    `  ${command} runs                 the ledger; then: runs show ID`,
    `  ${command} config list          the advertisers; then: config show AGENCY ADVERTISER`,
    `  ${command} config set AGENCY ADVERTISER lookbackDays=7`,
    `  ${command} deliveries           the standing orders, and when each is next due`,
    `  ${command} serve                deliver by itself from now on, with an HTTP API; the lines above then go through it`,
  ].join('\n');
}
