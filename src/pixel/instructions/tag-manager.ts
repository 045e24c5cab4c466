import { code, type MakeGuide, READS_PAGE, step } from './guide.ts';

export const tagManager: MakeGuide = (tag) => ({
  place: 'A Custom HTML tag in the container that the site has.',
  steps: [
    step(
      'In Google Tag Manager open the container, then Tags, then New, and choose Custom HTML. Put this in.',
      code('html', tag.site),
    ),
    step('Choose the trigger All Pages, and under Consent Settings ask for ad_storage. Save it as Aquarius site visit.'),
    step(
      'For purchases make data layer variables for ecommerce.value, ecommerce.currency and ecommerce.transaction_id, called as they are in the next step.',
    ),
    step(
      'Make another Custom HTML tag with this, to fire on the custom event purchase.',
      code(
        'html',
        tag.call('purchase', '{ VAL: {{ecommerce.value}}, CUR: {{ecommerce.currency}}, ORD: {{ecommerce.transaction_id}} }'),
      ),
    ),
    step('Under Advanced Settings, Tag Sequencing, let it fire after Aquarius site visit. Look at both in Preview, then Submit.'),
  ],
  reads: [READS_PAGE, 'whatever the site puts into its data layer, such as the value of an order'],
  notes: ['A site that has the tag in its pages already needs none in the container: its visits would count twice.'],
});
