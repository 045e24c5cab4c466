import { configError, type Problem } from '../../errors.ts';
import { didYouMean } from '../../lib/did-you-mean.ts';
import type { Settings } from '../settings.ts';
import { DELIVERY_TYPES, type DeliveryTypeId, findDeliveryType } from './delivery-type.ts';

/** Where the options of a type go: a destination of aquarius.yaml, or why there is none. */
export type ChosenDestination =
  | { readonly name: string }
  | { readonly reason: 'destination_missing' | 'destination_ambiguous'; readonly detail: string };

export type ChosenDestinations = ReadonlyMap<DeliveryTypeId, ChosenDestination>;

/**
 * The destination of each type: the one that is named for it (by the type's number or name), else the only one of its adapters. A type
 * or a destination that does not exist is a `config` error `destination_choice_invalid`.
 */
export function chooseDestinations(
  { destinations }: Pick<Settings, 'destinations'>,
  wanted: Readonly<Record<string, string>>,
): ChosenDestinations {
  const named = new Map<DeliveryTypeId, string>();
  const problems: Problem[] = [];
  for (const [word, name] of Object.entries(wanted)) {
    const type = findDeliveryType(word);
    if (type === undefined) {
      const hint = `Known: ${DELIVERY_TYPES.map(({ id, name: partner }) => `${id} (${partner})`).join(', ')}.`;
      problems.push({ path: word, message: 'is not a type of delivery', hint });
    } else if (!Object.hasOwn(destinations, name)) {
      const hint = didYouMean(name, Object.keys(destinations)) ?? 'Add it to the destinations of aquarius.yaml.';
      problems.push({ path: word, message: `${name} is not a destination of aquarius.yaml`, hint });
    } else named.set(type.id, name);
  }
  if (problems.length > 0)
    throw configError('destination_choice_invalid', 'The destinations cannot be chosen like this.', { problems });
  return new Map(
    DELIVERY_TYPES.map(({ id, name, adapters }): readonly [DeliveryTypeId, ChosenDestination] => {
      const given = named.get(id);
      if (given !== undefined) return [id, { name: given }];
      const fitting = Object.entries(destinations).filter(([, { type }]) => adapters.includes(type));
      const [only] = fitting;
      if (only === undefined)
        return [id, { reason: 'destination_missing', detail: `no destination for ${name} in aquarius.yaml` }];
      if (fitting.length === 1) return [id, { name: only[0] }];
      const detail = `several destinations for ${name}: ${fitting.map(([own]) => own).join(', ')}`;
      return [id, { reason: 'destination_ambiguous', detail }];
    }),
  );
}
