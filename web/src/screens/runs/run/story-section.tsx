import { Text } from '@mantine/core';
import type { RunDetail } from '../../../api/types.ts';
import { Section } from '../../../components/section.tsx';
import { clockText, dayText, durationText, wordsOf } from '../../../lib/format.ts';
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

/** What happened, when, and how long it took until the next thing. */
export function StorySection({ steps, isLive }: { readonly steps: readonly Step[]; readonly isLive: boolean }) {
  return (
    <Section title="Story" description="Every step of it, the oldest first.">
      {steps.length === 0 ? (
        <Text size="sm" c="dimmed">
          The steps of this run have been removed, as the settings of retention have it.
        </Text>
      ) : (
        <ol className={classes.story}>
          {steps.map((step, index) => (
            <StepItem key={step.seq} step={step} before={steps[index - 1]} next={steps[index + 1]} isLive={isLive} />
          ))}
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
  const facts = Object.entries(step.detail).filter(([, value]) => value !== null && value !== false && value !== '');
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
          {facts.length > 0 && (
            <Text component="span" size="sm" c="dimmed" ml={8}>
              {facts.map(([name, value]) => `${wordsOf(name).toLowerCase()} ${String(value)}`).join(', ')}
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
