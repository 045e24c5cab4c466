import { asciiJson, BODY_END, bodyHead, type Route } from './route.ts';
import type { Segment } from './segment.ts';
import type { TtdSettings } from './settings.ts';

/** IP addresses of a segment, some in each item; with `ttlMinutes` 0 they leave it. Ranges are never sent. */
export function addressRoute(url: string, segment: Segment, settings: TtdSettings): Route {
  return routeOf(url, segment, settings, settings.addressesPerItem);
}

function routeOf(url: string, segment: Segment, settings: TtdSettings, perItem: number): Route {
  const { owner, name, ttlMinutes } = segment;
  const head = bodyHead({ DataOwnerId: settings.dataOwnerId ?? owner });
  const before = `{"Data":[{"Name":${asciiJson(name)},"IPAddresses":[`;
  const after = `],"TtlInMinutes":${ttlMinutes}}]}`;
  const around = before.length + after.length + 1;
  return {
    url,
    bytes: { body: head.length + BODY_END.length + around, member: 1 + Math.ceil(around / perItem) },
    text: ({ value }) => `"${value}"`,
    body(texts) {
      const items: string[] = [];
      for (let at = 0; at < texts.length; at += perItem) items.push(before + texts.slice(at, at + perItem).join(',') + after);
      return head + items.join(',') + BODY_END;
    },
    placesOf({ item, address }, sent) {
      if (item === null) return [];
      const first = item * perItem;
      const places = Array.from({ length: Math.max(0, Math.min(perItem, sent.length - first)) }, (_, index) => first + index);
      const named = places.filter((place) => sent[place]?.value === address);
      return named.length > 0 ? named : places;
    },
    ...(perItem === 1 ? {} : { single: routeOf(url, segment, settings, 1) }),
  };
}
