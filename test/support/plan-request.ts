import type { PlanRequest } from '../../src/ledger/plan-run.ts';
import type { RunFacts } from '../../src/ledger/run.ts';

export const FACTS: RunFacts = {
  windowFrom: '2026-01-17T06:00:00.000Z',
  windowTo: '2026-02-16T06:00:00.000Z',
  configVersion: 7,
  segmentName: 'Acme, seen in 30 days',
  destinationType: 'liveramp-sftp',
  mode: 'merged',
  refresh: 'full',
  joinStrategy: 'PCM_4KEY',
  exposureSource: 'IMPRESSION',
  lookbackDays: 30,
  identifierTypes: ['IDFA', 'GAID'],
  late: false,
  dueAt: '2026-02-16T06:00:00.000Z',
  deadlineAt: '2026-02-16T18:00:00.000Z',
  asOf: null,
};

/** A request for the regular run of an invented delivery. */
export function planRequest(
  change: Partial<Omit<PlanRequest, 'delivery' | 'facts'>> & {
    readonly delivery?: Partial<PlanRequest['delivery']>;
    readonly facts?: Partial<RunFacts>;
  } = {},
): PlanRequest {
  return {
    slot: '2026-W08',
    generation: 'regular',
    ...change,
    delivery: {
      agencyId: '1480',
      advertiserId: '4711',
      destination: 'liveramp-us',
      segmentId: '1480_4711_30D',
      ...change.delivery,
    },
    facts: { ...FACTS, ...change.facts },
  };
}
