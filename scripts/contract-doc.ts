import { globSync, readFileSync } from 'node:fs';
import type { ContractSection } from '../test/contract/cases.ts';

/** docs/contract-tests.md: what it says, read and written. Results come from a run of the tests (scripts/contract-reporter.ts). */

export const CONTRACT_PAGE = 'docs/contract-tests.md';

/** The test files that prove a case, by its id; sorted. */
export type Proofs = ReadonlyMap<string, readonly string[]>;

const IDS_FIRST = /^(?:[A-Z][A-Z0-9]-\d\d(?:, |: | |$))+/;
const ID = /[A-Z][A-Z0-9]-\d\d/g;
const PROOF = /\]\(\.\.\/([^)]+)\)/g;

/** The case ids that a title begins with: `SF-04, LR-15: a connection …`. */
export function idsOf(title: string): readonly string[] {
  return IDS_FIRST.exec(title)?.[0].match(ID) ?? [];
}

export function contractPage(sections: readonly ContractSection[], proofs: Proofs): string {
  const cases = sections.flatMap((section) => section.cases);
  const proven = cases.filter(({ id, why }) => why === undefined && proofs.has(id)).length;
  const tables = sections.map(({ title, cases: own }) => {
    const rows = own.map(({ id, text, why }) => {
      const files = why === undefined ? (proofs.get(id) ?? []) : [];
      const result = why === undefined ? (files.length > 0 ? 'passes' : '**no passing test**') : `not met: ${why}`;
      return `| ${id} | ${text} | ${result} | ${files.map((file) => `[${file}](../${file})`).join(', ')} |`;
    });
    return `## ${title}\n\n| Id | Case | Result | Tests |\n|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `<!-- Made by \`npm run generate:contract-tests\` from test/contract/cases.ts and a run of the tests; do not edit. -->
# Contract tests

What partners, stores and signals do, and what must come of it. ${proven} of ${cases.length} cases are proven by a test whose title begins with
the id. \`npm test\` fails when a case has no passing test, or when this page is not what the tests give.

${tables.join('\n')}`;
}

/** The proofs that a page tells of. */
export function proofsOf(page: string): Proofs {
  const rows = page.split('\n').flatMap((line): [string, string[]][] => {
    const [, id] = /^\| ([A-Z][A-Z0-9]-\d\d) \|/.exec(line) ?? [];
    const files = [...line.matchAll(PROOF)].map(([, file = '']) => file);
    return id === undefined || files.length === 0 ? [] : [[id, files]];
  });
  return new Map(rows);
}

/** Test files that name a case of the list: the ones that may prove anything. */
export function filesNamingCases(sections: readonly ContractSection[]): readonly string[] {
  const ids = new Set(sections.flatMap(({ cases }) => cases.map(({ id }) => id)));
  return globSync('test/**/*.test.ts')
    .filter((file) =>
      readFileSync(file, 'utf8')
        .match(ID)
        ?.some((id) => ids.has(id)),
    )
    .sort();
}
