import type { IdentifierType } from '../../identity/identifier-type.ts';
import type { ReadableFile } from '../destination.ts';
import { addressRoute } from './address-route.ts';
import { memberRoute, optOutRoute } from './device-route.ts';
import type { EndpointUrls } from './endpoint-urls.ts';
import type { Route } from './route.ts';
import type { Segment } from './segment.ts';
import type { TtdSettings } from './settings.ts';

/** Where a member of a file goes; null where The Trade Desk has no place for its type. */
export type RouteOf = (action: ReadableFile['action'], type: IdentifierType) => Route | null;

export function routesFor(segment: Segment, urls: EndpointUrls, settings: TtdSettings): RouteOf {
  const leaving = { ...segment, ttlMinutes: 0 };
  const addDevices = memberRoute(urls.data, segment, settings);
  const removeDevices = memberRoute(urls.data, leaving, settings);
  const optOutDevices = optOutRoute(urls.optOuts, segment, settings);
  const addAddresses = addressRoute(urls.addresses, segment, settings);
  const removeAddresses = addressRoute(urls.addresses, leaving, settings);
  return (action, type) => {
    if (type === 'UUID2' || (type === 'IP' && !settings.allowIp)) return null;
    // Opt-outs have no field for addresses: taking them out of the segment is the most that can be done.
    if (type === 'IP') return action === undefined ? addAddresses : removeAddresses;
    if (action === 'optOut') return optOutDevices;
    return action === 'remove' ? removeDevices : addDevices;
  };
}
