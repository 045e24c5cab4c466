import { sql } from '../../lib/sql.ts';
import type { Session } from '../warehouse.ts';

/** What a session was given when it signed in; null where it could not be. */
export interface Place {
  readonly user: string;
  readonly role: string | null;
  readonly warehouse: string | null;
  readonly database: string | null;
  readonly schema: string | null;
  /** Roles whose rights the session has besides. */
  readonly secondaryRoles: readonly string[];
}

export async function whereAmI(session: Session, signal?: AbortSignal): Promise<Place> {
  const [row] = await session.all(
    sql`SELECT CURRENT_USER() AS signed_in, CURRENT_ROLE() AS role_name, CURRENT_WAREHOUSE() AS warehouse_name,
      CURRENT_DATABASE() AS database_name, CURRENT_SCHEMA() AS schema_name, CURRENT_SECONDARY_ROLES() AS secondary_roles`,
    signal === undefined ? {} : { signal },
  );
  const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
  return {
    user: text(row?.signed_in) ?? '',
    role: text(row?.role_name),
    warehouse: text(row?.warehouse_name),
    database: text(row?.database_name),
    schema: text(row?.schema_name),
    secondaryRoles: secondaryRoles(text(row?.secondary_roles)),
  };
}

/** Of `{"roles":"ONE,TWO","value":"ALL"}`. */
function secondaryRoles(json: string | null): readonly string[] {
  const [, roles = ''] = /"roles"\s*:\s*"([^"]*)"/.exec(json ?? '') ?? [];
  return roles.split(',').filter((role) => role !== '');
}
