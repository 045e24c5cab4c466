import { z } from 'zod';
import { rejectedError } from '../errors.ts';
import { DROP_REASONS, IDENTIFIER_TYPES } from '../identity/identifier-type.ts';

const BOOKED_REASONS = [...DROP_REASONS, 'BELOW_FILE_MINIMUM'] as const;

const count = z.int().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Counts by name, written in the order in which the names are declared. */
function counts<const Name extends string>(names: readonly Name[]) {
  return z
    .partialRecord(z.enum(names), count)
    .overwrite(
      (given) =>
        Object.fromEntries(names.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]]))) as typeof given,
    )
    .readonly();
}

const manifestFileSchema = z
  .strictObject({
    name: z.string().min(1),
    /** Data rows, header not counted. */
    rows: count,
    /** Size of the finished file (compressed and encrypted as the layout says). */
    bytes: count,
    /** Lower-case hexadecimal SHA-256 of the finished file. */
    sha256,
    /** Size before compression and encryption. */
    plainBytes: count,
    /** SHA-256 before compression and encryption. */
    plainSha256: sha256,
    identifiers: counts(IDENTIFIER_TYPES),
    /** What the partner shall do with the members in it; absent: add them. */
    action: z.enum(['remove', 'optOut']).optional(),
    /** What its columns are called, in order; absent without a header line, and from sets of earlier versions. */
    columns: z.array(z.string()).readonly().optional(),
  })
  .readonly();

/** Distinct identifiers, each counted once by the first rule that decides. selected = written + suppressed + all dropped. */
const audienceCountsSchema = z
  .strictObject({
    selected: count,
    dropped: counts(BOOKED_REASONS),
    suppressed: count,
    /** What is left, by type. */
    identifiers: counts(IDENTIFIER_TYPES),
  })
  .readonly();

const manifestSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    runId: z.string().min(1),
    slot: z.string().min(1),
    agencyId: z.string(),
    advertiserId: z.string(),
    destination: z.string(),
    segmentId: z.string(),
    segmentName: z.string(),
    layout: z.string(),
    /** Whether the set is the whole audience, or what has changed since the last one; absent: the whole. */
    refresh: z.enum(['full', 'incremental']).optional(),
    /** ISO 8601 UTC; `from` is null for an audience that never expires. Both ends belong to the window. */
    window: z.strictObject({ from: z.iso.datetime().nullable(), to: z.iso.datetime() }).readonly(),
    configVersion: z.int(),
    programVersion: z.string(),
    createdAt: z.iso.datetime(),
    rows: count,
    counts: audienceCountsSchema,
    /** What the delivery's configuration asks of the partner; absent from sets of earlier versions. */
    terms: z
      .strictObject({
        /** How long the partner keeps a member, in days; null for the destination's own rule. */
        ttlDays: z.int().nullable(),
        /** Price per thousand impressions, as decimal text. */
        priceCpm: z.string().nullable(),
        /** The partner's own id of the segment. */
        partnerReference: z.string().nullable(),
      })
      .readonly()
      .optional(),
    /** What is told about members that the partner holds; absent where that is not kept. Numbers of identifiers. */
    changes: z
      .strictObject({
        /** That it does not hold. */
        added: count,
        /** That it would soon drop. */
        resent: count,
        /** That are not in the audience any more. */
        removed: count,
        /** That have opted out since they were sent. */
        optedOut: count,
        /** That it holds and that are not sent. */
        unchanged: count,
        /** That are not in the audience any more, and that the partner cannot be told: it drops them in time, if at all. */
        left: count,
        /** Too few for a file of their own: told the next time. */
        postponed: count,
        /** Days for which the partner keeps whom it is told; null: for good; absent from sets of earlier versions. */
        keptDays: z.int().nullable().optional(),
      })
      .readonly()
      .optional(),
    /** Fingerprint of the suppression list that was applied. */
    suppression: z.string(),
    files: z.array(manifestFileSchema).readonly(),
  })
  .readonly();

/** One finished file of a staged set. */
export type ManifestFile = z.infer<typeof manifestFileSchema>;
/** What became of every identifier that was selected. */
export type AudienceCounts = z.infer<typeof audienceCountsSchema>;
/** `manifest.json`, put last beside the files of a staged set. */
export type Manifest = z.infer<typeof manifestSchema>;

/** The manifest's text: keys always in the same order, two spaces, a final line feed. */
export function manifestJson(manifest: Manifest): string {
  return `${JSON.stringify(manifestSchema.parse(manifest), null, 2)}\n`;
}

const HINT = 'The staged set was changed, or written by another version: cut the delivery anew.';

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw rejectedError('manifest_invalid', 'The staged manifest is not JSON.', { cause, hint: HINT });
  }
}

/** Reads a manifest back from the stage. Anything but what `manifestJson` writes is a `rejected` error `manifest_invalid`. */
export function parseManifest(text: string): Manifest {
  const parsed = manifestSchema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw rejectedError('manifest_invalid', 'The staged manifest is not one that this version can read.', {
    hint: HINT,
    problems: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  });
}
