import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ProgressEvent } from '../../../../../src/shapes/api-shapes.ts';
import { isApiError } from '../../../api/api-error.ts';
import { events } from '../../../api/events.ts';
import { announce } from '../../../lib/announce.ts';
import { wordsOf } from '../../../lib/format.ts';

const AGAIN_MS = 3_000;

/** What a run is doing, as it says it; null when it says nothing. A change of its state makes the run be read again. */
export function useRunProgress(id: string, isLive: boolean): ProgressEvent | null {
  const client = useQueryClient();
  const [progress, setProgress] = useState<ProgressEvent | null>(null);
  useEffect(() => {
    if (!isLive) {
      setProgress(null);
      return;
    }
    const gone = new AbortController();
    const reread = (): void => void client.invalidateQueries({ queryKey: ['run', id] });
    const follow = async (): Promise<void> => {
      for await (const { event, data } of events(`/api/delivery/runs/${id}/progress`, gone.signal)) {
        if (event === 'progress') setProgress(data as ProgressEvent);
        if (event === 'state' || event === 'end') {
          reread();
          announce(`The run is ${wordsOf((data as { readonly state: string }).state).toLowerCase()}.`);
        }
        if (event === 'end') return;
      }
    };
    const followOn = async (): Promise<void> => {
      while (!gone.signal.aborted) {
        try {
          await follow();
          reread();
        } catch (error) {
          if (gone.signal.aborted || (isApiError(error) && !error.isTransient)) return;
        }
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    };
    void followOn();
    return () => gone.abort();
  }, [id, isLive, client]);
  return progress;
}
