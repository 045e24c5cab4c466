import type { Row } from '../../src/warehouse/warehouse.ts';
import { isBlank, platformOf, textOf } from './values.ts';

/** Which impressions belong to an advertiser, by the three strategies of reference section 5. */

export type JoinStrategy = 'PCM_4KEY' | 'ADM_PREFIX' | 'DIRECT_AG';

interface Key {
  readonly platform: string | null;
  readonly dspAdvertiser: string;
  /** Empty when blank; in a mapping that is a wildcard. */
  readonly insertionOrder: string;
  readonly lineItem: string;
}

function keyOf(row: Row): Key {
  const filled = (column: string) => (isBlank(row[column]) ? '' : textOf(row[column]));
  return {
    platform: platformOf(row.DSP_PLATFORM_TYPE),
    dspAdvertiser: filled('DSP_ADVERTISER_ID'),
    insertionOrder: filled('INSERTION_ORDER_ID'),
    lineItem: filled('LINE_ITEM_ID'),
  };
}

interface Mapping extends Key {
  readonly advertiser: string;
}

function usableMappings(mappings: readonly Row[], agencyId: string): Mapping[] {
  return mappings
    .filter((row) => textOf(row.AGENCY_ID) === agencyId && !isBlank(row.QUORUM_ADVERTISER_ID))
    .map((row) => ({ ...keyOf(row), advertiser: textOf(row.QUORUM_ADVERTISER_ID) }))
    .filter((mapping) => mapping.dspAdvertiser !== '');
}

/** By the four keys: the most specific matching level decides, and two advertisers on it get nothing. */
function fourKeyOwner(mappings: readonly Mapping[], key: Key): string | null {
  let winning = -1;
  let owners = new Set<string>();
  for (const mapping of mappings) {
    if (mapping.platform === null || mapping.platform !== key.platform) continue;
    if (mapping.dspAdvertiser !== key.dspAdvertiser) continue;
    if (mapping.insertionOrder !== '' && mapping.insertionOrder !== key.insertionOrder) continue;
    if (mapping.lineItem !== '' && mapping.lineItem !== key.lineItem) continue;
    const specificity = (mapping.lineItem === '' ? 0 : 2) + (mapping.insertionOrder === '' ? 0 : 1);
    if (specificity > winning) {
      winning = specificity;
      owners = new Set();
    }
    if (specificity === winning) owners.add(mapping.advertiser);
  }
  const [owner] = owners;
  return owners.size === 1 ? (owner ?? null) : null;
}

/** The DSP advertiser ids that the agency has mapped to this advertiser and to nobody else. */
function ownDspAdvertisers(mappings: readonly Mapping[], advertiserId: string): Set<string> {
  const ids = mappings.filter((mapping) => mapping.advertiser === advertiserId).map((mapping) => mapping.dspAdvertiser);
  const contested = mappings.filter((mapping) => mapping.advertiser !== advertiserId).map((mapping) => mapping.dspAdvertiser);
  return new Set(ids.filter((id) => !contested.includes(id)));
}

function isSoleAdvertiser(configs: readonly Row[], agencyId: string, advertiserId: string): boolean {
  const active = configs
    .filter((row) => textOf(row.AGENCY_ID) === agencyId && textOf(row.CONFIG_STATUS).toUpperCase() !== 'INACTIVE')
    .map((row) => textOf(row.ADVERTISER_ID));
  return active.length === 1 && active[0] === advertiserId;
}

interface OwnershipTables {
  readonly REF_ADVERTISER_CONFIG?: readonly Row[];
  readonly PIXEL_CAMPAIGN_MAPPING_V2?: readonly Row[];
}

/** Tells whether an impression row, whose agency is already known to be the advertiser's, is the advertiser's by its DSP columns. */
export function impressionOwnership(
  tables: OwnershipTables,
  agencyId: string,
  advertiserId: string,
  strategy: JoinStrategy,
): (row: Row) => boolean {
  const mappings = usableMappings(tables.PIXEL_CAMPAIGN_MAPPING_V2 ?? [], agencyId);
  switch (strategy) {
    case 'PCM_4KEY':
      return (row) => {
        const key = keyOf(row);
        return key.dspAdvertiser !== '' && fourKeyOwner(mappings, key) === advertiserId;
      };
    case 'ADM_PREFIX': {
      const own = ownDspAdvertisers(mappings, advertiserId);
      return (row) => own.has(keyOf(row).dspAdvertiser);
    }
    case 'DIRECT_AG':
      if (isSoleAdvertiser(tables.REF_ADVERTISER_CONFIG ?? [], agencyId, advertiserId)) return () => true;
      return (row) => textOf(row.DSP_ADVERTISER_ID) === advertiserId;
  }
}
