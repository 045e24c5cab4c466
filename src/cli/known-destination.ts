import type { Settings } from '../config/settings.ts';
import { type NamedDestination, namedDestination } from '../delivery/named-destination.ts';
import { configError } from '../errors.ts';
import { didYouMean } from '../lib/did-you-mean.ts';

/** A destination by its name in aquarius.yaml; another name is a `config` error `unknown_destination`. */
export function knownDestination(settings: Settings, name: string): NamedDestination {
  const destination = namedDestination(settings, name);
  if (destination !== null) return destination;
  throw configError('unknown_destination', `There is no destination ${name} in aquarius.yaml.`, {
    hint: didYouMean(name, Object.keys(settings.destinations)) ?? '`aquarius destinations` lists them.',
  });
}
