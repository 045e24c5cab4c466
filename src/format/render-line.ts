import { createHash } from 'node:crypto';
import { renderIdentifier } from '../identity/render.ts';
import type { ColumnValue, FileContext, Layout, Membership } from './layout.ts';
import { quoteValue } from './quote-value.ts';
import { typeWord } from './type-word.ts';

function timeText(instant: Date, format: 'iso-seconds' | 'unix-seconds'): string {
  const seconds = Math.floor(instant.getTime() / 1000);
  return format === 'unix-seconds' ? String(seconds) : new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

function columnText(value: ColumnValue, layout: Layout, context: FileContext, membership: Membership): string {
  switch (value.kind) {
    case 'identifier':
      return renderIdentifier(membership.type, membership.value, layout.idCase[membership.type]);
    case 'identifierType':
      return typeWord(value.words, membership.type);
    case 'segmentId':
      return context.segmentId;
    case 'segmentName':
      return context.segmentName;
    case 'lastSeen':
      return timeText(membership.lastSeen, value.format);
    case 'audienceKey':
      return createHash('sha256').update(membership.value).digest('hex');
    case 'constant':
      return value.text;
  }
}

/**
 * One row of a file, without its LF. The oracle of `lineSql`: written plainly and without regard to speed, both must give the same
 * bytes. The context must have passed `checkContext`.
 */
export function renderLine(layout: Layout, context: FileContext, membership: Membership): string {
  return layout.columns
    .map(({ value }) => quoteValue(layout, columnText(value, layout, context, membership)))
    .join(layout.delimiter);
}
