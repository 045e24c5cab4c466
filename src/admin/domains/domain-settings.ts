import { booleanOf, idText, textOf } from '../../config/values.ts';
import { sql } from '../../lib/sql.ts';
import { type Platform, platformNamed } from '../../pixel/platforms.ts';
import { type AdminContext, inScope } from '../context.ts';

/** What people decided about domains. */

export const SETTING_TABLE = 'PIXEL_DOMAIN_SETTING';
export const SETTING_KEY = ['AGENCY_ID', 'DOMAIN'] as const;

export interface DomainSetting {
  readonly isIgnored: boolean;
  readonly override: Platform | null;
  readonly note: string | null;
}

const NOTHING: DomainSetting = { isIgnored: false, override: null, note: null };

export interface DomainSettings {
  /** Of a registrable domain. */
  of(agencyId: string, domain: string): DomainSetting;
}

const keyOf = (agencyId: string, domain: string): string => `${agencyId}\n${domain}`;

/** The settings of all agencies in scope. */
export async function readDomainSettings(ctx: AdminContext): Promise<DomainSettings> {
  const table = ctx.catalogue.table(SETTING_TABLE);
  const rows = table.exists
    ? await ctx.session.all(
        sql`SELECT ${table.column('AGENCY_ID')} AS agency, ${table.column('DOMAIN')} AS domain, ${table.column('IS_IGNORED')} AS is_ignored,
            ${table.column('PLATFORM_OVERRIDE')} AS platform, ${table.column('NOTE')} AS note
          FROM ${table.ref} WHERE ${inScope(ctx, table)}`,
      )
    : [];
  const settings = new Map(
    rows.map((row) => [
      keyOf(idText(row.agency), textOf(row.domain)),
      {
        isIgnored: booleanOf(row.is_ignored) === true,
        override: platformNamed(textOf(row.platform)),
        note: textOf(row.note) || null,
      },
    ]),
  );
  return { of: (agencyId, domain) => settings.get(keyOf(agencyId, domain)) ?? NOTHING };
}
