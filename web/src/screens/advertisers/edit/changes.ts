import type { z } from 'zod';
import type { AdvertiserConfigRow } from '../../../../../src/shapes/config/advertiser-config.ts';
import type { updateConfigBody } from '../../../../../src/shapes/config/advertiser-writes.ts';

type Body = z.input<typeof updateConfigBody>;

/** What can be changed of a configuration, by the parameter of update-config. */
export type Changes = Partial<Omit<Body, 'agency_id' | 'advertiser_id' | 'expected_version' | 'dry_run' | 'reason'>>;

export type Param = keyof Changes;

/** The value that a row has of a parameter: a parameter is its column in small letters. */
export function valueIn(config: AdvertiserConfigRow, param: Param): unknown {
  return config[param.toUpperCase() as keyof AdvertiserConfigRow];
}

export function sameValue(left: unknown, right: unknown): boolean {
  return JSON.stringify(left ?? null) === JSON.stringify(right ?? null);
}

/** Parameters of the changes, in their order. */
export function paramsOf(changes: Changes): readonly Param[] {
  return Object.keys(changes) as Param[];
}
