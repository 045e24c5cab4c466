import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconHandStop,
  IconInfoCircle,
  type TablerIcon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './note.module.css';

type Tone = 'good' | 'info' | 'wait' | 'warn' | 'bad';

const ICONS: Readonly<Record<Tone, TablerIcon>> = {
  good: IconCircleCheck,
  info: IconInfoCircle,
  wait: IconHandStop,
  warn: IconAlertTriangle,
  bad: IconCircleX,
};

interface NoteProps {
  readonly tone: Tone;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  /** Buttons. */
  readonly actions?: ReactNode;
}

/** Something about the screen that a person must know first. */
export function Note({ tone, title, children, actions }: NoteProps) {
  const Icon = ICONS[tone];
  return (
    <div className={classes.note} data-tone={tone} role="note">
      <Icon size={20} className={classes.icon} aria-hidden />
      <div className={classes.words}>
        <strong>{title}</strong>
        {children !== undefined && <div>{children}</div>}
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </div>
    </div>
  );
}
