import { Badge, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import type { AdvertiserDetail } from '../../../../../src/shapes/config/advertiser-detail.ts';
import type { SetupStep } from '../../../../../src/shapes/config/advertisers.ts';
import { ButtonLink } from '../../../components/links.tsx';
import { Section } from '../../../components/section.tsx';
import type { AdvertiserKey } from '../queries.ts';
import classes from './setup.module.css';
import { STEP_PLACES } from './steps.ts';

interface SetupProps {
  readonly advertiser: AdvertiserKey;
  readonly setup: AdvertiserDetail['setup'];
  readonly onEdit: () => void;
}

/** How far the set-up has come, and the next step as a button. */
export function Setup({ advertiser, setup, onEdit }: SetupProps) {
  const { SETUP_SCORE: score, STEPS_NEEDED: steps } = setup;
  const blocking = steps.filter(({ blocks_delivery: blocks }) => blocks).length;
  return (
    <Section
      title="Set-up"
      description={
        steps.length === 0
          ? 'Nothing is missing.'
          : blocking === 0
            ? 'Nothing keeps it from being delivered; the rest would make it better.'
            : 'Before anything can be delivered, what is marked here must be done.'
      }
    >
      <Group gap="sm" mb={steps.length === 0 ? 0 : 'md'} wrap="nowrap">
        <Progress value={(score / 3) * 100} flex={1} aria-label={`${score} of 3 set up`} />
        <Text size="sm">{score} of 3</Text>
      </Group>
      {steps.length === 0 ? null : (
        <ul className={classes.steps}>
          {steps.map((step, index) => (
            <li key={step.code} className={classes.step}>
              <IconCircleDashed size={18} color="var(--aq-wait)" aria-hidden />
              <Stack gap={2} miw={0} flex={1}>
                <Text size="sm">{step.text}</Text>
                {step.blocks_delivery && (
                  <Badge variant="outline" color="gray" size="sm" tt="none">
                    <Text span inherit c="var(--aq-warn)">
                      needed for delivery
                    </Text>
                  </Badge>
                )}
              </Stack>
              <StepButton step={step} advertiser={advertiser} isNext={index === 0} onEdit={onEdit} />
            </li>
          ))}
        </ul>
      )}
      {steps.length === 0 && (
        <Group gap="xs" mt="xs" wrap="nowrap">
          <IconCircleCheck size={18} color="var(--aq-good)" aria-hidden />
          <Text size="sm">Campaigns, domains and places are as its strategy needs them.</Text>
        </Group>
      )}
    </Section>
  );
}

interface StepButtonProps {
  readonly step: SetupStep;
  readonly advertiser: AdvertiserKey;
  readonly isNext: boolean;
  readonly onEdit: () => void;
}

function StepButton({ step: { code }, advertiser, isNext, onEdit }: StepButtonProps) {
  const { place, button } = STEP_PLACES[code];
  const look = { size: 'xs', variant: isNext ? 'filled' : 'default' } as const;
  if (place === 'edit') {
    return (
      <Button {...look} onClick={onEdit} aria-haspopup="dialog">
        {button}
      </Button>
    );
  }
  return (
    <ButtonLink {...look} to="/advertisers/$agencyId/$advertiserId" params={advertiser} search={{ tab: place }}>
      {button}
    </ButtonLink>
  );
}
