import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * `npm run new:destination NAME`: a new adapter for a partner with an API, small and working, with its stand-in, tests, golden file and page.
 * Nothing is written when the name is refused, or a file that must change is not as expected.
 */

const TEMPLATES = 'scripts/templates/api-destination';
const REGISTRY = 'src/destinations/registry.ts';
const ARROWS = '.dependency-cruiser.mjs';

const USAGE = 64;
const STALE = 70;

/** Words that no variable may be called. */
const RESERVED =
  /^(arguments|await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|eval|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|undefined|var|void|while|with|yield)$/;

/** Where each template goes. */
const targetsOf = (name: string): readonly (readonly [template: string, target: string])[] => [
  ['adapter.ts', `src/destinations/${name}/${name}.ts`],
  ['calls.ts', `src/destinations/${name}/calls.ts`],
  ['deliver.ts', `src/destinations/${name}/deliver.ts`],
  ['server.ts', `test/standins/${name}-server.ts`],
  ['test.ts', `test/destination-${name}.test.ts`],
  ['add.json', `test/golden/${name}/add.json`],
  ['page.md', `docs/destinations/${name}.md`],
];

function fail(message: string, code = USAGE): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

const upperFirst = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** The spellings of a name: `acme-ads` is acmeAds, AcmeAds, Acme Ads and ACME_ADS. */
function spellings(name: string): Readonly<Record<string, string>> {
  const words = name.split('-');
  const pascal = words.map(upperFirst).join('');
  return {
    name,
    camel: pascal.slice(0, 1).toLowerCase() + pascal.slice(1),
    pascal,
    title: words.map(upperFirst).join(' '),
    env: name.toUpperCase().replaceAll('-', '_'),
  };
}

const readTemplate = (template: string): string => readFileSync(`${TEMPLATES}/${template}.tmpl`, 'utf8');

function checkName(name: string): void {
  if (name.length > 40 || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    fail(
      `'${name}' is no name for an adapter: lower-case letters, digits and single hyphens, a letter first, at most 40: acme-ads.`,
    );
  if (readdirSync('src/destinations').includes(name)) fail(`src/destinations/${name} exists already. Choose another name.`);
  const taken = targetsOf(name).find(([, target]) => existsSync(target));
  if (taken !== undefined) fail(`${taken[1]} exists already. Remove it, or choose another name.`);
  const { camel = '' } = spellings(name);
  const isUsed = targetsOf(name).some(([template]) => new RegExp(`\\b${camel}\\b`).test(readTemplate(template)));
  if (RESERVED.test(camel) || isUsed)
    fail(`'${camel}' is a word of the code that would be made. Choose a longer name, such as ${name}-segments.`);
}

/** A file with one more line in it, or an end with what was not found in it. */
function inserted(path: string, pattern: RegExp, by: (found: string) => string): string {
  const text = readFileSync(path, 'utf8');
  if (!pattern.test(text)) fail(`${path} is not as expected (${pattern.source}). Nothing was written.`, STALE);
  return text.replace(pattern, by);
}

/** Every file that changes, with its new text. */
function changesFor(name: string): ReadonlyMap<string, string> {
  const words = spellings(name);
  const filled = (text: string): string =>
    text.replaceAll(/\{\{(\w+)\}\}/g, (_all, word: string) => words[word] ?? fail(`no ${word}`));
  const registered = inserted(REGISTRY, /(?<=readonly Destination\[\] = \[[^\]]*?),?\s*\];/, () => `, ${words.camel}];`);
  return new Map([
    ...targetsOf(name).map(([template, target]): [string, string] => [target, filled(readTemplate(template))]),
    [REGISTRY, `import { ${words.camel} } from './${name}/${name}.ts';\n${registered}`],
    [ARROWS, inserted(ARROWS, /(?<=^const ADAPTERS =\s*'\([^)]*)\)/m, () => `|${name})`)],
  ]);
}

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) fail(`${command} ${args.join(' ')} ended with ${status}.`, STALE);
}

const [name, ...rest] = process.argv.slice(2);
if (name === undefined || name.startsWith('-') || rest.length > 0)
  fail('Usage: npm run new:destination NAME\n\nNAME is the adapter as `type` in aquarius.yaml will say it, such as acme-ads.');
checkName(name);
const changes = changesFor(name);
for (const [path, text] of changes) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
// Line lengths depend on the name, and imports are sorted by it.
run('node_modules/.bin/biome', ['check', '--write', ...[...changes.keys()].filter((path) => /\.m?ts$|\.mjs$/.test(path))]);
run(process.execPath, ['scripts/generate.ts']);
process.stdout.write(`Made the adapter ${name}:
${[...changes.keys()].map((path) => `  ${path}\n`).join('')}
It works, for a partner that takes {segment, add: [...]} and {segment, remove: [...]}. Next:
  1. Say in src/destinations/${name}/ what your partner wants: calls.ts (login, answers, refusals), deliver.ts (bodies), ${name}.ts
     (settings, capabilities, advice).
  2. Make test/standins/${name}-server.ts refuse what the partner refuses, and write test/golden/${name}/ by hand from its documents.
  3. Tell docs/destinations/${name}.md what is different, and name the page in README.md.
  4. npm run generate && npx vitest run test/destination-${name}.test.ts && npm run check
`);
