import { relative, resolve } from 'node:path';
import { compile, type Sql } from '../../../src/lib/sql.ts';
import type { Session, Warehouse } from '../../../src/warehouse/warehouse.ts';
import { overriding } from '../worker-drain.ts';
import { dualDialect, type EngineName, sideOf } from './dual-dialect.ts';
import { isDropped, normalised } from './normalised.ts';

/** A line of `src/` that runs statements, or has them run: `reach/refresh.ts:42`. */
export type CallSite = string;

/** What a warehouse was asked, and by whom. */
export interface StatementLog {
  /** Distinct statements of an engine by the file of `src/` that they came from, in the alphabet's order. */
  statements(engine: EngineName): ReadonlyMap<string, readonly string[]>;
  /** Every line on the way to a statement. */
  readonly callSites: ReadonlySet<CallSite>;
  /** Notes a statement that the caller is about to run, for both engines unless it is one engine's alone. */
  record(statement: Sql, engines?: readonly EngineName[]): void;
}

export const ENGINES: readonly EngineName[] = ['duckdb', 'snowflake'];

/** Where statements pass through on their way, and where nobody decides what they say. */
const PASSED = ['warehouse/sequences.ts', 'warehouse/with-signal.ts', 'reach/work-table.ts', 'lib/'];

export function statementLog(): StatementLog {
  const callSites = new Set<CallSite>();
  const texts: Record<EngineName, Map<string, Set<string>>> = { duckdb: new Map(), snowflake: new Map() };
  return {
    callSites,
    record(statement, engines = ENGINES) {
      const frames = framesOfSource();
      for (const frame of frames) callSites.add(frame);
      const files = frames.map((frame) => frame.split(':')[0] ?? '');
      const file = files.find((name) => PASSED.every((passed) => !name.startsWith(passed))) ?? files[0] ?? '';
      for (const engine of engines) {
        if (engine === 'snowflake' && isEmbedded(statement)) continue;
        const text = normalised(compile(sideOf(statement, engine), () => '?').text);
        const from = isDropped(text) ? 'reach/work-table.ts' : file;
        texts[engine].set(from, (texts[engine].get(from) ?? new Set()).add(text));
      }
    },
    statements: (engine) =>
      new Map(
        [...texts[engine]].sort(([one], [other]) => (one < other ? -1 : 1)).map(([file, ofFile]) => [file, [...ofFile].sort()]),
      ),
  };
}

/** What only the embedded engine is asked. */
function isEmbedded(statement: Sql): boolean {
  return statement.chunks.some((chunk) => typeof chunk === 'string' && chunk.includes('duckdb_'));
}

const SOURCE = resolve('src');

function framesOfSource(): readonly CallSite[] {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = 60;
  const { stack = '' } = new Error();
  Error.stackTraceLimit = before;
  return [...stack.matchAll(/(?:file:\/\/)?(\/[^\s():]+\.ts):(\d+):\d+/g)].flatMap(([, file = '', line = '']) =>
    file.startsWith(`${SOURCE}/`) ? [`${relative(SOURCE, file)}:${line}`] : [],
  );
}

/** The warehouse, with every statement noted before it is run. */
export function recording(warehouse: Warehouse, log: StatementLog): Warehouse {
  return overriding(warehouse, {
    dialect: dualDialect,
    session: async () => recordingSession(await warehouse.session(), log),
  });
}

function recordingSession(session: Session, log: StatementLog): Session {
  const noted = (statement: Sql): Sql => {
    log.record(statement);
    return sideOf(statement, 'duckdb');
  };
  return {
    dialect: dualDialect,
    query: (statement, options) => session.query(noted(statement), options),
    all: (statement, options) => session.all(noted(statement), options),
    execute: (statement, options) => session.execute(noted(statement), options),
    transaction: (work) => session.transaction(work),
    unload: (lines, path, options) => session.unload(noted(lines), path, options),
    renew: () => session.renew(),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}
