import { type App, openApp } from '../../src/app.ts';
import { openLog } from '../../src/lib/log.ts';
import type { HandClock } from './hand-clock.ts';
import type { Project } from './project.ts';

/** Opens a project's application for writing, with a clock that the test moves. */
export function openByHand(project: Project, clock: HandClock, signal = new AbortController().signal): Promise<App> {
  return openApp({
    home: project.path('.aquarius'),
    file: project.path('aquarius.yaml'),
    env: { ...process.env, ...project.env },
    clock,
    log: openLog('silent'),
    mode: 'write',
    signal,
  });
}
