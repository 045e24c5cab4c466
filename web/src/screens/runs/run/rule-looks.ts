import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconHelpCircle, IconMinus } from '@tabler/icons-react';

/** How the outcome of a readiness rule is shown. */
export const RULE_LOOKS = {
  PASS: { words: 'Passes', tone: 'good', icon: IconCircleCheck },
  WARN: { words: 'Warns', tone: 'warn', icon: IconAlertTriangle },
  FAIL: { words: 'Fails', tone: 'bad', icon: IconCircleX },
  UNKNOWN: { words: 'Could not be checked', tone: 'bad', icon: IconHelpCircle },
  NOT_CHECKED: { words: 'Not checked', tone: 'wait', icon: IconMinus },
} as const;
