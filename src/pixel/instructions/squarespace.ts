import { code, type MakeGuide, READS_PAGE, step } from './guide.ts';

export const squarespace: MakeGuide = (tag) => ({
  place: 'Code Injection, site-wide or in the header of single pages.',
  steps: [
    step(
      'Site-wide: open Settings, then Developer Tools, then Code Injection, and put this into Header. Save.',
      code('html', tag.site),
    ),
    step(
      'Or only on some pages: open the settings of the page, then Advanced, and put the same into Page Header Code Injection. Do one or the other, or visits count twice.',
    ),
    step('For leads put this into the page that people are sent to after a form, below the tag.', code('html', tag.call('lead'))),
    step(
      'For orders put this into Order Confirmation Page under Code Injection. It sends no value, since that page has none to read.',
      code('html', tag.image('purchase')),
    ),
  ],
  reads: [READS_PAGE],
  notes: ['Code Injection is part of the larger plans only.'],
});
