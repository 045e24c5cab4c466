import type { Settings } from '../config/settings.ts';

/** How a process that runs for long is stopped. */
export interface StopSignals {
  /** Aborted by the first SIGTERM or SIGINT: nothing new is begun. */
  readonly stopping: AbortSignal;
  /** Aborted when the time for ending in peace is over, or by a second signal: what is under way is broken off and handed over. */
  readonly breakOff: AbortSignal;
  /** Starts the clock of the first signal with these settings; until they are known, breaking off follows at once. */
  allow(worker: Settings['worker']): void;
  end(): void;
}

export function stopSignals(): StopSignals {
  const stopping = new AbortController();
  const breakOff = new AbortController();
  let graceMs = 0;
  let timer: NodeJS.Timeout | undefined;
  const onSignal = (): void => {
    if (stopping.signal.aborted) {
      breakOff.abort();
      return;
    }
    stopping.abort();
    timer = setTimeout(() => breakOff.abort(), graceMs);
    timer.unref();
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  return {
    stopping: stopping.signal,
    breakOff: breakOff.signal,
    allow: ({ shutdownSeconds }) => {
      graceMs = shutdownSeconds * 1000;
    },
    end() {
      clearTimeout(timer);
      process.off('SIGTERM', onSignal);
      process.off('SIGINT', onSignal);
    },
  };
}
