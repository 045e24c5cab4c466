import { z } from 'zod';

/** Parts of requests that several routes share. */

export const text = z.string().min(1).max(256);

export const runIdParam = z.strictObject({
  id: z
    .string()
    .min(4)
    .max(26)
    .describe('the id of a run, or its beginning when no other run begins so')
    .meta({ example: '01k9x2' }),
});

export const deliveryIdParam = z.strictObject({
  id: z
    .string()
    .min(4)
    .max(24)
    .describe('the id of a delivery, or its beginning when no other delivery begins so')
    .meta({ example: '3f9a1c' }),
});

const reason = z.string().trim().max(500);

export const optionalReason = z.strictObject({
  reason: reason.optional().describe('why, for the audit log').meta({ example: 'The advertiser asked us to wait.' }),
});

export const requiredReason = z.strictObject({
  reason: reason.min(1).describe('why, for the audit log').meta({ example: 'Twice the size: the log was loaded twice.' }),
});

export const limit = z.coerce.number().int().min(1).max(200).default(50).describe('how many at once, 1 to 200');

export const cursor = z
  .string()
  .max(512)
  .optional()
  .describe('where the page begins, as the link `next` of the page before has it');

/** A JSON body of this schema, for a route's definition. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema, required: boolean) {
  return { required, content: { 'application/json': { schema } } };
}

/** A form that may hold files, for a route's definition. */
export function formBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { 'multipart/form-data': { schema } } };
}

/** A JSON answer of this schema, for a route's definition. */
export function jsonAnswer<Schema extends z.ZodType>(schema: Schema, description: string, example?: z.input<Schema>) {
  return { description, content: { 'application/json': { schema, ...(example === undefined ? {} : { example }) } } };
}

/** Only the entries that are set: for filters in which a key that is left out does not narrow. */
export function given<T extends object>(filter: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}
