/** How many rows of each table go with a number of impressions. */
export interface Scale {
  readonly impressions: number;
  readonly liverampImpressions: number;
  readonly pixelEvents: number;
  readonly storeVisits: number;
  readonly devicesCaptured: number;
  /** Devices that exist, in households of three. */
  readonly devices: number;
}

export function scaleOf(rows: number): Scale {
  return {
    impressions: rows,
    liverampImpressions: Math.ceil(rows / 20),
    pixelEvents: Math.ceil(rows / 8),
    storeVisits: Math.ceil(rows / 15),
    devicesCaptured: Math.ceil(rows / 12),
    devices: Math.max(1000, Math.ceil(rows * 0.3)),
  };
}

/** What every generator is given. */
export interface DemoContext {
  readonly seed: number;
  readonly now: Date;
  readonly scale: Scale;
}
