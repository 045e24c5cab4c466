import type { SizeHistory } from '../../../../src/shapes/history-shapes.ts';

/** Different in lightness too, and dark and light enough for either ground. */
export const SIZE_COLOURS = ['#3a8fb3', '#e8892b', '#3fae7c', '#b56fd0', '#d8524a', '#8a9a2b', '#7f8ff0', '#8a8f98'] as const;

/** A delivery in the chart of sizes. */
export interface SizeLine {
  readonly deliveryId: string;
  readonly name: string;
  readonly about: string;
  readonly colour: string;
  readonly points: SizeHistory['deliveries'][number]['points'];
}
