import type { TtdSettings } from './settings.ts';

/** Regional hosts of the Data API, as client code in production has them. */
const REGIONS = {
  usw: 'https://usw-data.adsrvr.org',
  use: 'https://use-data.adsrvr.org',
  euw: 'https://euw-data.adsrvr.org',
  sin: 'https://sin-data.adsrvr.org',
  tok: 'https://tok-data.adsrvr.org',
  cn: 'https://data-cn2.adsrvr.cn',
} as const;

/** Default of the third-party endpoint in the vendor's description of its API. */
const BULK = 'https://bulk-data.adsrvr.org';

export interface EndpointUrls {
  readonly data: string;
  readonly addresses: string;
  readonly optOuts: string;
}

/** Addresses of the endpoints with these settings. */
export function endpointUrls(settings: TtdSettings): EndpointUrls {
  const { mode, region } = settings;
  const regional = region === undefined ? undefined : REGIONS[region];
  const party = mode === 'advertiser' ? 'advertiser' : 'thirdparty';
  const data = settings.url ?? regional ?? (mode === 'advertiser' ? REGIONS.usw : BULK);
  const addresses = settings.ipUrl ?? settings.url ?? regional ?? REGIONS.usw;
  const optOuts = settings.deletionUrl ?? REGIONS.usw;
  return {
    data: join(data, `/data/${party}`),
    addresses: join(addresses, mode === 'advertiser' ? '/data/firstpartyipaddress' : '/data/thirdpartyipaddress'),
    optOuts: join(optOuts, `/data/deletion-optout/${party}`),
  };
}

const join = (base: string, path: string): string => base.replace(/\/+$/, '') + path;
