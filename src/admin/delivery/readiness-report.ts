import type { ConfigKey } from '../../config/config-fields.ts';
import type { Secrets } from '../../destinations/destination.ts';
import type { ReadinessReport } from '../../shapes/config/delivery.ts';
import type { AdminContext } from '../context.ts';
import { type ExaminedEntry, examine } from './examine.ts';
import { knownAdvertiser } from './known-advertiser.ts';
import { adviceFor } from './rule-advice.ts';

type Entry = ReadinessReport['entries'][number];

export interface ReadinessRequest extends ConfigKey {
  /** Whether identifiers are counted. */
  readonly counts: boolean;
}

/** Every rule of every destination of an advertiser. */
export async function readinessReport(
  admin: AdminContext,
  secrets: Secrets,
  { agencyId, advertiserId, counts }: ReadinessRequest,
): Promise<ReadinessReport> {
  const at = admin.clock.now();
  const { config, agency } = await knownAdvertiser(admin, { agencyId, advertiserId });
  const examined = await examine({ ...admin, secrets, at }, { config, agency, isCounted: counts });
  const entries = examined.map((each) => entryOf(each, counts));
  return {
    at: at.toISOString(),
    agencyId,
    advertiserId,
    advertiserName: config.displayName,
    isReady: entries.some(({ isReady }) => isReady),
    entries,
  };
}

function entryOf({ entry, candidate, audienceId, rules, blocker, paused, segments }: ExaminedEntry, isCounted: boolean): Entry {
  const hasRoom = segments === null || segments.some((segment) => segment.blocker === null);
  const inTheWay = blocker ?? (hasRoom ? null : (segments?.[0]?.blocker ?? null));
  return {
    destination: entry?.destination ?? null,
    audienceId,
    isReady: inTheWay === null,
    reason: inTheWay?.reason ?? null,
    paused,
    rules: rules.map(({ rule, status, detail }) => ({
      rule,
      status,
      detail: status === 'NOT_CHECKED' && !isCounted && COUNTED.has(rule) ? 'identifiers were not counted' : detail,
      advice: adviceFor({ rule, status }),
    })),
    segments: (segments ?? []).map(({ segmentId, counts, blocker: own, held }) => ({
      segmentId,
      identifiers: counts.written,
      needed: candidate?.floor ?? 0,
      isReady: own === null,
      held: held === null ? null : { ...held },
    })),
  };
}

const COUNTED: ReadonlySet<string> = new Set(['SOURCE_ROWS', 'FLOOR']);
