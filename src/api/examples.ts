import type { z } from 'zod';
import type { alertList, auditPage, destinationList } from '../shapes/api-shapes.ts';
import type { confirmationOutput } from '../shapes/confirmation.ts';
import type { costsOutput } from '../shapes/costs.ts';
import type { DeliveryOverview } from '../shapes/delivery-shape.ts';
import type { rejectionsOutput } from '../shapes/rejections.ts';
import type { RunShape } from '../shapes/shapes.ts';
import type { TriggerOutcome } from '../shapes/trigger-shapes.ts';
import type { ApiKeyShape, Me, UserShape } from '../shapes/user-shapes.ts';

/** Invented values for the API's document. */

const RUN_ID = '01k9x2v7c8e4rg1s5t6w7y8z9a';
const DELIVERY_ID = '3f9a1c5b7d2e4f60819273a4';
const WHOSE = { agencyId: '1480', advertiserId: '4711', destination: 'liveramp-us', segmentId: '1480_4711_30D' };
const FILE = '1480_4711_30D_20261116.psv.gz';

export const RUN_EXAMPLE: RunShape = {
  runId: RUN_ID,
  deliveryId: DELIVERY_ID,
  ...WHOSE,
  segmentName: 'Acme, seen in 30 days',
  slot: '2026-W47',
  generation: 0,
  state: 'delivered',
  reason: null,
  attempts: 1,
  failures: 0,
  plannedAt: '2026-11-16T06:00:02.114Z',
  dueAt: '2026-11-16T06:00:00.000Z',
  late: false,
  deadlineAt: '2026-11-17T06:00:00.000Z',
  retryAt: null,
  hold: null,
  cancelRequested: false,
  startedAt: '2026-11-16T06:00:03.020Z',
  stagedAt: '2026-11-16T06:01:11.871Z',
  finishedAt: '2026-11-16T06:02:40.310Z',
  confirmedAt: null,
  selected: 1_204_331,
  dropped: { MALFORMED: 4_120 },
  suppressed: 211,
  identifiers: { IDFA: 400_000, GAID: 800_000 },
  rows: 1_200_000,
  files: [
    {
      name: FILE,
      rows: 1_200_000,
      bytes: 31_457_280,
      sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    },
  ],
  receipt: {
    accepted: 1_200_000,
    rejected: 0,
    reasons: {},
    reference: `/uploads/${FILE}`,
    files: [{ name: FILE, remote: `/uploads/${FILE}`, bytes: 31_457_280, outcome: 'sent' }],
    details: {},
  },
  error: null,
};

export const CONFIRMATION_EXAMPLE: z.infer<typeof confirmationOutput> = {
  state: 'confirmed',
  askAt: null,
  at: '2026-11-16T07:17:40.310Z',
  code: null,
  message: null,
  hint: null,
  counts: { num_matched: 1_003_000 },
};

export const COSTS_EXAMPLE: z.infer<typeof costsOutput> = [
  { step: 'unload', statements: 2, bytesScanned: 48_234_496, elapsedMs: 4_310, credits: 0.0011, sharedBy: null },
  { step: 'refresh', statements: 31, bytesScanned: 913_246_208, elapsedMs: 1_205, credits: 0.0048, sharedBy: 120 },
];

export const REJECTIONS_EXAMPLE: z.infer<typeof rejectionsOutput> = {
  runId: RUN_ID,
  accepted: 1_199_988,
  rejected: 12,
  rejections: [{ reason: 'MissingUserId', rows: 12, advice: 'The partner does not take these as device ids.' }],
};

export const STEPS_EXAMPLE = [
  {
    seq: 1,
    attempt: 0,
    at: '2026-11-16T06:00:02.114Z',
    step: 'planned',
    detail: { slot: '2026-W47', generation: 0, late: false },
  },
  { seq: 2, attempt: 1, at: '2026-11-16T06:00:03.020Z', step: 'claimed', detail: {} },
];

export const TRIGGER_EXAMPLE: TriggerOutcome = {
  runs: [{ runId: RUN_ID, deliveryId: DELIVERY_ID, slot: '2026-W47', created: true }],
  notPlanned: [
    {
      agencyId: '1480',
      advertiserId: '4712',
      destination: 'liveramp-us',
      segmentId: '1480_4712',
      reason: 'below_minimum',
      detail: '12 identifiers, 25 are needed',
    },
  ],
};

