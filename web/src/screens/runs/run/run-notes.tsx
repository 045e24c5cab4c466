import type { Run } from '../../../api/types.ts';
import { Instant } from '../../../components/instant.tsx';
import { Note } from '../../../components/note.tsx';
import { Prose } from '../../../components/prose.tsx';
import { wordsOf } from '../../../lib/format.ts';

/** What a person must know about a run before all else. */
export function RunNotes({ run }: { readonly run: Run }) {
  const { hold, error, retryAt, cancelRequested, state, reason } = run;
  return (
    <>
      {hold !== null && (
        <Note tone="wait" title={`Waits for a person: ${wordsOf(hold.reason).toLowerCase()}`}>
          <Prose text={hold.detail} /> Since <Instant at={hold.at} as="both" />.
        </Note>
      )}
      {cancelRequested && (
        <Note tone="warn" title="Is being stopped">
          Its worker stops at the next sign of life, within half a minute.
        </Note>
      )}
      {error !== null && (
        <Note tone={retryAt === null ? 'bad' : 'warn'} title={<Prose text={error.message} />}>
          {error.hint !== null && (
            <div>
              <Prose text={error.hint} />
            </div>
          )}
          <div>
            {error.code}
            {retryAt !== null && (
              <>
                . It is tried again <Instant at={retryAt} as="relative" />.
              </>
            )}
          </div>
        </Note>
      )}
      {state === 'skipped' && reason !== null && (
        <Note tone="info" title={`Nothing was sent: ${wordsOf(reason).toLowerCase()}`}>
          A skipped run can be tried again once the reason is gone.
        </Note>
      )}
    </>
  );
}
