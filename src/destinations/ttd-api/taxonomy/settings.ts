import { z } from 'zod';
import { partnerUrl } from '../../http/partner-url.ts';
import { secretReference } from '../../secret-reference.ts';

/** Settings of the taxonomy and the data rates, which The Trade Desk keeps in its Platform API, apart from the members. */

const fieldName = (usual: string) =>
  z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9]*$/, 'must be the name of a field')
    .default(usual);

/** What The Trade Desk's documents and others' programs name differently; the defaults are what running programs send. */
const fieldNames = z
  .strictObject({
    displayName: fieldName('DisplayName').describe("Field of an element's name: DisplayName, or Name."),
    buyable: fieldName('Buyable').describe('Field that says whether an element can be bought: Buyable, or IsBuyable.'),
    parent: fieldName('ParentElementId').describe("Field of an element's parent: ParentElementId, or ParentProviderElementId."),
    cpm: z
      .enum(['CPMRate', 'RateValue'])
      .default('CPMRate')
      .describe("How a price is written: 'CPMRate' as an object of Amount and CurrencyCode, 'RateValue' as a number."),
    rates: fieldName('DataRates').describe('Field that holds the rates of a batch: DataRates, or Rates.'),
  })
  .prefault({})
  .describe('Names of fields where documents of The Trade Desk disagree. Ask your contact there before you change one.');

const id = z.string().min(1).max(512);

const auth = z
  .strictObject({
    token: secretReference.optional().describe('Reference to a Platform API token. Either this, or login and password.'),
    login: secretReference
      .optional()
      .describe('Reference to the login of an API user; a token is then fetched when one is needed.'),
    password: secretReference.optional().describe("Reference to the API user's password."),
  })
  .check(({ value, issues }) => {
    const { token, login, password } = value;
    const isOneWay = token === undefined ? login !== undefined && password !== undefined : !(login ?? password);
    if (!isOneWay) issues.push({ code: 'custom', input: value, path: [], message: 'must have token, or login and password' });
  })
  .describe('How Aquarius proves itself to the Platform API.');

const rate = z
  .strictObject({
    level: z
      .enum(['System', 'Partner', 'Advertiser'])
      .describe('Who buys at this price: everybody (System), a partner and its advertisers, or one advertiser.'),
    partnerId: id.optional().describe('Id of the partner; for the level Partner.'),
    advertiserId: id.optional().describe('Id of the advertiser; for the level Advertiser.'),
    type: z
      .enum(['CPM', 'Hybrid'])
      .default('CPM')
      .describe("'CPM', or 'Hybrid': a share of the media cost, with the price as its cap. The level System takes Hybrid only."),
    percentOfMediaCost: z
      .string()
      .regex(/^0\.\d{1,6}$/, 'must be a share such as 0.15')
      .optional()
      .describe('Share of the media cost as decimal text, such as 0.15; for the type Hybrid.'),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'must be a code such as USD')
      .default('USD')
      .describe('Currency of the prices.'),
    brandId: id.optional().describe("Id of the provider's brand, where it has several."),
  })
  .check(({ value, issues }) => {
    const { level, partnerId, advertiserId, type, percentOfMediaCost } = value;
    const wrong = (path: string, message: string) => issues.push({ code: 'custom', input: value, path: [path], message });
    if ((level === 'Partner') !== (partnerId !== undefined)) wrong('partnerId', 'belongs to the level Partner, and to no other');
    if ((level === 'Advertiser') !== (advertiserId !== undefined))
      wrong('advertiserId', 'belongs to the level Advertiser, and to no other');
    if ((type === 'Hybrid') !== (percentOfMediaCost !== undefined))
      wrong('percentOfMediaCost', 'belongs to the type Hybrid, and to no other');
    if (level === 'System' && type !== 'Hybrid') wrong('type', 'must be Hybrid for the level System');
  })
  .describe('For whom prices are, and what kind they are.');

export const taxonomySettings = z
  .strictObject({
    platformUrl: partnerUrl
      .default('https://api.thetradedesk.com/v3')
      .describe('The Platform API. https://ext-api.sb.thetradedesk.com/v3 is its sandbox.'),
    auth,
    providerId: id.describe('Your id as a data provider.'),
    parentElementId: id.default('ROOT').describe('Element under which segments are.'),
    createMissing: z
      .boolean()
      .default(false)
      .describe('Create an element that is missing, with its price, when its segment is delivered. Prices that are there stay.'),
    rate,
    paging: z
      .enum(['items', 'pages'])
      .default('items')
      .describe("What PageStartIndex counts. A wrong 'items' is noticed and told."),
    pageSize: z.int().min(2).max(1000).default(1000).describe('Elements or rates that are asked for at once.'),
    timeoutSeconds: z.int().min(1).max(600).default(60).describe('Longest time for one call.'),
    fieldNames,
  })
  .describe('Elements and prices of a data provider; needed for third-party data only.');

export type TaxonomySettings = z.infer<typeof taxonomySettings>;

/** Part of the adapter's settings. */
export const taxonomyFields = { taxonomy: taxonomySettings.optional() } as const;

/** Settings of an adapter that may have a taxonomy. */
export interface WithTaxonomy {
  readonly taxonomy?: TaxonomySettings | undefined;
}
