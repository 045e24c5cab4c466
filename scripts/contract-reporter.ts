import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule, TestRunEndReason } from 'vitest/node';
import { CONTRACT, type ContractSection } from '../test/contract/cases.ts';
import { CONTRACT_PAGE, contractPage, idsOf } from './contract-doc.ts';

/**
 * Holds a run of all tests against the list of contract cases, and docs/contract-tests.md against the run. What does not agree fails the
 * run. `scripts/test.ts` adds it to whole runs only: a part of the tests proves nothing about the rest.
 */

export interface ContractOptions {
  readonly sections: readonly ContractSection[];
  readonly page: string;
  /** Write the page in place of comparing it. */
  readonly write: boolean;
}

/** Files with passing tests of a case, and those with tests of it that did not pass. */
interface Outcome {
  readonly passed: Set<string>;
  readonly failed: Set<string>;
}

const sorted = (files: ReadonlySet<string>): readonly string[] => [...files].sort();

export default class ContractReporter implements Reporter {
  readonly #options: ContractOptions;

  constructor(options: Partial<ContractOptions> = {}) {
    const write = process.env.CONTRACT_TESTS === 'write';
    this.#options = { sections: CONTRACT, page: CONTRACT_PAGE, write, ...options };
  }

  onTestRunEnd(modules: readonly TestModule[], _errors: readonly unknown[], reason: TestRunEndReason): void {
    if (reason === 'interrupted') return;
    const { sections, page, write } = this.#options;
    const outcomes = outcomesOf(modules);
    const problems = problemsOf(sections, outcomes);
    const isSafe = [...outcomes.values()].every(({ failed }) => failed.size === 0);
    const text = contractPage(sections, new Map([...outcomes].map(([id, { passed }]) => [id, sorted(passed)])));
    const current = existsSync(page) ? readFileSync(page, 'utf8') : null;
    if (write && isSafe) writeFileSync(page, text);
    else if (current !== text && isSafe)
      problems.push(`${page} is not what this run gives: run \`npm run generate:contract-tests\`.`);
    if (problems.length === 0) return;
    process.stderr.write(`\nContract cases (test/contract/cases.ts):\n${problems.map((line) => `  ${line}\n`).join('')}`);
    process.exitCode = 1;
  }
}

function outcomesOf(modules: readonly TestModule[]): ReadonlyMap<string, Outcome> {
  const outcomes = new Map<string, Outcome>();
  for (const module of modules)
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state !== 'passed' && state !== 'failed') continue;
      for (const id of titlesOf(test).flatMap(idsOf)) {
        const outcome = outcomes.get(id) ?? { passed: new Set(), failed: new Set() };
        outcome[state].add(module.relativeModuleId);
        outcomes.set(id, outcome);
      }
    }
  return outcomes;
}

/** The title of a test and those of the `describe`s around it. */
function titlesOf(test: TestCase): readonly string[] {
  const titles = [test.name];
  for (let parent = test.parent; parent.type === 'suite'; parent = parent.parent) titles.push(parent.name);
  return titles;
}

function problemsOf(sections: readonly ContractSection[], outcomes: ReadonlyMap<string, Outcome>): string[] {
  const cases = sections.flatMap((section) => section.cases);
  const listed = new Set(cases.map(({ id }) => id));
  const kinds = new Set(cases.map(({ id }) => id.slice(0, 2)));
  const unknown = [...outcomes].filter(([id]) => kinds.has(id.slice(0, 2)) && !listed.has(id));
  return [
    ...cases.flatMap(({ id, text, why }) => {
      const { passed, failed } = outcomes.get(id) ?? { passed: new Set(), failed: new Set() };
      const files = sorted(new Set([...passed, ...failed])).join(', ');
      if (why !== undefined)
        return files === '' ? [] : [`${id} is said not to be met, and has a test in ${files}: remove its \`why\`, or the test.`];
      if (failed.size > 0) return [`${id} has a test that fails in ${sorted(failed).join(', ')}.`];
      return passed.size > 0 ? [] : [`${id} has no passing test: ${text}`];
    }),
    ...unknown.map(
      ([id, { passed, failed }]) =>
        `${id} is in no list, and has a test in ${sorted(new Set([...passed, ...failed])).join(', ')}.`,
    ),
  ];
}
