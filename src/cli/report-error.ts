import type { CommanderError } from 'commander';
import { AquariusError, type Problem } from '../errors.ts';

/** How a failure looks in `--json` output. */
export interface ErrorShape {
  readonly kind: 'config' | 'transient' | 'rejected' | 'bug' | 'usage';
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  readonly problems: readonly Problem[];
}

export function errorShape(error: unknown): ErrorShape {
  if (error instanceof AquariusError) {
    return { kind: error.kind, code: error.code, message: error.message, hint: error.hint ?? null, problems: error.problems };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    kind: 'bug',
    code: 'bug',
    message,
    hint: 'This is a fault in Aquarius; please report it with the lines above.',
    problems: [],
  };
}

/** How a mistake in the use of a command looks in `--json` output. */
export function usageShape({ code, message }: CommanderError): ErrorShape {
  const isNothingGiven = code === 'commander.help';
  return {
    kind: 'usage',
    code: isNothingGiven
      ? 'missing_command'
      : code.replace(/^.*\./, '').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    message: isNothingGiven ? 'No command was given.' : message.replace(/^error: /, ''),
    hint: 'Add --help for what there is.',
    problems: [],
  };
}

/** The failure in words, for a terminal. */
export function errorText(error: unknown): string {
  const shape = errorShape(error);
  const lines = [`aquarius: ${shape.message} [${shape.code}]`];
  for (const problem of shape.problems) {
    lines.push(
      `  ${problem.line === undefined ? '' : `line ${problem.line}: `}${problem.path === '' ? '' : `${problem.path}: `}${problem.message}${problem.hint === undefined ? '' : ` (${problem.hint})`}`,
    );
  }
  if (shape.hint !== null) lines.push(`  → ${shape.hint}`);
  if (shape.kind === 'bug' && error instanceof Error && error.stack !== undefined) lines.unshift(error.stack);
  return lines.join('\n');
}
