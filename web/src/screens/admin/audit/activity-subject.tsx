import { TextLink } from '../../../components/links.tsx';
import { wordsOf } from '../../../lib/format.ts';
import type { ActivityEntry } from './activity-query.ts';

/** What something was done to, with a link to it where there is a page. */
export function ActivitySubject({
  entry: { subjectKind: kind, subjectId: id, agencyId, before, after },
}: {
  readonly entry: ActivityEntry;
}) {
  const agency = agencyId === null ? '' : `, agency ${agencyId}`;
  const name = nameIn(after) ?? nameIn(before);
  return (
    <>
      {wordsOf(kind)} <SubjectLink kind={kind} id={id} />
      {name !== null && ` (${name})`}
      {agency}
    </>
  );
}

/** What it was called, where that is written down. */
function nameIn(facts: ActivityEntry['after']): string | null {
  const name = facts?.email ?? facts?.name;
  return typeof name === 'string' ? name : null;
}

function SubjectLink({ kind, id }: { readonly kind: string; readonly id: string }) {
  if (kind === 'run') {
    return (
      <TextLink underline="always" to="/runs/$id" params={{ id }}>
        {id}
      </TextLink>
    );
  }
  if (kind === 'delivery') {
    return (
      <TextLink underline="always" to="/runs" search={{ delivery: id }}>
        {id}
      </TextLink>
    );
  }
  if (kind === 'destination')
    return (
      <TextLink underline="always" to="/destinations">
        {id}
      </TextLink>
    );
  if (kind === 'alert')
    return (
      <TextLink underline="always" to="/alerts">
        {id}
      </TextLink>
    );
  return id;
}
