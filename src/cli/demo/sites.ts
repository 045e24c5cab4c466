/** Websites with the pixel, and who they are mapped to. */

interface DemoDomain {
  readonly agencyId: string;
  readonly advertiserId: string;
  readonly url: string;
  readonly isPoi: boolean;
}

function domain(agencyId: string, advertiserId: string, url: string, isPoi = false): DemoDomain {
  return { agencyId, advertiserId, url, isPoi };
}

export const DOMAINS: readonly DemoDomain[] = [
  domain('7001', '50101', 'https://www.Harborview-Coffee.example/menu?utm_source=qr'),
  domain('7001', '50101', 'stores.harborview-coffee.example', true),
  domain('7001', '50103', 'kestrel-insurance.example'),
  domain('7001', '50104', 'http://www.kestrel-insurance.example/auto'),
  domain('7001', '50105', 'bluebird-air.example'),
  domain('7001', '50106', 'vacations.bluebird-air.example'),
  domain('7001', '50107', 'quill-stationery.myshopify.com'),
  domain('7001', '50108', 'co.uk'),
  domain('7001', '50108', '192.0.2.80'),
  domain('7001', '50109', 'old-mill.example'),
  domain('7002', '60202', 'pikestreetrecords.example'),
  domain('7002', '60202', 'pikestreet.squarespace.com'),
  domain('7002', '60202', 'https://plattenl\u00e4den.example/'),
  domain('7002', '60204', 'juniperpets.example'),
];

interface DemoSite {
  readonly agencyId: string;
  readonly host: string;
  /** Whose devices visit it. */
  readonly advertiserId: string;
  /** Events of a hundred. All together make a hundred. */
  readonly percent: number;
}

function site(agencyId: string, host: string, advertiserId: string, percent: number): DemoSite {
  return { agencyId, host, advertiserId, percent };
}

export const SITES: readonly DemoSite[] = [
  site('7001', 'harborview-coffee.example', '50101', 12),
  site('7001', 'shop.harborview-coffee.example', '50101', 5),
  site('7001', 'bluebird-air.example', '50105', 9),
  site('7001', 'vacations.bluebird-air.example', '50106', 6),
  site('7001', 'kestrel-insurance.example', '50103', 5),
  site('7001', 'quill-stationery.myshopify.com', '50107', 2),
  site('7001', 'other-shop.myshopify.com', '50107', 1),
  site('7001', 'fennel-kitchen.example', '50111', 3),
  site('', 'harborview-coffee.example', '50101', 1),
  site('7002', 'pikestreetrecords.example', '60202', 26),
  site('7002', 'turnpikestreetrecords.example', '60202', 4),
  site('7002', 'pikestreet.squarespace.com', '60202', 4),
  site('7002', 'xn--plattenlden-s8a.example', '60202', 3),
  site('7002', 'juniperpets.example', '60204', 14),
  site('7002', 'blog.juniperpets.example', '60204', 3),
  site('7002', '', '60204', 2),
];
