import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { CallSite } from './statement-log.ts';

/** Parts of `src/` whose statements are one engine's alone: what loads files, what makes the demo, and the engines' own. */
const OTHERS = ['warehouse/duckdb/', 'warehouse/snowflake/', 'warehouse/load/', 'cli/demo/'];
/** They hand statements on, and have none. */
const PASSING = ['warehouse/dialect.ts', 'warehouse/with-signal.ts'];

const CALL =
  /\b(?:session|reader|writer)\.(?:all|execute|query|unload)\(|(?<!function |\.)\b(?:workTable|keptTable|sharedTable)\(/;

/** Every line of `src/` that runs a statement, or has one run, with its text. */
export function sourceCallSites(): readonly { readonly site: CallSite; readonly text: string }[] {
  const root = resolve('src');
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => [...OTHERS, ...PASSING].every((other) => !file.startsWith(other)));
  return files
    .flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .flatMap((line, index) =>
          CALL.test(line) && !/^\s*(\/\/|\*|\/\*)/.test(line) ? [{ site: `${file}:${index + 1}`, text: line.trim() }] : [],
        ),
    )
    .sort((one, other) => (one.site < other.site ? -1 : 1));
}
