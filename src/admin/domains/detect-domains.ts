import { sql } from '../../lib/sql.ts';
import { type Detection, detectPlatform, isHostDecisive, SAMPLE_SIZE, type SampledEvent } from '../../pixel/detect.ts';
import { isUnder } from '../../pixel/domains.ts';
import type { Platform } from '../../pixel/platforms.ts';
import type { BoundTable } from '../../warehouse/catalogue.ts';
import type { AdminContext } from '../context.ts';
import { type EventWindow, eventTimeSql } from './event-window.ts';
import type { HostEvents } from './host-events.ts';
import { pickedEvents, pickHosts } from './picked-hosts.ts';

/** What sites run on. Lists, previews and what is stored all come from here, so that they say the same. */

export interface DetectionTarget {
  /** A registrable domain or a host. */
  readonly domain: string;
  readonly override: Platform | null;
  /** The agency's hosts; those under the domain count. */
  readonly hosts: readonly HostEvents[];
}

/** Detects each target, in their order. Where hosts or people decide already, no event is read. */
export async function detectDomains(
  ctx: AdminContext,
  events: BoundTable | null,
  window: EventWindow,
  targets: readonly DetectionTarget[],
): Promise<readonly Detection[]> {
  const inputs = targets.map(({ domain, override, hosts }) => {
    const own = hosts.filter(({ host }) => isUnder(host, domain));
    return { override, own, hosts: [domain, ...own.map(({ host }) => host)] };
  });
  const isOpen = inputs.map(({ override, own, hosts }) => override === null && own.length > 0 && !isHostDecisive(hosts));
  const samples =
    events === null
      ? new Map()
      : await sampleEvents(
          ctx,
          events,
          window,
          inputs.map(({ own }, index) => (isOpen[index] ? own : [])),
        );
  return inputs.map(({ override, hosts }, index) => detectPlatform({ hosts, events: samples.get(index) ?? [], override }));
}

/** The newest events of each list of hosts, by its place. */
async function sampleEvents(
  ctx: AdminContext,
  events: BoundTable,
  window: EventWindow,
  lists: readonly (readonly HostEvents[])[],
): Promise<ReadonlyMap<number, readonly SampledEvent[]>> {
  const found = new Map<number, SampledEvent[]>();
  if (lists.every((hosts) => hosts.length === 0)) return found;
  const { dialect } = ctx.session;
  const picked = await pickHosts(
    ctx,
    lists.map((hosts) => ({ hosts })),
  );
  const text = (column: string) => dialect.text(events.column(column, 'e'));
  const batches = ctx.session.query(
    sql`SELECT pick, page_url, event_type, parameters FROM (
        SELECT p.pick AS pick, ${text('PAGE_URL')} AS page_url, ${text('EVENT_TYPE')} AS event_type, ${text('ALL_PARAMETERS')} AS parameters,
          row_number() OVER (PARTITION BY p.pick ORDER BY ${eventTimeSql(ctx, events)} DESC, ${text('UUID')}, ${text('PAGE_URL')}) AS place
        FROM ${pickedEvents(ctx, events, window, picked)}
      ) newest WHERE place <= ${SAMPLE_SIZE}`,
    { signal: ctx.signal },
  );
  const stored = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));
  for await (const batch of batches) {
    for (const { pick, page_url: pageUrl, event_type: eventType, parameters } of batch) {
      const sample = found.get(Number(pick)) ?? [];
      found.set(Number(pick), sample);
      sample.push({ pageUrl: stored(pageUrl) ?? '', eventType: stored(eventType), parameters: stored(parameters) });
    }
  }
  return found;
}
