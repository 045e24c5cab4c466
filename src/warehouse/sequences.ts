import { join, type Sql, sql } from '../lib/sql.ts';
import type { SequenceSpec } from './sequence-spec.ts';
import type { Session } from './warehouse.ts';

/**
 * So many new numbers as text, none of them in use. `used` selects those in use, as text, in a column `used_id`: a site has had ids before
 * it had the sequence.
 */
export async function nextNumbers(
  session: Session,
  sequence: SequenceSpec,
  used: Sql,
  count: number,
): Promise<readonly string[]> {
  const next = session.dialect.nextNumber(sequence);
  const numbers: string[] = [];
  while (numbers.length < count) {
    const places = join(Array.from({ length: count - numbers.length }, (_, index) => sql`(${index})`));
    const drawn = (await session.all(sql`SELECT ${next} AS id FROM (VALUES ${places}) AS places(place)`)).map(({ id }) =>
      String(id),
    );
    const taken = await session.all(
      sql`SELECT DISTINCT used_id FROM (${used}) AS used_ids WHERE used_id IN (${join(drawn.map((id) => sql`${id}`))})`,
    );
    const isTaken = new Set(taken.map((row) => String(row.used_id)));
    numbers.push(...drawn.filter((id) => !isTaken.has(id)));
    // Ids mostly stand close together: passing over as many numbers as there are leads behind all of them in one step.
    if (isTaken.size > 0)
      await session.all(sql`SELECT max(passed) AS passed FROM (SELECT ${next} AS passed FROM (${used}) AS used_ids) AS numbers`);
  }
  return numbers;
}
