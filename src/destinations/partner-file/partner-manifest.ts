import type { Manifest, ManifestFile } from '../../format/manifest.ts';
import { IDENTIFIER_TYPES } from '../../identity/identifier-type.ts';
import type { Form } from './resolve.ts';

/** Changes when a reader of these manifests has to. */
const SCHEMA_VERSION = 1;

/**
 * What a partner needs to know about files before it takes them in, as JSON. Identifier types and actions are in the partner's words.
 * Made of the staged set alone: the same for every attempt.
 */
export function partnerManifest(set: Manifest, files: readonly ManifestFile[], form: Form): string {
  const text = {
    schemaVersion: SCHEMA_VERSION,
    runId: set.runId,
    slot: set.slot,
    agencyId: set.agencyId,
    advertiserId: set.advertiserId,
    segmentId: set.segmentId,
    segmentName: set.segmentName,
    semantics: form.semantics,
    refresh: set.refresh ?? 'full',
    window: set.window,
    rows: files.reduce((sum, { rows }) => sum + rows, 0),
    files: files.map((file) => ({
      name: file.name,
      action: file.action === 'remove' ? form.actionWords.remove : form.actionWords.add,
      rows: file.rows,
      bytes: file.bytes,
      sha256: file.sha256,
      uncompressedBytes: file.plainBytes,
      uncompressedSha256: file.plainSha256,
      identifierTypes: countsByWord(file, form),
    })),
  };
  return `${JSON.stringify(text, null, 2)}\n`;
}

/** Types that the partner calls by the same word are one to it. */
function countsByWord({ identifiers }: ManifestFile, { typeWords }: Form): Record<string, number> {
  const counts = new Map<string, number>();
  for (const type of IDENTIFIER_TYPES) {
    const rows = identifiers[type] ?? 0;
    if (rows > 0) counts.set(typeWords[type], (counts.get(typeWords[type]) ?? 0) + rows);
  }
  return Object.fromEntries(counts);
}
