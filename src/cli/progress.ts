import { currentIo } from './io.ts';
import { formatBytes, formatCount } from './table.ts';

/** A progress line on stderr, drawn only on a terminal, at most ten times a second. */
export interface Progress {
  /** What is being done now. */
  step(text: string): void;
  /** How much of it is done: a share from 0 to 1, or an amount of bytes or rows. */
  share(done: number): void;
  amount(done: number, total: number | null, unit: 'bytes' | 'rows'): void;
  /** Takes the line away. */
  clear(): void;
}

/** A run's part of the line. */
export interface ProgressLane extends Omit<Progress, 'clear'> {
  end(): void;
}

/** Gives the line to several that are at work at once: it shows the one that began first, until that has ended. */
export function shareProgress(progress: Progress): (name: string) => ProgressLane {
  const lanes = new Set<ProgressLane>();
  return (name) => {
    const shows = (): boolean => lanes.values().next().value === lane;
    const lane: ProgressLane = {
      step: (text) => {
        if (shows()) progress.step(`${name}: ${text}${lanes.size > 1 ? ` (and ${lanes.size - 1} more)` : ''}`);
      },
      share: (done) => {
        if (shows()) progress.share(done);
      },
      amount: (done, total, unit) => {
        if (shows()) progress.amount(done, total, unit);
      },
      end: () => void lanes.delete(lane),
    };
    lanes.add(lane);
    return lane;
  };
}

const BAR = 24;
const REDRAW_MS = 100;

/** The progress of the running command, on its caller's terminal. */
export function openProgress(enabled: boolean): Progress {
  const io = currentIo();
  if (!enabled || !io.isTTY) return { step: () => {}, share: () => {}, amount: () => {}, clear: () => {} };
  let title = '';
  let detail = '';
  let drawnAt = 0;
  let startedAt = performance.now();
  const draw = (force: boolean): void => {
    const now = performance.now();
    if (!force && now - drawnAt < REDRAW_MS) return;
    drawnAt = now;
    const line = `${title}  ${detail}`.trimEnd().slice(0, io.columns - 1);
    io.stderr(`\r\u001b[2K${line}`);
  };
  const bar = (share: number): string => {
    const full = Math.round(Math.min(1, Math.max(0, share)) * BAR);
    return `${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${Math.floor(share * 100)} %`;
  };
  return {
    step(text) {
      title = text;
      detail = '';
      startedAt = performance.now();
      draw(true);
    },
    share(done) {
      detail = bar(done);
      draw(false);
    },
    amount(done, total, unit) {
      const format = unit === 'bytes' ? formatBytes : formatCount;
      const seconds = (performance.now() - startedAt) / 1000;
      const rate = seconds > 0.5 ? `  ${format(Math.round(done / seconds))}/s` : '';
      const left = total === null || done === 0 || seconds < 2 ? '' : `  ${Math.ceil((seconds * (total - done)) / done)} s left`;
      detail =
        total === null || total === 0
          ? `${format(done)}${rate}`
          : `${bar(done / total)}  ${format(done)} of ${format(total)}${rate}${left}`;
      draw(false);
    },
    clear() {
      io.stderr('\r\u001b[2K');
    },
  };
}
