import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeProject, type Project } from './support/project.ts';
import { openProject } from './support/seed.ts';

/** Commands start fast as long as they load what they use and nothing else. */

const AT = new Date('2026-02-18T12:00:00Z');

/** Runs before the program, in its process: writes down what is loaded. */
const RECORDER = `
import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
registerHooks({
  load(url, context, next) {
    appendFileSync(process.env.LOADED_MODULES, url + '\\n');
    return next(url, context);
  },
});
`;

let project: Project;
beforeAll(async () => {
  project = makeProject('');
  project.env.NODE_OPTIONS = `--import ${project.write('recorder.mjs', RECORDER)}`;
  // Makes the data directory: there is something to plan and to list then.
  await (await openProject(project, { at: AT }))[Symbol.asyncDispose]();
});
afterAll(() => project[Symbol.dispose]());

/** The packages that a command loads. */
async function packagesOf(...args: readonly string[]): Promise<readonly string[]> {
  project.env.LOADED_MODULES = project.write(`${args.join('-')}.txt`, '');
  await project.done(...args);
  const urls = readFileSync(project.env.LOADED_MODULES, 'utf8');
  return [...new Set([...urls.matchAll(/\/node_modules\/((?:@[^/]+\/)?[^/]+)\//g)].map(([, name = '']) => name))].toSorted();
}

test('help loads the parser of the command line alone', async () => {
  expect(await packagesOf('--help')).toEqual(['commander']);
});

test('a command that reads the ledger opens no warehouse, and a plan reaches for no partner', async () => {
  const engine = expect.arrayContaining(['@duckdb/node-api']);
  const listing = await packagesOf('runs');
  expect(listing).toContain('kysely');
  expect(listing).not.toEqual(engine);
  const planning = await packagesOf('plan');
  expect(planning).toEqual(engine);
  expect(
    planning.filter((name) =>
      /^(@aws-sdk|@smithy|@hono|hono|@opentelemetry|avsc|nodemailer|openpgp|pg|prom-client|ssh2)/.test(name),
    ),
  ).toEqual([]);
});
