import type { IdentifierType } from '../../identity/identifier-type.ts';
import { renderIdentifier } from '../../identity/render.ts';
import type { Member } from '../members/read-members.ts';
import { isoSecondsWriter } from './iso-seconds.ts';
import { asciiJson, BODY_END, bodyHead, type Route } from './route.ts';
import type { Segment } from './segment.ts';
import type { TtdSettings } from './settings.ts';

/** An item for each member, with the one id that it has. */

/** Members of a segment; with `ttlMinutes` 0 they leave it. */
export function memberRoute(url: string, { owner, name, ttlMinutes }: Segment, settings: TtdSettings): Route {
  const { mode, dataProviderId } = settings;
  const root = mode === 'advertiser' ? { AdvertiserId: owner, DataProviderId: dataProviderId } : { DataProviderId: owner };
  const before = `","Data":[{"Name":${asciiJson(name)}`;
  const after = `,"TtlInMinutes":${ttlMinutes}}]}`;
  // A removal goes without a time: it holds from now on, however long ago the member was seen.
  if (ttlMinutes === 0) return itemRoute(url, bodyHead(root), settings, () => before + after);
  const beforeTime = `${before},"TimestampUtc":"`;
  const afterTime = `"${after}`;
  const isoSeconds = isoSecondsWriter();
  return itemRoute(url, bodyHead(root), settings, ({ lastSeen }) => beforeTime + isoSeconds(lastSeen) + afterTime);
}

/** Members of whom no data may be there at all, in any segment. */
export function optOutRoute(url: string, { owner }: Segment, settings: TtdSettings): Route {
  const { mode, dataProviderId, brandId, optOutRequest } = settings;
  const root =
    mode === 'advertiser'
      ? { AdvertiserId: owner, DataProviderId: dataProviderId, RequestType: optOutRequest }
      : { DataProviderId: owner, BrandId: brandId, RequestType: optOutRequest };
  return itemRoute(url, bodyHead(root), settings, () => '"}');
}

/** `rest` closes the id's quotes, and the item. */
function itemRoute(url: string, head: string, settings: TtdSettings, rest: (member: Member) => string): Route {
  const beforeId = {
    IDFA: '{"DAID":"',
    GAID: '{"DAID":"',
    MAID: '{"DAID":"',
    RAMPID: '{"RampID":"',
    UID2: `{"${settings.uid2As}":"`,
  } as Readonly<Partial<Record<IdentifierType, string>>>;
  const { deviceIdCase } = settings;
  const idText = ({ type, value }: Member): string =>
    type === 'IDFA' || type === 'GAID' || type === 'MAID'
      ? renderIdentifier(type, value, deviceIdCase[type])
      : asciiJson(value).slice(1, -1);
  return {
    url,
    bytes: { body: head.length + BODY_END.length, member: 1 },
    text: (member) => beforeId[member.type] + idText(member) + rest(member),
    body: (texts) => head + texts.join(',') + BODY_END,
    placesOf({ item, id }, sent) {
      // The id, in whichever letters it comes back, goes before the number.
      const letters = id?.toLowerCase() ?? '';
      const isIt = (member: Member | undefined): boolean =>
        member?.value.length === letters.length && member.value.toLowerCase() === letters;
      const counted = item === null || item >= sent.length ? [] : [item];
      if (id === null || counted.some((place) => isIt(sent[place]))) return counted;
      const named = sent.findIndex(isIt);
      return named < 0 ? counted : [named];
    },
  };
}
