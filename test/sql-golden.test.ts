import { readdirSync } from 'node:fs';
import { Dialect, init, transpile } from '@polyglot-sql/sdk';
import { beforeAll, describe, expect, test } from 'vitest';
import { actOnDemo } from './support/golden-sql/acts-on-demo.ts';
import { actOnNothing } from './support/golden-sql/acts-on-nothing.ts';
import { actOnSite } from './support/golden-sql/acts-on-site.ts';
import { sourceCallSites } from './support/golden-sql/source-call-sites.ts';
import { ENGINES, type StatementLog, statementLog } from './support/golden-sql/statement-log.ts';

/**
 * Every statement that the product can issue, as each engine is asked, in test/golden/sql: the product is used for all that it does, and
 * each statement is noted on its way. `npm test -- test/sql-golden.test.ts -u` writes the files anew.
 */

const FOLDER = 'test/golden/sql';

/** Lines that run no statement here, by what is in them. */
const UNSEEN = [
  {
    file: 'delivery/export-lines.ts',
    text: "workTable(session, 'numbered'",
    why: 'for a warehouse that writes files itself: test/snowflake-unload.test.ts',
  },
  {
    file: 'delivery/pack-lines.ts',
    text: 'session.unload(lines, pipe.path',
    why: 'the same statement as for small files, through a pipe',
  },
];

let log: StatementLog;
beforeAll(async () => {
  log = statementLog();
  await actOnNothing(log);
  await actOnSite(log);
  await actOnDemo(log);
});

/** The files of the folder that an engine's statements are in, by the room of `src/` that they come from. */
function goldenFiles(engine: (typeof ENGINES)[number]): ReadonlyMap<string, string> {
  const rooms = Map.groupBy(log.statements(engine), ([file]) => file.split('/')[0]?.replace(/\.ts$/, '') ?? '');
  const sections = (files: readonly (readonly [string, readonly string[]])[]): string =>
    files.map(([file, statements]) => `-- ${file}\n\n${statements.map((statement) => `${statement};\n`).join('\n')}`).join('\n');
  return new Map(
    [...rooms].map(([room, files]) => [`${room}.sql`, `-- A question mark is a bound value.\n\n${sections(files)}`]),
  );
}

test('every line that runs a statement was seen to run it', () => {
  const unseen = sourceCallSites().filter(({ site }) => !log.callSites.has(site));
  const isKnown = ({ site, text }: (typeof unseen)[number]): boolean =>
    UNSEEN.some((line) => site.startsWith(`${line.file}:`) && text.includes(line.text));
  expect(unseen.filter((line) => !isKnown(line))).toEqual([]);
  expect(unseen).toHaveLength(UNSEEN.length);
});

describe.each(ENGINES)('the statements of %s', (engine) => {
  test('are those of the golden files', async () => {
    const files = goldenFiles(engine);
    for (const [name, text] of files) await expect(text).toMatchFileSnapshot(`../${FOLDER}/${engine}/${name}`);
    expect(readdirSync(`${FOLDER}/${engine}`).sort()).toEqual([...files.keys()].sort());
  });
});

/** Our deepest statements are nested deeper than what its build for WebAssembly takes unless it is told. */
const DEPTH = { complexityGuard: { maxParserDepth: 96 } };

test('every statement of Snowflake is one by its grammar', async () => {
  await init();
  const wrong = [...log.statements('snowflake')].flatMap(([file, statements]) =>
    statements.flatMap((statement) => {
      const { success, error } = transpile(statement, Dialect.Snowflake, Dialect.Snowflake, DEPTH);
      return success ? [] : [`${file}: ${error}\n${statement}`];
    }),
  );
  expect(wrong).toEqual([]);
});
