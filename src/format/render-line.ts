import { createHash } from 'node:crypto';
import { kindOf } from '../identity/identifier-kind.ts';
import { renderIdentifier } from '../identity/render.ts';
import { actionWord } from './action-word.ts';
import type { ColumnValue, FileContext, IdentifierValue, Layout, Membership } from './layout.ts';
import { quoteValue } from './quote-value.ts';
import { expiryText, timeText } from './time-text.ts';
import { typeWord } from './type-word.ts';

function identifierText(value: IdentifierValue, layout: Layout, { type, value: canonical }: Membership): string {
  if (value.only !== undefined && !value.only.includes(type)) return '';
  const cased = renderIdentifier(type, canonical, value.letterCase ?? layout.idCase[type]);
  const text = value.hyphens === false && kindOf(type) === 'MAID' ? cased.replaceAll('-', '') : cased;
  return value.hash === undefined ? text : createHash(value.hash).update(text).digest('hex');
}

function columnText(value: ColumnValue, layout: Layout, context: FileContext, membership: Membership): string {
  switch (value.kind) {
    case 'identifier':
      return identifierText(value, layout, membership);
    case 'identifierType':
      return typeWord(value.words, membership.type);
    case 'segmentId':
      return context.segmentId;
    case 'segmentName':
      return context.segmentName;
    case 'lastSeen':
      return timeText(membership.lastSeen, value.format);
    case 'expiresAt':
      return expiryText(context, value.days, value.format);
    case 'action':
      return actionWord(value.words, context.action);
    case 'context':
      return context[value.field];
    case 'audienceKey':
      return createHash('sha256').update(membership.value).digest('hex');
    case 'constant':
      return value.text;
  }
}

/**
 * One row of a file, without its line end. The oracle of `lineSql`: written plainly and without regard to speed, both must give the same
 * bytes. The context must have passed `checkContext`.
 */
export function renderLine(layout: Layout, context: FileContext, membership: Membership): string {
  return layout.columns
    .map(({ value }) => quoteValue(layout, columnText(value, layout, context, membership)))
    .join(layout.delimiter);
}
