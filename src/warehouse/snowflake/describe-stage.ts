import { sql } from '../../lib/sql.ts';
import type { Session } from '../warehouse.ts';
import { quotedName } from './names.ts';

/** An external stage as Snowflake has it. */
export interface DescribedStage {
  /** `s3://bucket/folder/`; null for a stage within Snowflake. */
  readonly url: string | null;
  readonly integration: string | null;
}

export async function describeStage(session: Session, name: readonly string[], signal?: AbortSignal): Promise<DescribedStage> {
  const rows = await session.all(sql`DESC STAGE ${quotedName(name)}`, signal === undefined ? {} : { signal });
  const property = (wanted: string): string | null => {
    const value = rows.find((row) => String(row.property).toUpperCase() === wanted)?.property_value;
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const url = property('URL');
  return { url: url === null ? null : firstOfList(url), integration: property('STORAGE_INTEGRATION') };
}

/** Snowflake shows the place as a list of one: `["s3://bucket/folder/"]`. */
function firstOfList(text: string): string {
  return /^\[\s*"((?:[^"\\]|\\.)*)"/.exec(text)?.[1]?.replaceAll('\\/', '/') ?? text;
}
