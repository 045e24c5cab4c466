import { type Result, STATEMENT_TYPES, smallResult } from './result.ts';
import { numberColumn } from './wire.ts';

/** How Snowflake numbers the statements that change rows, and labels what they say. */
export const CHANGES = {
  INSERT: { type: STATEMENT_TYPES.insert, labels: ['number of rows inserted'] },
  UPDATE: { type: STATEMENT_TYPES.update, labels: ['number of rows updated', 'number of multi-joined rows updated'] },
  DELETE: { type: STATEMENT_TYPES.delete, labels: ['number of rows deleted'] },
} as const;

/** How many rows were changed, one count for each label. */
export const changedResult = (labels: readonly string[], counts: readonly number[], statementType: number): Result =>
  smallResult(labels.map(numberColumn), [counts.map(String)], statementType);
