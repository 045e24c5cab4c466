import { z } from 'zod';

/** Characters that the partner's configuration of an account cannot hold as separators. */
const FORBIDDEN = '[](){}$\\/|?*+-';

const separator = (byDefault: string, what: string) =>
  z
    .string()
    .refine((text) => /^[\t\x20-\x7e]$/.test(text), 'must be one ASCII character')
    .refine((text) => !FORBIDDEN.includes(text), `cannot be one of ${[...FORBIDDEN].join(' ')}`)
    .refine((text) => !/^[A-Za-z0-9]$/.test(text), 'cannot be a letter or a digit: ids are made of them')
    .default(byDefault)
    .describe(what);

/** The separators of text files, as the account at the partner has them. Sources: Legacy BSS File Format. */
export const separatorsSchema = z
  .strictObject({
    separator1: separator(',', 'Between the user id and its segments.'),
    separator2: separator(';', 'Between segments.'),
    separator3: separator(':', 'Between the fields of a segment; may be the same as separator1.'),
    separator4: separator('\t', 'Before the segments from which the user is removed.'),
    separator5: separator('^', 'Before the code of the kind of device id.'),
  })
  .check(({ value, issues }) => {
    const { separator1, separator2, separator3, separator4, separator5 } = value;
    const used = new Set([separator1, separator2, separator4, separator5]);
    if (used.size === 4 && ![separator2, separator4, separator5].includes(separator3)) return;
    issues.push({
      code: 'custom',
      input: value,
      message: 'separators must differ; only separator1 and separator3 may be the same',
    });
  });

export type Separators = z.infer<typeof separatorsSchema>;
