import { Modal, Stack, Switch } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useState } from 'react';
import { DiscardDialog } from '../../../components/discard-dialog.tsx';
import { Section } from '../../../components/section.tsx';
import { paramsOf } from '../edit/changes.ts';
import { Review } from '../edit/review.tsx';
import { Readiness } from '../health/readiness.tsx';
import type { TabProps } from '../tab-props.ts';
import { CadencePicker } from './cadence-picker.tsx';
import classes from './delivery.module.css';
import { changesOf, DELIVERY_PARAMS, type Draft, draftOf, rebased } from './draft.ts';
import { EntriesEditor } from './entries-editor.tsx';
import { LookbackPicker } from './lookback-picker.tsx';
import { PastRuns } from './past-runs.tsx';
import { Preview } from './preview.tsx';
import { SaveBar } from './save-bar.tsx';
import { Standing } from './standing.tsx';

/** How an advertiser is delivered: what runs now, and the editor with what would come of it. */
export function DeliveryTab({ advertiser, detail }: TabProps) {
  // What the editor was opened with: what others save meanwhile is shown when these changes are to be saved, not before.
  const [before, setBefore] = useState(detail.config);
  const [draft, setDraft] = useState<Draft>(() => draftOf(detail.config));
  const [isReviewing, setReviewing] = useState(false);
  const changes = changesOf(before, draft);
  const isDirty = paramsOf(changes).length > 0;
  // Without changes the editor follows what is saved.
  if (!isDirty && !isReviewing && before !== detail.config && before.CONFIG_VERSION !== detail.config.CONFIG_VERSION) {
    setBefore(detail.config);
    setDraft(draftOf(detail.config));
  }
  const blocker = useBlocker({ shouldBlockFn: () => isDirty, enableBeforeUnload: () => isDirty, withResolver: true });
  const set = (change: Partial<Draft>): void => setDraft({ ...draft, ...change });
  const name = detail.config.ADVERTISER_NAME ?? `advertiser ${advertiser.advertiserId}`;
  return (
    <Stack gap="md">
      <Standing advertiser={advertiser} name={name} />
      <div className={classes.columns}>
        <Stack gap="md">
          <Section title="Delivery" description="Whether anything of this advertiser is delivered at all.">
            <Switch
              label={draft.enabled ? 'Delivery is on' : 'Delivery is off'}
              checked={draft.enabled}
              onChange={(event) => set({ enabled: event.currentTarget.checked })}
            />
          </Section>
          <Section title="Destinations" description="Where it goes, and who.">
            <EntriesEditor entries={draft.entries} onChange={(entries) => set({ entries })} />
          </Section>
          <Section title="How often">
            <CadencePicker value={draft.cadence} onChange={(cadence) => set({ cadence })} />
          </Section>
          <Section title="Look-back" description="How far back exposures count.">
            <LookbackPicker value={draft.lookbackDays} onChange={(lookbackDays) => set({ lookbackDays })} />
          </Section>
        </Stack>
        <div className={classes.beside}>
          <Preview advertiser={advertiser} draft={draft} />
        </div>
      </div>
      <Readiness advertiser={advertiser} isShort />
      <PastRuns advertiser={advertiser} />
      {isDirty && <SaveBar onDiscard={() => setDraft(draftOf(before))} onReview={() => setReviewing(true)} />}
      {isReviewing && (
        <Modal
          opened
          onClose={() => setReviewing(false)}
          title="What will change"
          size="lg"
          centered
          closeButtonProps={{ 'aria-label': 'Close' }}
        >
          <Review
            advertiser={advertiser}
            before={before}
            changes={changes}
            params={DELIVERY_PARAMS}
            onBack={() => setReviewing(false)}
            onRebase={(now, left) => {
              setBefore(now);
              setDraft(rebased(now, left));
              if (paramsOf(left).length === 0) setReviewing(false);
            }}
            onSaved={(now) => {
              setBefore(now);
              setDraft(draftOf(now));
              setReviewing(false);
            }}
          />
        </Modal>
      )}
      {blocker.status === 'blocked' && <DiscardDialog onStay={blocker.reset} onDiscard={blocker.proceed} />}
    </Stack>
  );
}
