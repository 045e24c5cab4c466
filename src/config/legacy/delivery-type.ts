/**
 * What the earlier system calls a type of delivery: a partner. Its numbers are those of ad platforms as well (8 is DV360 there, 23 is
 * Yahoo), with another meaning; the type keeps them apart.
 */

declare const deliveryType: unique symbol;

/** DELIVERY_OPTION.TYPE_ID, as digits. */
export type DeliveryTypeId = string & { readonly [deliveryType]: true };

export interface DeliveryType {
  readonly id: DeliveryTypeId;
  /** The partner. */
  readonly name: string;
  /** Types of destinations in aquarius.yaml that go to it. */
  readonly adapters: readonly string[];
}

const typed = (id: string, name: string, adapters: readonly string[]): DeliveryType => ({
  id: id as DeliveryTypeId,
  name,
  adapters,
});

export const DELIVERY_TYPES: readonly DeliveryType[] = [
  typed('52', 'LiveRamp', ['liveramp-sftp', 'liveramp-s3']),
  typed('8', 'Facebook', ['meta-custom-audience']),
  typed('23', 'Xandr', ['xandr-segments']),
];

/** The type of that number or name. */
export function findDeliveryType(text: string): DeliveryType | undefined {
  const word = text.trim().toLowerCase();
  return DELIVERY_TYPES.find(({ id, name }) => id === word || name.toLowerCase() === word);
}

/** The type that the warehouse has found to be one of those. */
export function deliveryTypeOf(id: DeliveryTypeId): DeliveryType {
  const type = DELIVERY_TYPES.find((known) => known.id === id);
  if (type === undefined) throw new Error(`no delivery type ${id}`);
  return type;
}
