import type { RunDetail } from '../../../api/types.ts';
import { Count } from '../../../components/count.tsx';
import { Facts } from '../../../components/facts.tsx';
import { Instant } from '../../../components/instant.tsx';
import { Note } from '../../../components/note.tsx';
import { Section } from '../../../components/section.tsx';
import { wordsOf } from '../../../lib/format.ts';

const STATES = { pending: 'Not yet', confirmed: 'Confirmed', doubtful: 'Doubtful' } as const;

/** What the partner has said since. */
export function ConfirmationSection({ confirmation }: { readonly confirmation: NonNullable<RunDetail['confirmation']> }) {
  const { state, askAt, at, code, message, hint, counts } = confirmation;
  return (
    <Section title="Confirmation" description="What the partner says of it once it has looked.">
      {state === 'doubtful' && (
        <Note tone="warn" title={message ?? code ?? 'Something is wrong'}>
          {hint}
        </Note>
      )}
      <Facts
        facts={[
          { name: 'State', value: STATES[state] },
          { name: 'Answered', value: <Instant at={at} /> },
          ...(askAt === null ? [] : [{ name: 'Asked next', value: <Instant at={askAt} as="relative" /> }]),
          ...Object.entries(counts).map(([name, count]) => ({ name: wordsOf(name), value: <Count value={count} /> })),
        ]}
      />
    </Section>
  );
}
