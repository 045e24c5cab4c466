import type { Problem } from '../../errors.ts';
import type { DomainRow } from './domain-rows.ts';
import { named } from './mapped-urls.ts';
import { hostProblem, readHost, type UsableHost } from './usable-host.ts';

/** What giving domains to advertisers means for the rows that are there, decided before anything is written. */

export interface WantedDomain {
  readonly advertiserId: string;
  readonly url: string;
  /** Left as it is when undefined; of a new row it is not. */
  readonly isPoi?: boolean | undefined;
}

export interface PlannedDomain extends UsableHost {
  readonly wanted: WantedDomain;
  readonly state: 'created' | 'unchanged' | 'updated' | 'replaced';
  /** Other advertisers who have the host, in order. */
  readonly holders: readonly string[];
  /** Rows of others that go. */
  readonly remove: readonly DomainRow[];
  /** Rows of its own whose flag is set anew. */
  readonly update: readonly DomainRow[];
  /** It has no row of its own yet. */
  readonly isNew: boolean;
  readonly isPoi: boolean;
}

export interface DomainPlan {
  readonly planned: readonly PlannedDomain[];
  /** What cannot be meant. */
  readonly problems: readonly Problem[];
  /** What others have, unless it may be taken from them. */
  readonly conflicts: readonly Problem[];
}

/** `pathOf` gives where in the request the n-th domain stands. `rows` are the agency's. */
export function planDomains(
  rows: readonly DomainRow[],
  wanted: readonly WantedDomain[],
  {
    replace,
    pathOf,
    nameOf,
  }: {
    readonly replace: boolean;
    readonly pathOf: (index: number) => string;
    readonly nameOf: (advertiserId: string) => string | null;
  },
): DomainPlan {
  const byHost = Map.groupBy(rows, ({ host }) => host);
  const asked = new Map<string, WantedDomain>();
  const planned: PlannedDomain[] = [];
  const problems: Problem[] = [];
  const conflicts: Problem[] = [];
  wanted.forEach((domain, index) => {
    const read = readHost(domain.url);
    if ('code' in read) {
      problems.push(hostProblem(pathOf(index), read));
      return;
    }
    const before = asked.get(read.host);
    if (before !== undefined) {
      if (before.advertiserId !== domain.advertiserId)
        problems.push({ path: pathOf(index), message: `${read.host} is asked for ${named([before.advertiserId])} as well` });
      else
        planned.push({
          ...read,
          wanted: domain,
          state: 'unchanged',
          holders: [],
          remove: [],
          update: [],
          isNew: false,
          isPoi: before.isPoi ?? false,
        });
      return;
    }
    asked.set(read.host, domain);
    const plan = planOne(read, domain, byHost.get(read.host) ?? []);
    if (plan.holders.length > 0 && !replace) {
      const holders = plan.holders.map((id) => [id, nameOf(id)].filter((part) => part !== null).join(' ')).join(', ');
      conflicts.push({
        path: pathOf(index),
        message: `${read.host} belongs to advertiser ${holders}`,
        hint: 'Send replace: true to take it, or leave it there.',
      });
    } else planned.push(plan);
  });
  return { planned, problems, conflicts };
}

function planOne(read: UsableHost, wanted: WantedDomain, rows: readonly DomainRow[]): PlannedDomain {
  const own = rows.filter(({ advertiserId }) => advertiserId === wanted.advertiserId);
  const remove = rows.filter(({ advertiserId }) => advertiserId !== null && advertiserId !== wanted.advertiserId);
  const update = wanted.isPoi === undefined ? [] : own.filter(({ isPoi }) => isPoi !== wanted.isPoi);
  const holders = [...new Set(remove.map(({ advertiserId }) => advertiserId ?? ''))].sort();
  const state = holders.length > 0 ? 'replaced' : own.length === 0 ? 'created' : update.length > 0 ? 'updated' : 'unchanged';
  const isPoi = wanted.isPoi ?? (own.length === 0 ? remove : own).some((row) => row.isPoi);
  return { ...read, wanted, state, holders, remove, update, isNew: own.length === 0, isPoi };
}

/** A text that two plans share when they do the same. */
export function planText({ planned }: DomainPlan): string {
  return JSON.stringify(
    planned.map(({ host, state, remove, update }) => [host, state, remove.map(({ key }) => key), update.map(({ key }) => key)]),
  );
}
