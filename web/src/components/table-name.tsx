import { Fragment } from 'react';

/** A name of the warehouse, such as AD_IMPRESSION_LOG: where there is little room it breaks behind _ and nowhere else. */
export function TableName({ name }: { readonly name: string }) {
  return name.split(/(?<=[_.])/).map((part, index) => {
    const key = `${index} ${part}`;
    return (
      <Fragment key={key}>
        {index > 0 && <wbr />}
        {part}
      </Fragment>
    );
  });
}
