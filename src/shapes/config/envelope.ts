import { z } from 'zod';

/** How the endpoints of /api/config answer. Fields are added, never renamed or taken away. */

const warnings = z.array(z.string()).describe('what else to know, in words');

/** A page of rows with how many there are in all: nothing is cut unseen. */
export function listAnswer<Row extends z.ZodType>(row: Row) {
  return z.strictObject({
    success: z.literal(true),
    data: z.array(row).describe('the rows of this page'),
    count: z.int().min(0).describe('rows of this page'),
    total: z.int().min(0).describe('rows of all pages'),
    truncated: z.boolean().describe('there are more than those of this page and the ones before it'),
    warnings,
  });
}

/** One thing. */
export function oneAnswer<Data extends z.ZodType>(data: Data) {
  return z.strictObject({ success: z.literal(true), data, warnings });
}

/** A refusal or a failure. */
export const configFailure = z
  .strictObject({
    success: z.literal(false),
    error: z.strictObject({
      code: z
        .enum([
          'VALIDATION',
          'UNAUTHENTICATED',
          'FORBIDDEN',
          'NOT_FOUND',
          'METHOD_NOT_ALLOWED',
          'CONFLICT',
          'TOO_LARGE',
          'UNSUPPORTED_MEDIA_TYPE',
          'TOO_MANY_REQUESTS',
          'WAREHOUSE_UNAVAILABLE',
          'WAREHOUSE_TIMEOUT',
          'INTERNAL',
        ])
        .describe('the kind of failure, one for each HTTP status'),
      reason: z.string().describe('what exactly, as a stable code'),
      message: z.string().describe('what happened'),
      hint: z.string().nullable().describe('what to do next'),
      fields: z
        .array(z.strictObject({ path: z.string(), message: z.string(), hint: z.string().nullable() }))
        .describe('every mistake of the request, by its path'),
    }),
    requestId: z.string().describe('names the request in the log'),
  })
  .meta({ id: 'ConfigFailure', description: 'What went wrong, and what to do about it.' });

export type ConfigFailure = z.infer<typeof configFailure>;

/** A list as a handler gives it. */
export interface Listed<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly warnings?: readonly string[];
}

/** One thing as a handler gives it. */
export interface Told<Data> {
  readonly data: Data;
  readonly warnings?: readonly string[];
}

/** Parameters that several endpoints share. */
export const idParam = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[^\p{C}]+$/u, 'must not hold control characters');
export const limitParam = (otherwise: number, most: number) =>
  z.coerce.number().int().min(1).max(most).default(otherwise).describe(`rows of a page, 1 to ${most}`);
export const offsetParam = z.coerce.number().int().min(0).max(1_000_000).default(0).describe('rows to pass over');
export const flagParam = (otherwise: boolean) =>
  z
    .enum(['true', 'false'])
    .default(otherwise ? 'true' : 'false')
    .transform((text) => text === 'true');
export const expectedVersion = z
  .int()
  .min(0)
  .optional()
  .describe('CONFIG_VERSION that you have seen: when it is another by now, nothing is changed (409)');
export const reasonParam = z.string().trim().max(500).optional().describe('why, for the audit log');
