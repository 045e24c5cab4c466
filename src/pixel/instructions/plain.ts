import { code, type Guide, type MakeGuide, READS_PAGE, step } from './guide.ts';
import type { PixelTag } from './tag.ts';

/** Sites that take the plain tag, each in a place of its own. */

export const standard: MakeGuide = (tag) =>
  plain(tag, 'Before </head> of every page.', [
    step('Put this before </head> of every page, in the template that all pages share.', code('html', tag.site)),
  ]);

export const bigcommerce: MakeGuide = (tag) =>
  plain(tag, 'A script in the Script Manager.', [
    step('In the control panel open Storefront, then Script Manager, and choose Create a Script.'),
    step(
      'Choose the location Head, all pages, the category Targeting and the type Script, and put this in. Save.',
      code('html', tag.site),
    ),
  ]);

export const commerceCloud: MakeGuide = (tag) =>
  plain(tag, 'The template of the storefront’s head.', [
    step(
      'Ask the storefront’s developers to put this at the end of the template that makes <head>, htmlHead.isml in the reference architecture, in a cartridge of their own.',
      code('html', tag.site),
    ),
    step('Let them deploy it, and empty the page cache of the site in Business Manager.'),
  ]);

export const square: MakeGuide = (tag) =>
  plain(tag, 'The header code of the online shop.', [
    step('In Square Online open Website, then Tracking tools or Header code, and choose to add a custom snippet to the header.'),
    step('Put this in, save, and publish the site.', code('html', tag.site)),
  ]);

function plain(tag: PixelTag, place: string, steps: Guide['steps']): Guide {
  return {
    place,
    steps: [
      ...steps,
      step('Where somebody has left a lead, such as on the page after a form, add this.', code('html', tag.call('lead'))),
      step(
        'Where something was bought, add this with the values of the order.',
        code('html', tag.call('purchase', '{ VAL: "129.90", CUR: "USD", ORD: "10042" }')),
      ),
    ],
    reads: [READS_PAGE, 'whatever the page writes into the call, such as the value of an order'],
    notes: [],
  };
}