export const DELIVERY_EXAMPLE: DeliveryOverview = {
  deliveryId: DELIVERY_ID,
  ...WHOSE,
  advertiserName: 'Acme',
  cadence: 'WEEKLY',
  nextSlot: '2026-W48',
  nextDueAt: '2026-11-23T06:00:00.000Z',
  state: 'on',
  reason: null,
  detail: null,
  paused: null,
  failures: 0,
  lastRun: { runId: RUN_ID, slot: '2026-W47', state: 'delivered', plannedAt: '2026-11-16T06:00:02.114Z' },
  lastDeliveredAt: '2026-11-16T06:02:40.310Z',
};

export const DESTINATION_EXAMPLE: z.infer<typeof destinationList>['destinations'][number] = {
  name: 'liveramp-us',
  type: 'liveramp-sftp',
  limits: { concurrency: 4, startsPerMinute: null },
  breaker: 'closed',
  failures: 0,
  openedAt: null,
  openUntil: null,
  errorCode: null,
  errorMessage: null,
  lastSuccessAt: '2026-11-16T06:02:40.310Z',
  waiting: 2,
  working: 1,
  held: 0,
  hostKeys: ['SHA256:uNiVztksCsDhcc0u9e8BrrJZ4X1nUuUiYtLzE2sQ0bA'],
  capabilities: {
    identifiers: ['IDFA', 'GAID', 'MAID'],
    allowIp: false,
    allowIpv6: false,
    minRows: 25,
    refresh: ['full'],
    removes: false,
    optOuts: false,
    ttlDays: null,
    maxTtlDays: null,
    confirms: false,
    taxonomy: false,
  },
};

export const ALERT_EXAMPLE: z.infer<typeof alertList>['alerts'][number] = {
  key: `run_failed:${DELIVERY_ID}`,
  kind: 'run_failed',
  state: 'firing',
  agencyId: '1480',
  message: 'The run of 1480_4711_30D for 2026-W47 has failed: sftp_auth.',
  detail: { runId: RUN_ID, code: 'sftp_auth' },
  firedAt: '2026-11-16T06:02:41.000Z',
  resolvedAt: null,
  acknowledged: null,
};

export const AUDIT_EXAMPLE: z.infer<typeof auditPage>['entries'][number] = {
  id: '01k9x3a0b1c2d3e4f5g6h7j8k9',
  at: '2026-11-16T07:12:09.441Z',
  actor: 'ana@example.com',
  via: 'api',
  action: 'delivery.pause',
  agencyId: '1480',
  subjectKind: 'delivery',
  subjectId: DELIVERY_ID,
  reason: 'The advertiser asked us to wait.',
  before: { paused: false },
  after: { paused: true },
};

export const ME_EXAMPLE: Me = {
  mode: 'users',
  kind: 'user',
  name: 'Ana Pérez',
  email: 'ana@example.com',
  role: 'operator',
  agencies: ['1480'],
  sessionExpiresAt: '2026-11-16T18:00:00.000Z',
};

export const USER_EXAMPLE: UserShape = {
  id: '01k9x2v7c8e4rg1s5t6w7y8z9c',
  email: 'ana@example.com',
  name: 'Ana Pérez',
  role: 'operator',
  agencies: ['1480'],
  disabled: false,
  signIn: ['password'],
  createdAt: '2026-11-02T09:30:00.000Z',
  lastSignInAt: '2026-11-16T06:00:00.000Z',
  linkExpiresAt: null,
};

export const KEY_EXAMPLE: ApiKeyShape = {
  id: '01k9x2v7c8e4rg1s5t6w7y8z9d',
  prefix: 'aq_Vt3kQ9x',
  name: 'nightly export',
  role: 'viewer',
  agencies: ['1480'],
  makerId: '01k9x2v7c8e4rg1s5t6w7y8z9c',
  makerName: 'ana@example.com',
  createdAt: '2026-11-16T06:20:00.000Z',
  expiresAt: '2027-11-16T06:20:00.000Z',
  lastUsedAt: null,
  revokedAt: null,
};
