import { type ConfigField, fieldOf } from '../../config/config-fields.ts';
import { textOf } from '../../config/values.ts';
import type { Detection } from '../../pixel/detect.ts';
import { platformNamed } from '../../pixel/platforms.ts';
import type { AdminContext } from '../context.ts';

/** WEB_PIXEL_INTEGRATION_TYPE of an advertiser's row: what its site runs on. */

const COLUMN = 'WEB_PIXEL_INTEGRATION_TYPE';

/** The field, or null where the site's table has none. */
export function platformField({ catalogue }: AdminContext): ConfigField | null {
  return catalogue.table('REF_ADVERTISER_CONFIG').has(COLUMN) ? fieldOf(COLUMN) : null;
}

/** What is stored now, as text; older systems stored other words. */
export function storedPlatform(row: Readonly<Record<string, unknown>> | undefined): string | null {
  return textOf(row?.[COLUMN]) || null;
}

/**
 * What to store when domains are given to an advertiser, or null to leave it: what a person chose for one of them, else what was detected
 * most surely, where nothing is known yet or these are its first domains.
 */
export function platformToStore(stored: string | null, isFirst: boolean, detections: readonly Detection[]): string | null {
  const [best] = detections.toSorted((left, right) => right.confidence - left.confidence);
  if (best === undefined || best.platform === stored) return null;
  if (best.rule === 'override') return best.platform;
  const known = stored === null ? null : platformNamed(stored);
  const isOpen = known === null || known === 'STANDARD' || (isFirst && best.confidence > 0);
  return isOpen ? best.platform : null;
}
