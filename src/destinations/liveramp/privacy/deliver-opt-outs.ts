import { kindOf } from '../../../identity/identifier-kind.ts';
import { inParallel } from '../../../lib/in-parallel.ts';
import type { Ctx, FileReceipt, Identifier, ReadableSet, Receipt } from '../../destination.ts';
import { readMembers } from '../../members/read-members.ts';
import { openPrivacyApi } from './privacy-api.ts';
import type { PrivacySettings } from './settings.ts';

const BATCH = 1000;
/** Requests at the same time: each is about one device id. */
const CONCURRENCY = 4;

/** Why an opt-out is not with LiveRamp, and what can be done about it. */
export const PRIVACY_ADVICE = {
  privacy_invalid: 'LiveRamp says that this is no device id. Look where such ids come from.',
  privacy_failed:
    'LiveRamp has the request and says that it failed. It is made again with the next delivery; if it stays, ask LiveRamp.',
  privacy_no_device_id: 'The Privacy API takes device ids only: LiveRamp must be told of other identifiers by hand.',
} as const;

/** Tells LiveRamp of members that have opted out, one request for each device id. Told again, it says so and nothing changes. */
export async function deliverOptOuts(set: ReadableSet, settings: PrivacySettings | undefined, ctx: Ctx): Promise<Receipt> {
  if (settings === undefined) throw new Error('A set with opt-outs was made for a destination without privacyApi.');
  const { signal } = ctx;
  signal.throwIfAborted();
  const api = openPrivacyApi(settings, ctx);
  const bytes = set.files.reduce((sum, file) => sum + file.bytes, 0);
  const counts = { accepted: 0, duplicate: 0, invalid: 0, failed: 0, noDeviceId: 0 };
  let told = 0;
  for await (const batch of readMembers(set.files, BATCH, signal)) {
    await ctx.fence();
    const failed: Identifier[] = [];
    await inParallel(
      () => batch,
      CONCURRENCY,
      signal,
      async (member, either) => {
        const result = kindOf(member.type) === 'MAID' ? await api.request(member.value, either) : 'noDeviceId';
        counts[result] += 1;
        // Asked again next time; what can never be asked is only counted.
        if (result === 'failed') failed.push(member);
      },
    );
    await ctx.onRejected(failed);
    told += batch.length;
    ctx.onProgress?.(Math.floor((bytes * told) / Math.max(1, set.manifest.rows)));
  }
  const reasons = {
    ...(counts.invalid > 0 && { privacy_invalid: counts.invalid }),
    ...(counts.failed > 0 && { privacy_failed: counts.failed }),
    ...(counts.noDeviceId > 0 && { privacy_no_device_id: counts.noDeviceId }),
  } satisfies Partial<Record<keyof typeof PRIVACY_ADVICE, number>>;
  const outcome: FileReceipt['outcome'] = counts.accepted === 0 && counts.duplicate > 0 ? 'already' : 'sent';
  return {
    accepted: counts.accepted + counts.duplicate,
    rejected: counts.invalid + counts.failed + counts.noDeviceId,
    reasons,
    reference: settings.url,
    files: set.files.map((file) => ({ name: file.name, remote: settings.url, bytes: file.bytes, outcome })),
    details: { privacyRequests: counts.accepted, privacyDuplicates: counts.duplicate },
  };
}
