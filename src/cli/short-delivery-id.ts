/** As much of a delivery's id as names it among a million. */
export const shortDeliveryId = (id: string): string => id.slice(0, 12);
