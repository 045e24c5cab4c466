import type { Platform } from '../platforms.ts';
import { type Guide, type MakeGuide, step } from './guide.ts';
import { bigcommerce, commerceCloud, square, standard } from './plain.ts';
import { shopify } from './shopify.ts';
import { squarespace } from './squarespace.ts';
import { pixelTag, type TagSettings } from './tag.ts';
import { tagManager } from './tag-manager.ts';
import { ticketmaster } from './ticketmaster.ts';
import { wix } from './wix.ts';
import { woocommerce } from './woocommerce.ts';
import { wordpress } from './wordpress.ts';

const GUIDES: Readonly<Record<Platform, MakeGuide>> = {
  TICKETMASTER: ticketmaster,
  SHOPIFY: shopify,
  SQUARESPACE: squarespace,
  SQUARE: square,
  WIX: wix,
  BIGCOMMERCE: bigcommerce,
  SFCC: commerceCloud,
  WOOCOMMERCE: woocommerce,
  WORDPRESS: wordpress,
  GTM: tagManager,
  STANDARD: standard,
};

const EVERYWHERE = [
  'No platform lets a tag read the id of a mobile device: visitors are told apart by their address on the network.',
  'Let the tag run only with the consent that the law asks for where the visitor is.',
];

/** How the tag gets into a site of the platform, with the ids filled in. */
export function instructionsFor(platform: Platform, settings: TagSettings): Guide & { readonly macro: string } {
  const tag = pixelTag(settings);
  const guide = GUIDES[platform](tag);
  const missing =
    settings.collectorUrl === null
      ? [
          step(
            'Nothing receives events yet: ask whoever runs Aquarius to set pixel.collectorUrl in aquarius.yaml. Until then the code below has collector.invalid in that place, and must not go into a site.',
          ),
        ]
      : [];
  return { ...guide, macro: tag.macro, steps: [...missing, ...guide.steps], notes: [...guide.notes, ...EVERYWHERE] };
}
