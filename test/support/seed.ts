import { type App, type AppMode, openApp } from '../../src/app.ts';
import { clockAt } from '../../src/lib/clock.ts';
import { openLog } from '../../src/lib/log.ts';
import { withResource } from '../../src/lib/with-resource.ts';
import { loadFiles } from '../../src/warehouse/load/load-files.ts';
import type { Project } from './project.ts';

/** Opens a project's application in this process; `settings` names another settings file of the project. */
export function openProject(
  project: Project,
  options: { readonly at: Date; readonly mode?: AppMode; readonly settings?: string },
): Promise<App> {
  return openApp({
    home: project.path('.aquarius'),
    file: project.path(options.settings ?? 'aquarius.yaml'),
    env: project.env,
    clock: clockAt(options.at),
    log: openLog('silent'),
    mode: options.mode ?? 'write',
    signal: new AbortController().signal,
  });
}

type TestRows = readonly Readonly<Record<string, unknown>>[];

/** Loads rows into a project's tables, in this process: a command for each table would take a second. */
export async function seed(project: Project, at: Date, tables: Readonly<Record<string, TestRows>>): Promise<void> {
  await withResource(openProject(project, { at }), ({ warehouse, clock }) =>
    withResource(warehouse.session(), async (session) => {
      for (const [table, rows] of Object.entries(tables)) {
        const path = project.writeRows(`seed/${table.toLowerCase()}.jsonl`, rows);
        await loadFiles(session, { table, patterns: [path], clock });
      }
    }),
  );
}

/** A row of REF_ADVERTISER_CONFIG that is switched on, for agency 1480. */
export function configRow(
  advertiserId: string,
  destinations: string | readonly Readonly<Record<string, unknown>>[],
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    AGENCY_ID: '1480',
    ADVERTISER_ID: advertiserId,
    CONFIG_STATUS: 'ACTIVE',
    EXPOSURE_SOURCE: 'IMPRESSION',
    IMPRESSION_JOIN_STRATEGY: 'PCM_4KEY',
    DELIVERY_ENABLED: true,
    DELIVERY_CADENCE: 'WEEKLY',
    DELIVERY_LOOKBACK_DAYS: 30,
    DELIVERY_DESTINATIONS: typeof destinations === 'string' ? destinations : JSON.stringify(destinations),
    ...more,
  };
}
