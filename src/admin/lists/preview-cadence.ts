import { formatCadence, parseCadence } from '../../config/cadence.ts';
import { cadenceWords, nextSlots } from '../../config/cadence-words.ts';
import { wallTime } from '../../config/local-time.ts';
import { AquariusError } from '../../errors.ts';
import type { CadencePreview } from '../../shapes/config/config-fields.ts';
import type { AdminContext } from '../context.ts';

/** What a cadence means and when it is due next; one that cannot be read has a problem instead. */
export function previewCadence(
  { clock, settings }: Pick<AdminContext, 'clock' | 'settings'>,
  { cadence: text, next }: { readonly cadence: string; readonly next: number },
): CadencePreview {
  const defaults = settings.defaults.cadence;
  try {
    const cadence = parseCadence(text);
    const zone = cadence.kind === 'CRON' ? cadence.zone : 'UTC';
    return {
      valid: true,
      cadence: formatCadence(cadence),
      words: cadenceWords(cadence, defaults),
      zone,
      next: nextSlots(cadence, clock.now(), next, defaults).map(({ id, dueAt }) => ({
        slot: id,
        due_at: dueAt.toISOString(),
        due_local: localText(dueAt, zone),
      })),
      problem: null,
    };
  } catch (error) {
    if (!(error instanceof AquariusError)) throw error;
    const problem = { message: error.message, hint: error.hint ?? null };
    return { valid: false, cadence: null, words: null, zone: null, next: [], problem };
  }
}

/** `2026-02-16T06:00:00-05:00`. */
function localText(at: Date, zone: string): string {
  const wall = wallTime(at.getTime(), zone);
  const minutes = Math.round((wall - at.getTime()) / 60_000);
  const pad = (value: number): string => String(Math.trunc(value)).padStart(2, '0');
  const offset = `${minutes < 0 ? '-' : '+'}${pad(Math.abs(minutes) / 60)}:${pad(Math.abs(minutes) % 60)}`;
  return `${new Date(wall).toISOString().slice(0, 19)}${offset}`;
}
