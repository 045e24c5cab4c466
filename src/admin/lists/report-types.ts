import type { z } from 'zod';
import { booleanOf, idText, integerOf, textOf } from '../../config/values.ts';
import { sql } from '../../lib/sql.ts';
import type { Listed } from '../../shapes/config/envelope.ts';
import type { ReportTypeRow, reportTypesQuery } from '../../shapes/config/lists.ts';
import type { AdminContext } from '../context.ts';

/** Kinds of reports that are in use, in their order. A row that does not say whether it is in use is. */
export async function listReportTypes(
  ctx: AdminContext,
  { limit, offset }: z.output<typeof reportTypesQuery>,
): Promise<Listed<ReportTypeRow>> {
  const found = await reportTypes(ctx);
  if (found === null)
    return { rows: [], total: 0, warnings: ['REF_REPORT_TYPE is missing: there are no report types to choose.'] };
  return { rows: found.slice(offset, offset + limit), total: found.length };
}

/** All that are in use; null where the table is missing. */
export async function reportTypes(ctx: AdminContext): Promise<readonly ReportTypeRow[] | null> {
  const table = ctx.catalogue.table('REF_REPORT_TYPE');
  if (!table.exists) return null;
  const text = (name: string) => ctx.session.dialect.text(table.column(name));
  const rows = await ctx.session.all(sql`SELECT ${text('REPORT_TYPE_ID')} AS id, ${text('REPORT_TYPE_CODE')} AS code,
      ${text('EXPOSURE_SOURCE')} AS exposure, ${text('OUTCOME_TYPE')} AS outcome, ${text('DISPLAY_NAME')} AS name,
      ${text('DESCRIPTION')} AS description, ${text('IS_ACTIVE')} AS is_active, ${text('SORT_ORDER')} AS place
    FROM ${table.ref}`);
  return rows
    .filter(({ id, is_active: isActive }) => idText(id) !== '' && booleanOf(isActive) !== false)
    .map(
      (row): ReportTypeRow => ({
        REPORT_TYPE_ID: idText(row.id),
        REPORT_TYPE_CODE: textOf(row.code) || null,
        EXPOSURE_SOURCE: textOf(row.exposure) || null,
        OUTCOME_TYPE: textOf(row.outcome) || null,
        DISPLAY_NAME: textOf(row.name) || null,
        DESCRIPTION: textOf(row.description) || null,
        SORT_ORDER: integerOf(row.place) ?? null,
      }),
    )
    .toSorted(
      (left, right) =>
        (left.SORT_ORDER ?? Number.MAX_SAFE_INTEGER) - (right.SORT_ORDER ?? Number.MAX_SAFE_INTEGER) ||
        Number(left.REPORT_TYPE_ID) - Number(right.REPORT_TYPE_ID),
    );
}
