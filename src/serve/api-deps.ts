import { setTimeout as sleep } from 'node:timers/promises';
import { makeNameIndex } from '../admin/advertisers/name-index.ts';
import { hostKeyReport } from '../admin/delivery/host-key-report.ts';
import { previewDelivery } from '../admin/delivery/preview-delivery.ts';
import { readinessReport } from '../admin/delivery/readiness-report.ts';
import { fingerprintOf, sftpServer } from '../admin/delivery/sftp-server.ts';
import { testDestination } from '../admin/delivery/test-destination.ts';
import type { ApiDeps, DestinationFacts } from '../api/deps.ts';
import type { App } from '../app.ts';
import type { Settings } from '../config/settings.ts';
import type { Engine } from '../delivery/engine.ts';
import { type NamedDestination, namedDestination } from '../delivery/named-destination.ts';
import { makePlan } from '../delivery/plan.ts';
import { configError } from '../errors.ts';
import { withResource } from '../lib/with-resource.ts';
import type { Metrics } from '../monitor/metrics.ts';
import { deliveriesOverview } from '../schedule/deliveries-overview.ts';
import { trigger } from '../schedule/trigger.ts';
import { deliveryToShape } from '../shapes/delivery-to-shape.ts';
import { rejectionsOf } from '../shapes/rejections-of.ts';
import { planShape } from '../shapes/to-shape.ts';
import type { TriggerRequest } from '../shapes/trigger-shapes.ts';
import { withSignal } from '../warehouse/with-signal.ts';
import { checkReady } from './check-ready.ts';

const DAY_END = 'T23:59:59.999Z';

/** What the API hands its work to. `wake` is rung when there are new runs to take. */
export function apiDeps(
  { app, engine, metrics }: { readonly app: App; readonly engine: Engine; readonly metrics: Metrics },
  { token, version, wake, runCommand }: Pick<ApiDeps, 'token' | 'version' | 'runCommand'> & { readonly wake: () => void },
): ApiDeps {
  const { settings, ledger, clock, log } = app;
  const names = makeNameIndex();
  const current = async (): Promise<Engine> => ({ ...engine, catalogue: await engine.tablesNow() });
  return {
    ledger,
    clock,
    log,
    version,
    token,
    destinations: Object.keys(settings.destinations).flatMap((name) => {
      const found = namedDestination(settings, name);
      if (found === null) return [];
      return [destinationFacts(settings, found)];
    }),
    trigger: async (request, actor, requestKey) => {
      const triggered = await trigger(await current(), { ...request, backfill: backfillOf(request), requestKey }, actor);
      wake();
      return {
        runs: triggered.runs.map(({ runId, deliveryId, slot, created }) => ({ runId, deliveryId, slot, created })),
        notPlanned: [...triggered.notPlanned],
      };
    },
    preview: async (request) => preview(await current(), request),
    readinessOf: (admin, request) => readinessReport(admin, app.secrets, request),
    previewOf: (admin, request) => previewDelivery(admin, app.secrets, request),
    testDestination: (name, signal) =>
      testDestination(settings, name, {
        ...{ signal, log, clock, secrets: app.secrets },
        sleep: (ms) => sleep(ms, undefined, { signal }),
      }),
    hostKeysOf: (name, published, signal) => hostKeyReport(settings, name, published, signal),
    stage: engine.stage,
    rejectionsOf: (run) => rejectionsOf(settings, run),
    listDeliveries: async (query) => {
      return (await deliveriesOverview(await current(), query)).map(deliveryToShape);
    },
    retryDeadlineMs: settings.defaults.slotDeadlineHours * 3_600_000,
    ready: (signal) => checkReady(app, signal),
    metrics: async () => ({ contentType: metrics.contentType, body: await metrics.text() }),
    runCommand,
    withAdmin: ({ scope, signal }, work) =>
      withResource(engine.warehouse.session(), async (opened) => {
        const session = withSignal(opened, signal);
        return work({ session, catalogue: await engine.tablesNow(), ledger, settings, clock, names, scope, signal });
      }),
    turn: engine.warehouse,
  };
}

function destinationFacts(settings: Settings, destination: NamedDestination): DestinationFacts {
  const { name, type, limits, confirm, taxonomy } = destination;
  const { headersFixed: _kept, ...capabilities } = destination.capabilities();
  return {
    name,
    type,
    limits: { concurrency: limits.concurrency, startsPerMinute: limits.startsPerMinute ?? null },
    hostKeys: sftpServer(settings, name)?.hostKeys.map(fingerprintOf) ?? null,
    capabilities: { ...capabilities, confirms: confirm !== null, taxonomy: taxonomy !== null },
  };
}

function backfillOf({ from, to }: TriggerRequest): { readonly from: Date; readonly to: Date } | undefined {
  return from === undefined || to === undefined
    ? undefined
    : { from: new Date(`${from}T00:00:00Z`), to: new Date(`${to}${DAY_END}`) };
}

/** What a trigger would deliver, with counts. */
async function preview(engine: Engine, request: TriggerRequest) {
  if (request.from !== undefined)
    throw configError('dry_run_backfill', 'A backfill cannot be tried out as a whole.', {
      hint: 'Try out one slot of it with `slot`.',
    });
  const { catalogue, ledger, settings, secrets, signal } = engine;
  const { agencyId, advertiserId, destination, slot } = request;
  const plan = await withResource(engine.warehouse.session(), (session) =>
    makePlan(
      { session, catalogue, ledger, settings, secrets, signal },
      { at: engine.clock.now(), agencyId, advertiserId, destination, slot },
    ),
  );
  return planShape(plan);
}
