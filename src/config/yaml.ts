import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Problem } from '../errors.ts';

/** A YAML file as data, with a way back from a setting to its line. */
export interface YamlFile {
  readonly value: unknown;
  /** Mistakes of the YAML itself; when there are some, `value` is not to be used. */
  readonly problems: readonly Problem[];
  /** Line, from 1, of the setting at a path, or of the nearest setting around it that is written down. */
  lineOf(path: readonly PropertyKey[]): number;
}

/** Reads YAML 1.2: `no` is text, a repeated key is a mistake, `<<` has no special meaning. Anchors and aliases work. */
export function readYaml(text: string): YamlFile {
  const lines = new LineCounter();
  // Pretty errors would quote the line, and with it what may be a secret.
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    prettyErrors: false,
    logLevel: 'error',
    lineCounter: lines,
  });
  const problems = [...document.errors, ...document.warnings].map(
    (error): Problem => ({ path: '', line: lines.linePos(error.pos[0]).line, message: `not valid YAML: ${error.message}` }),
  );
  let value: unknown;
  if (problems.length === 0) {
    try {
      value = document.toJS();
    } catch (error) {
      // Aliases that would expand without end.
      problems.push({ path: '', line: 1, message: `not valid YAML: ${error instanceof Error ? error.message : 'unreadable'}` });
    }
  }
  return {
    value,
    problems,
    lineOf(path) {
      let offset = document.contents?.range?.[0] ?? 0;
      let node: Node | null | undefined = document.contents;
      for (const segment of path) {
        if (isAlias(node)) node = node.resolve(document);
        if (isMap(node)) {
          const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(segment));
          if (pair === undefined) break;
          offset = isScalar(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
          node = pair.value as Node | null;
        } else if (isSeq(node)) {
          const item = node.items[Number(segment)] as Node | undefined;
          if (item === undefined) break;
          offset = item.range?.[0] ?? offset;
          node = item;
        } else break;
      }
      return lines.linePos(offset).line;
    },
  };
}
