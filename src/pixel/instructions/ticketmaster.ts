import { code, type MakeGuide, READS_PAGE, step } from './guide.ts';

export const ticketmaster: MakeGuide = (tag) => ({
  place: 'Custom parameters of the tag, which Ticketmaster binds to its events.',
  steps: [
    step(
      'Ask the client’s contact at Ticketmaster to add an image tag to the pages of the event and of the order confirmation. Only they can.',
    ),
    step(
      'For pages of the event, bound to the view of a page: send them this.',
      code('html', tag.image('site_visit', '&EVENT=[event id]&ARTIST=[attraction id]&VENUE=[venue id]&SRC=ticketmaster')),
    ),
    step(
      'For the confirmation, bound to a completed order: send them this.',
      code(
        'html',
        tag.image(
          'purchase',
          '&VAL=[order total]&CUR=[currency]&ORD=[order id]&QTY=[number of tickets]&EVENT=[event id]&SRC=ticketmaster',
        ),
      ),
    ),
    step(
      'Say that each part in square brackets is to be replaced by their own parameter of that meaning, encoded for an address.',
    ),
    step('Ask for a test order, and look at the preview of the domain here on the same day.'),
  ],
  reads: [READS_PAGE, 'the parameters that Ticketmaster fills in: event, artist, venue, total and number of tickets'],
  notes: ['Pages of Ticketmaster are on its own domain, which all its clients share: the ids in the tag say whose visit it is.'],
});
