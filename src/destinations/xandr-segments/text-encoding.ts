import { createGzip } from 'node:zlib';
import { configError } from '../../errors.ts';
import type { IdentifierType } from '../../identity/identifier-type.ts';
import { renderIdentifier } from '../../identity/render.ts';
import type { Member } from '../members/read-members.ts';
import { type Encoding, REMOVED, type SegmentTerms, timestampOf } from './encoding.ts';
import { typesOf, type XandrSettings } from './settings.ts';
import { type TextField, textSettings } from './text-settings.ts';

/** Codes of device ids, after separator5. A user id of Xandr's own has none. Source: Legacy BSS File Format. */
export const DOMAIN_CODES: Partial<Record<IdentifierType, string>> = { IDFA: '3', GAID: '8' };

/** Text files, one line for each member, gzip. Unsigned 64-bit user ids go there whole. */
export function textEncoding(settings: XandrSettings, terms: SegmentTerms): Encoding {
  const { separators, fields, removals } = settings.text ?? textSettings.parse({});
  const { separator1, separator3, separator4, separator5 } = separators;
  const taken: ReadonlySet<string> = new Set(typesOf(settings));
  const code = codeOf(terms, fields, Object.values(separators));

  const fieldOf: Record<TextField, (member: Member, remove: boolean) => string | number> = {
    SEG_ID: () => terms.segment.id,
    SEG_CODE: () => code,
    EXPIRATION: (_, remove) => (remove ? REMOVED : terms.expireMinutes),
    TIMESTAMP: (member, remove) => timestampOf(member, remove, settings, terms),
    VALUE: () => settings.value,
    MEMBER_ID: () => settings.memberId,
  };

  function lineOf(member: Member, remove: boolean): string {
    const { type, value } = member;
    const domain = DOMAIN_CODES[type];
    const segment = fields.map((field) => fieldOf[field](member, remove)).join(separator3);
    const before = remove && removals === 'separator4' ? separator4 : '';
    const after = domain === undefined ? '' : `${separator5}${domain}`;
    return `${renderIdentifier(type, value, 'lower')}${separator1}${before}${segment}${after}\n`;
  }

  return {
    refusal: ({ type }) => (taken.has(type) ? undefined : 'identifier_not_taken'),
    *chunks(members, remove) {
      if (members.length > 0) yield Buffer.from(members.map((member) => lineOf(member, remove)).join(''), 'latin1');
    },
    encoder: () => createGzip(),
  };
}

/** The segment's code, once it is known to fit between the separators. */
function codeOf({ segment }: SegmentTerms, fields: readonly TextField[], separators: readonly string[]): string {
  if (!fields.includes('SEG_CODE')) return '';
  const code = segment.code ?? '';
  if (code !== '' && /^[\x20-\x7e\xa0-\xff]+$/.test(code) && !separators.some((separator) => code.includes(separator)))
    return code;
  throw configError('xandr_segment_code', 'The segment has no code that can stand in a text file.', {
    hint: 'Put SEG_ID instead of SEG_CODE into text.fields, if the account is set up so, or give the segment a code without separators at Xandr.',
  });
}
