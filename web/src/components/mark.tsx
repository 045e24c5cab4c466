import mark from '../theme/mark.svg';

/** The sign of the program. It stands beside its name, so it says nothing itself. */
export function Mark({ size }: { readonly size: number }) {
  return <img src={mark} width={size} height={size} alt="" />;
}
