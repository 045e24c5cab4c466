import { configTable, readConfigs } from '../config/read-configs.ts';
import { configError } from '../errors.ts';
import { sql } from '../lib/sql.ts';
import { idSql } from '../reach/text-sql.ts';
import { type AdminContext, requireAgency } from './context.ts';

/**
 * Sees that the advertiser is one of the agency, by its name or its configuration. `config` errors: `agency_forbidden`, and
 * `advertiser_unknown` also when it is another agency's.
 */
export async function requireAdvertiser(ctx: AdminContext, agencyId: string, advertiserId: string): Promise<void> {
  requireAgency(ctx.scope, agencyId);
  const { session, catalogue } = ctx;
  const names = catalogue.table('REF_AGENCY_ADVERTISER');
  if (names.exists) {
    const is = (column: string, id: string) => sql`${idSql(session.dialect, names.column(column))} = ${id}`;
    const [row] = await session.all(
      sql`SELECT 1 AS found FROM ${names.ref} WHERE ${is('AGENCY_ID', agencyId)} AND ${is('ADVERTISER_ID', advertiserId)} LIMIT 1`,
    );
    if (row !== undefined) return;
  }
  const [config] = await readConfigs(session, configTable(catalogue), { agencyId, advertiserId });
  if (config !== undefined) return;
  throw configError('advertiser_unknown', `Agency ${agencyId} has no advertiser ${advertiserId}.`, {
    hint: 'Search for the advertiser, or create it.',
  });
}
