import type { Run } from '../../../api/types.ts';
import { Facts } from '../../../components/facts.tsx';
import { Instant } from '../../../components/instant.tsx';
import { TextLink } from '../../../components/links.tsx';
import { Section } from '../../../components/section.tsx';
import { counted, durationText } from '../../../lib/format.ts';

/** Whose it is, and when what happened. */
export function RunFacts({ run }: { readonly run: Run }) {
  const { agencyId, advertiserId, segmentId, dueAt, late, startedAt, finishedAt, deadlineAt, attempts, generation } = run;
  const took = startedAt !== null && finishedAt !== null ? durationText(Date.parse(finishedAt) - Date.parse(startedAt)) : null;
  return (
    <Section title="About this run">
      <Facts
        facts={[
          {
            name: 'Advertiser',
            value: (
              <TextLink to="/deliveries" search={{ agency: agencyId, advertiser: advertiserId }}>
                {advertiserId}, agency {agencyId}
              </TextLink>
            ),
          },
          { name: 'Segment', value: segmentId },
          {
            name: 'Due',
            value: (
              <>
                <Instant at={dueAt} />
                {late ? ' (planned late)' : ''}
              </>
            ),
          },
          { name: 'Began', value: <Instant at={startedAt} seconds /> },
          {
            name: 'Ended',
            value: (
              <>
                <Instant at={finishedAt} seconds />
                {took === null ? '' : `, took ${took}`}
              </>
            ),
          },
          ...(finishedAt === null ? [{ name: 'Tried until', value: <Instant at={deadlineAt} /> }] : []),
          { name: 'Attempts', value: attempts },
          ...(generation > 0 ? [{ name: 'Run again', value: counted(generation, 'time') }] : []),
        ]}
      />
    </Section>
  );
}
