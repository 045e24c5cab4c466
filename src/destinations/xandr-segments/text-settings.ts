import { z } from 'zod';
import { separatorsSchema } from './separators.ts';

const FIELDS = ['SEG_ID', 'SEG_CODE', 'EXPIRATION', 'TIMESTAMP', 'VALUE', 'MEMBER_ID'] as const;

/** One field of a segment in a text file. */
export type TextField = (typeof FIELDS)[number];

/** How the account at the partner is set up for text files. */
export const textSettings = z
  .strictObject({
    separators: separatorsSchema.prefault({}).describe('Separators, each one character.'),
    fields: z
      .array(z.enum(FIELDS))
      .min(1)
      .default(['SEG_ID', 'EXPIRATION', 'TIMESTAMP'])
      .describe('Fields of a segment, in order: SEG_ID or SEG_CODE, and any of the others.'),
    removals: z
      .enum(['expiration', 'separator4'])
      .default('expiration')
      .describe("How members are taken away: by an EXPIRATION of -1, or by a segment after 'separator4'."),
  })
  .check(({ value: { fields, removals }, issues }) => {
    const wrong = (path: string, message: string) => {
      issues.push({ code: 'custom', input: fields, path: [path], message });
    };
    if (new Set(fields).size < fields.length) wrong('fields', 'a field is there twice');
    if (fields.includes('SEG_ID') === fields.includes('SEG_CODE')) wrong('fields', 'needs SEG_ID or SEG_CODE, and not both');
    if (removals === 'expiration' && !fields.includes('EXPIRATION'))
      wrong('removals', 'needs the field EXPIRATION, or removals: separator4');
  });
