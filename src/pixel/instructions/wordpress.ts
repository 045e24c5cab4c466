import { code, type MakeGuide, READS_PAGE, step } from './guide.ts';

export const wordpress: MakeGuide = (tag) => ({
  place: 'The header of every page, with the plugin WPCode or the theme’s own field for header code.',
  steps: [
    step('In the WordPress admin open Plugins, then Add New, look for WPCode, install and activate it.'),
    step('Open Code Snippets, then Header & Footer, and put this into Header.', code('html', tag.site)),
    step('Save, and empty the cache of any caching plugin.'),
    step(
      'For leads put this into the page that people see after a form was sent, as a Custom HTML block.',
      code('html', tag.call('lead')),
    ),
  ],
  reads: [READS_PAGE, 'what the page itself shows, where somebody writes it into the call'],
  notes: [
    'A shop with WooCommerce needs the instructions for WooCommerce besides, which send the value of orders.',
    'Without a plugin the same goes into the theme: before </head> in header.php of a child theme.',
  ],
});
