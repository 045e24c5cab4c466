import type { Clock } from '../../src/lib/clock.ts';

/** A clock that moves only by hand. */
export interface HandClock extends Clock {
  /** Goes on (or back) by so many milliseconds. */
  move(ms: number): void;
}

export function handClock(start: string): HandClock {
  let time = Date.parse(start);
  return {
    now: () => new Date(time),
    move: (ms) => {
      time += ms;
    },
  };
}
