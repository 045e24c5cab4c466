import classes from './data-table.module.css';
import type { DataTableProps } from './data-table.tsx';

/** The rows of a table where there is no room for one: each with all its columns, the first one as its head. */
export function RowCards<Row>({
  caption,
  columns: [name, ...others],
  rows,
  rowKey,
}: DataTableProps<Row> & { readonly rows: readonly Row[] }) {
  return (
    <ul className={classes.cards} aria-label={caption}>
      {rows.map((row) => (
        <li key={rowKey(row)} className={classes.card}>
          <div>{name?.cell(row)}</div>
          <dl className={classes.facts}>
            {others.map(({ id, header, cell }) => (
              <Fact key={id} header={header}>
                {cell(row)}
              </Fact>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}

function Fact({ header, children }: { readonly header: string; readonly children: React.ReactNode }) {
  return (
    <>
      <dt>{header}</dt>
      <dd>{children}</dd>
    </>
  );
}
