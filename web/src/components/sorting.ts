import type { Column } from './data-table.tsx';

const TEXTS = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The rows in the order that `sort` names; as they are when it names none. */
export function sorted<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: string | undefined): readonly Row[] {
  const down = sort?.startsWith('-') ?? false;
  const by = columns.find(({ id }) => id === sort?.replace(/^-/, ''))?.sortBy;
  if (by === undefined) return rows;
  return rows.toSorted((left, right) => {
    const [one, other] = [by(left), by(right)];
    if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
    const order = typeof one === 'number' && typeof other === 'number' ? one - other : TEXTS.compare(String(one), String(other));
    return down ? -order : order;
  });
}

/** What the next click on a column's head sorts by: up, down, as it was. */
export function nextSort(id: string, sort: string | undefined): string | undefined {
  if (sort === id) return `-${id}`;
  return sort === `-${id}` ? undefined : id;
}
