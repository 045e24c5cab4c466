import type { Capabilities } from '../destinations/destination.ts';
import { DESTINATIONS } from '../destinations/registry.ts';
import type { Problem } from '../errors.ts';
import { didYouMean } from '../lib/did-you-mean.ts';
import type { AdvertiserConfig } from './advertiser-config.ts';
import type { DestinationEntry } from './destination-entry.ts';
import type { Settings } from './settings.ts';

/**
 * What an advertiser's destinations ask for and aquarius.yaml does not have. Paths begin with `DELIVERY_DESTINATIONS[n]`, n being the
 * place in `config.destinations`.
 */
export function checkAgainstSettings(config: Pick<AdvertiserConfig, 'destinations'>, settings: Settings): Problem[] {
  return config.destinations.flatMap((entry, index) =>
    checkEntry(entry, settings).map(({ path, ...problem }) => ({ path: `DELIVERY_DESTINATIONS[${index}].${path}`, ...problem })),
  );
}

function checkEntry(entry: DestinationEntry, settings: Settings): Problem[] {
  const capabilities = capabilitiesOf(entry.destination, settings);
  if (capabilities === null) {
    const names = Object.keys(settings.destinations);
    const hint = didYouMean(entry.destination, names) ?? 'Add it to the destinations of aquarius.yaml.';
    return [{ path: 'destination', message: `${entry.destination} is not a destination of aquarius.yaml`, hint }];
  }
  const problems: Problem[] = [];
  for (const [index, type] of (entry.identifiers ?? []).entries()) {
    const path = `identifiers[${index}]`;
    if (type === 'IP' && !capabilities.allowIp) {
      problems.push({
        path,
        message: `${entry.destination} does not allow IP addresses`,
        hint: `Take IP out, or set allowIp: true for ${entry.destination} in aquarius.yaml.`,
      });
    } else if (!capabilities.identifiers.includes(type)) {
      problems.push({
        path,
        message: `${entry.destination} does not take ${type}`,
        hint: `It takes ${capabilities.identifiers.join(', ')}.`,
      });
    }
  }
  if (!capabilities.refresh.includes(entry.refresh)) {
    const message = `${entry.destination} cannot be refreshed ${entry.refresh === 'full' ? 'in full' : 'incrementally'}`;
    problems.push({ path: 'refresh', message, hint: `Write ${capabilities.refresh.join(' or ')}.` });
  }
  const { maxTtlDays } = capabilities;
  if (entry.ttlDays !== undefined && maxTtlDays !== null && entry.ttlDays > maxTtlDays) {
    const message = `${entry.destination} keeps a member for ${maxTtlDays} days at most`;
    problems.push({ path: 'ttlDays', message, hint: `Write ${maxTtlDays} or less.` });
  }
  return problems;
}

/** Null when there is no destination of that name. */
function capabilitiesOf(name: string, settings: Settings): Capabilities | null {
  const own = Object.hasOwn(settings.destinations, name) ? settings.destinations[name] : undefined;
  const adapter = DESTINATIONS.find(({ type }) => type === own?.type);
  return own === undefined || adapter === undefined ? null : adapter.capabilities(own as never);
}
