import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import type { RunDetail } from '../../../api/types.ts';
import { Section } from '../../../components/section.tsx';
import { clockText, counted, dayText, durationText, wordsOf } from '../../../lib/format.ts';
import { timeZone } from '../../../lib/time-zone.ts';
import classes from './story.module.css';

type Step = RunDetail['steps'][number];

/** What each step means for the run. */
const TONES: Readonly<Record<string, string>> = {
  delivered: 'good',
  confirmed: 'good',
  approved: 'good',
  failed: 'bad',
  retry: 'warn',
  lost: 'warn',
  held: 'warn',
  partial: 'warn',
  doubtful: 'warn',
  'cancel-requested': 'warn',
};

/** Of a long story the middle is told when it is asked for: it is the same attempt again and again. */
const BEGINNING = 6;
const END = 9;

/** What happened, when, and how long it took until the next thing. */
export function StorySection({ steps, isLive }: { readonly steps: readonly Step[]; readonly isLive: boolean }) {
  const [isWhole, setWhole] = useState(false);
  const isLong = !isWhole && steps.length > BEGINNING + END + 2;
  const hidden = isLong ? steps.length - BEGINNING - END : 0;
  const item = (step: Step, index: number) => (
    <StepItem key={step.seq} step={step} before={steps[index - 1]} next={steps[index + 1]} isLive={isLive} />
  );
  return (
    <Section title="Story" description="Every step of it, the oldest first.">
      {steps.length === 0 ? (
        <Text size="sm" c="dimmed">
          The steps of this run have been removed, as the settings of retention have it.
        </Text>
      ) : (
        <ol className={classes.story}>
          {steps.map((step, index) => {
            if (!isLong || index < BEGINNING || index >= BEGINNING + hidden) return item(step, index);
            return index === BEGINNING ? (
              <li key="hidden" className={classes.step}>
                <span />
                <div className={classes.what}>
                  <Button variant="default" size="compact-xs" mb="sm" onClick={() => setWhole(true)}>
                    Show {counted(hidden, 'step')} between
                  </Button>
                </div>
              </li>
            ) : null;
          })}
        </ol>
      )}
    </Section>
  );
}

interface StepItemProps {
  readonly step: Step;
  readonly before: Step | undefined;
  readonly next: Step | undefined;
  readonly isLive: boolean;
}

function StepItem({ step, before, next, isLive }: StepItemProps) {
  const zone = timeZone.use();
  const day = dayText(step.at, zone);
  const isNewDay = before === undefined || dayText(before.at, zone) !== day;
  const isNewAttempt = step.attempt > 0 && step.attempt > (before?.attempt ?? 0) && step.attempt > 1;
  const facts = factsOf(step.detail);
  return (
    <li className={classes.step} data-tone={TONES[step.step] ?? 'plain'}>
      <time className={classes.time} dateTime={step.at} title={step.at}>
        {isNewDay && <span className={classes.day}>{day} </span>}
        {clockText(step.at, zone)}
      </time>
      <div className={classes.what}>
        <div>
          <strong>{wordsOf(step.step)}</strong>
          {isNewAttempt && ` (attempt ${step.attempt})`}
          {facts !== '' && (
            <Text component="span" size="sm" c="dimmed" ml={8}>
              {facts}
            </Text>
          )}
        </div>
        <Text size="xs" c="dimmed" className={classes.took}>
          {next !== undefined ? durationText(Date.parse(next.at) - Date.parse(step.at)) : isLive ? 'now' : ''}
        </Text>
      </div>
    </li>
  );
}

/** What is known of a step, in a line. Of a failure its code and words: what to do about it stands above the run. */
function factsOf({ kind: _kind, hint: _hint, code, message, ...rest }: Step['detail']): string {
  const failure = typeof message === 'string' ? `${message} (${String(code)})` : code;
  const others = Object.entries(rest)
    .filter(([, value]) => value !== null && value !== false && value !== '')
    .map(([name, value]) => (value === true ? wordsOf(name).toLowerCase() : `${wordsOf(name).toLowerCase()} ${String(value)}`));
  return [...(failure === undefined || failure === null ? [] : [String(failure)]), ...others].join(', ');
}
