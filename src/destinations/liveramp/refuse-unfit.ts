import { configError } from '../../errors.ts';
import { IDENTIFIER_TYPES } from '../../identity/identifier-type.ts';
import type { ReadableFile, ReadableSet } from '../destination.ts';
import type { LiverampSettings } from './settings.ts';

const MAX_NAME = 150;
const MAX_NAME_FACEBOOK = 100;

/** Refuses a set that LiveRamp would take and do the wrong thing with: `config` errors `segment_name`, `refresh_parts`. */
export function refuseUnfit({ manifest, files }: ReadableSet, settings: LiverampSettings): void {
  // Sent as a file, they would be added.
  if (files.some(({ action }) => action === 'remove')) throw new Error('LiveRamp takes no members away, and a set has removals.');
  refuseLongName(manifest.segmentId, settings);
  if (settings.updateMode !== 'incremental')
    refuseParts(
      files.filter(({ action }) => action === undefined),
      settings,
    );
}

/** LiveRamp names a segment after its field and value together. */
function refuseLongName(segmentId: string, { profile, forFacebook }: LiverampSettings): void {
  const name = profile === 'activation' ? `${segmentId}1` : `SEGMENT_ID${segmentId}`;
  const longest = forFacebook ? MAX_NAME_FACEBOOK : MAX_NAME;
  if (name.length <= longest) return;
  throw configError(
    'segment_name',
    `LiveRamp would name the segment with ${name.length} characters (field and value); ${longest} are allowed${forFacebook ? ' on the way to Facebook' : ''}.`,
    { hint: 'Give the delivery a shorter segmentId. Nothing was sent.' },
  );
}

/** Each part would replace what the one before it brought. */
function refuseParts(files: readonly ReadableFile[], { profile, updateMode }: LiverampSettings): void {
  const parts = new Map<string, number>();
  for (const { identifiers } of files) {
    const audience = profile === 'activation' ? IDENTIFIER_TYPES.filter((type) => (identifiers[type] ?? 0) > 0).join() : '';
    parts.set(audience, (parts.get(audience) ?? 0) + 1);
  }
  const most = Math.max(0, ...parts.values());
  if (most <= 1) return;
  throw configError(
    'refresh_parts',
    `The audience is in ${most} parts, and with updateMode: ${updateMode} LiveRamp would keep only the last one.`,
    {
      hint: 'Raise maxRows or maxBytes so that one file holds it, split the audience, or use updateMode: incremental. Nothing was sent.',
    },
  );
}
