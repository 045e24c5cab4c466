import { Box } from '@mantine/core';
import { Note } from './note.tsx';

/** What else to know about what is shown, as the server says it. */
export function Warnings({ of }: { readonly of: readonly string[] | undefined }) {
  const [first, ...others] = of ?? [];
  if (first === undefined) return null;
  return (
    <Box mb="sm">
      {others.length === 0 ? (
        <Note tone="info" title={first} />
      ) : (
        <Note tone="info" title="Good to know">
          {[first, ...others].map((warning) => (
            <div key={warning}>{warning}</div>
          ))}
        </Note>
      )}
    </Box>
  );
}
