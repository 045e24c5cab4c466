import { createHash } from 'node:crypto';

/** Geofenced places, and whose they are. */
interface DemoPlace {
  readonly md5: string;
  readonly uniqueId: string;
  readonly agencyId: string;
  readonly advertiserId: string;
  readonly brand: string;
  readonly category: string;
  readonly dma: string;
  readonly zip: string;
}

function places(
  agencyId: string,
  advertiserId: string,
  brand: string,
  category: string,
  ...at: readonly (readonly [string, string])[]
): DemoPlace[] {
  return at.map(([dma, zip], index) => {
    const uniqueId = `S-${advertiserId}${String(index + 1).padStart(3, '0')}`;
    return { md5: createHash('md5').update(uniqueId).digest('hex'), uniqueId, agencyId, advertiserId, brand, category, dma, zip };
  });
}

export const PLACES: readonly DemoPlace[] = [
  ...places(
    '7002',
    '60203',
    'Copperline Fitness',
    'Gym',
    ['Denver, CO', '80202'],
    ['Denver, CO', '80211'],
    ['Boulder, CO', '80302'],
    ['Austin, TX', '78701'],
  ),
  ...places('7002', '60204', 'Juniper Pet Supply', 'Pet Store', ['Portland, OR', '97205'], ['Seattle, WA', '98101']),
  ...places(
    '7001',
    '50101',
    'Harborview Coffee',
    'Coffee Shop',
    ['Boston, MA', '02110'],
    ['Portland, ME', '04101'],
    ['Providence, RI', '02903'],
  ),
];
