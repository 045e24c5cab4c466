import type { Settings } from '../config/settings.ts';
import { type AquariusError, configError } from '../errors.ts';
import { didYouMean } from '../lib/did-you-mean.ts';
import { namedDestination } from './named-destination.ts';

/** A filter that names nothing would let everything pass for delivered. */
export function checkDestination(settings: Settings, name: string | undefined): void {
  if (name === undefined || namedDestination(settings, name) !== null) return;
  throw configError('unknown_destination', `There is no destination ${name} in aquarius.yaml.`, {
    hint: didYouMean(name, Object.keys(settings.destinations)),
  });
}

/** The same of an advertiser or an agency that is not configured. */
export function unknownAdvertiser(agencyId: string | undefined, advertiserId: string | undefined): AquariusError {
  const named = [agencyId && `agency ${agencyId}`, advertiserId && `advertiser ${advertiserId}`].filter(Boolean).join(', ');
  return configError('advertiser_unknown', `Nobody is configured under ${named}.`, {
    hint: '`aquarius config list` shows who is.',
  });
}
