import type { SqlValue } from '../../lib/sql.ts';
import type { RowJournal } from '../row-journal.ts';
import { DOMAIN_KEY, DOMAIN_TABLE, type DomainRow } from './domain-rows.ts';
import { SETTING_KEY, SETTING_TABLE } from './domain-settings.ts';
import type { PlannedDomain } from './plan-domains.ts';

/** Writing the rows of domains, and of what people decided about them. */

/** A new row: it holds the host, whatever people wrote. */
export interface NewDomain {
  readonly agencyId: string;
  readonly advertiserId: string;
  readonly host: string;
  readonly name: string | null;
  readonly isPoi: boolean;
  readonly at: Date;
}

export async function insertDomains(journal: RowJournal, domains: readonly NewDomain[]): Promise<void> {
  if (domains.length === 0) return;
  await journal.insert(
    DOMAIN_TABLE,
    DOMAIN_KEY,
    domains.map(({ agencyId, advertiserId, host, name, isPoi, at }) => ({
      Agency_Id: agencyId,
      Advertiser_id: advertiserId,
      URL: host,
      ADVERTISER_NAME: name,
      IS_POI: isPoi,
      CREATED_AT: at,
    })),
  );
}

/** Removes rows, and every other row that cannot be told from them. Gives how many there were. */
export async function removeDomains(journal: RowJournal, rows: readonly DomainRow[]): Promise<number> {
  const keys = [...new Map(rows.map(({ key }) => [JSON.stringify(key), key])).values()];
  return keys.length === 0 ? 0 : journal.remove(DOMAIN_TABLE, DOMAIN_KEY, keys);
}

/** Does what was planned. */
export async function writePlan(
  journal: RowJournal,
  planned: readonly PlannedDomain[],
  {
    agencyId,
    nameOf,
    at,
  }: { readonly agencyId: string; readonly nameOf: (advertiserId: string) => string | null; readonly at: Date },
): Promise<void> {
  await removeDomains(
    journal,
    planned.flatMap(({ remove }) => remove),
  );
  for (const { update, isPoi } of planned) {
    const keys = new Map(update.map(({ key }) => [JSON.stringify(key), key]));
    for (const key of keys.values()) await journal.update(DOMAIN_TABLE, DOMAIN_KEY, key, { IS_POI: isPoi });
  }
  const missing = planned.filter(({ isNew }) => isNew);
  await insertDomains(
    journal,
    missing.map(({ host, isPoi, wanted: { advertiserId } }) => ({
      agencyId,
      advertiserId,
      host,
      name: nameOf(advertiserId),
      isPoi,
      at,
    })),
  );
}

/** Columns of PIXEL_DOMAIN_SETTING that people decide. */
export interface SettingValues {
  readonly IS_IGNORED?: boolean;
  readonly PLATFORM_OVERRIDE?: string | null;
  readonly NOTE?: string | null;
}

/** Sets what is decided about a domain, and who did. What is so already is left alone. */
export async function writeSetting(
  journal: RowJournal,
  { agencyId, domain, by, at }: { readonly agencyId: string; readonly domain: string; readonly by: string; readonly at: Date },
  values: SettingValues,
): Promise<void> {
  const key = [agencyId, domain];
  const [row] = await journal.find(SETTING_TABLE, SETTING_KEY, [key]);
  const isSame = Object.entries(values).every(([column, value]) => sameValue(row?.[column], value));
  if (isSame) return;
  const stamped = { ...values, UPDATED_BY: by, UPDATED_AT: at };
  if (row === undefined) await journal.insert(SETTING_TABLE, SETTING_KEY, [{ AGENCY_ID: agencyId, DOMAIN: domain, ...stamped }]);
  else await journal.update(SETTING_TABLE, SETTING_KEY, key, stamped);
}

/** No value is the same as false: nobody decided anything. */
function sameValue(stored: SqlValue | undefined, wanted: SqlValue): boolean {
  return (stored ?? null) === wanted || (wanted === false && (stored ?? false) === false);
}
