import type { AdvertiserConfig } from '../config/advertiser-config.ts';
import { displayName } from '../config/display-name.ts';
import { raw, sql } from '../lib/sql.ts';
import { idSql } from '../reach/text-sql.ts';
import type { Catalogue } from '../warehouse/catalogue.ts';
import type { Session } from '../warehouse/warehouse.ts';

/** The configurations, those without a display name named as REF_AGENCY_ADVERTISER names them. */
export async function withNames(
  session: Session,
  catalogue: Catalogue,
  configs: readonly AdvertiserConfig[],
): Promise<readonly AdvertiserConfig[]> {
  const table = catalogue.table('REF_AGENCY_ADVERTISER');
  if (!table.exists || !table.has('ADVERTISER_NAME') || configs.every(({ displayName }) => displayName !== null)) return configs;
  const { dialect } = session;
  const names = new Map<string, string>();
  // One row of a name's variants, so that it is the same name each time.
  const rows = session.query(
    sql`SELECT agency, advertiser, MIN(full_name) AS full_name FROM (
        SELECT ${idSql(dialect, table.column('AGENCY_ID'))} AS agency, ${idSql(dialect, table.column('ADVERTISER_ID'))} AS advertiser,
          ${dialect.text(table.column('ADVERTISER_NAME'))} AS full_name FROM ${table.ref}
      ) WHERE ${raw("full_name <> ''")} GROUP BY agency, advertiser`,
  );
  const wanted = new Set(configs.map(keyOf));
  for await (const batch of rows) {
    for (const { agency, advertiser, full_name } of batch) {
      const key = keyOf({ agencyId: String(agency), advertiserId: String(advertiser) });
      const name = displayName(String(full_name));
      if (wanted.has(key) && name !== null) names.set(key, name);
    }
  }
  return configs.map((config) =>
    config.displayName === null ? { ...config, displayName: names.get(keyOf(config)) ?? null } : config,
  );
}

function keyOf({ agencyId, advertiserId }: { readonly agencyId: string; readonly advertiserId: string }): string {
  return JSON.stringify([agencyId, advertiserId]);
}
