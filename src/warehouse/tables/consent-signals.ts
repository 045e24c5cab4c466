import { type ColumnSpec, text } from '../table-spec.ts';

/** What a row of a log may say of its person's consent; see docs/identifiers.md. */
export const consentSignals: readonly ColumnSpec[] = [
  text('US_PRIVACY', 'IAB us_privacy text, such as `1YNN`; an opt-out keeps the row’s identifiers from being delivered.'),
  text('GPP', 'IAB GPP text; likewise.'),
  text('LMT', 'Limit ad tracking, 1 or 0; likewise.'),
  text('DNT', 'Do not track, 1 or 0; likewise.'),
];
