import { rejectedError } from '../../errors.ts';
import { readPgpRecipient } from '../../format/pgp-recipient.ts';
import { IDENTIFIER_TYPES } from '../../identity/identifier-type.ts';
import type { CheckCtx, Ctx, ReadableSet, Receipt } from '../destination.ts';
import { companionsOf } from './companions.ts';
import type { Form } from './resolve.ts';
import { type PartnerFileSettings, resolve } from './settings.ts';
import { checkVia, deliverInOrder, deliverVia } from './via.ts';

/**
 * Delivers the data files, and when all of them are in place the manifests and then the done markers. A set that would empty or halve an
 * audience at a partner that replaces, and a PGP key that is not in force, are refused before anything is sent.
 */
export async function deliverPartnerFile(set: ReadableSet, own: PartnerFileSettings, ctx: Ctx): Promise<Receipt> {
  const { form, preset } = resolve(own);
  if (form.semantics === 'replace') refuseReplacement(set, form);
  const companions = companionsOf(set, form);
  await proveKey(own, ctx);
  const receipt = await deliverVia(set, own.via, preset, ctx);
  if (companions.length === 0) return receipt;
  // Progress is told in bytes of the set, which is there by now.
  const { onProgress: _, ...quiet } = ctx;
  const after = await deliverInOrder({ ...set, files: companions }, own.via, preset, quiet);
  return { ...receipt, files: [...receipt.files, ...after.files] };
}

/** Proves that a delivery could be made, leaving nothing behind. */
export async function checkPartnerFile(own: PartnerFileSettings, ctx: CheckCtx): Promise<void> {
  const { preset } = resolve(own);
  await proveKey(own, ctx);
  await checkVia(own.via, preset, ctx);
}

/** Files were encrypted when they were cut; a key that has expired since is one that the partner may have thrown away. */
async function proveKey({ pgpPublicKey }: PartnerFileSettings, { secrets, clock }: CheckCtx): Promise<void> {
  if (pgpPublicKey !== undefined) await readPgpRecipient(await secrets(pgpPublicKey), clock.now());
}

/** Where each file replaces the audience, nothing would be left of it, or only the last part: `rejected` errors. */
function refuseReplacement({ manifest, files }: ReadableSet, form: Form): void {
  if (manifest.rows === 0) {
    throw rejectedError('empty_replace', 'The set is empty, and would replace the whole audience at the partner.', {
      hint: 'Look why nobody is left. To empty the audience, ask the partner to delete it.',
    });
  }
  const tellsSet = form.manifest?.per === 'set' || form.done?.per === 'set';
  const isSplit = IDENTIFIER_TYPES.some((type) => files.filter(({ identifiers }) => (identifiers[type] ?? 0) > 0).length > 1);
  if (tellsSet || !(form.filePer === 'segment' ? files.length > 1 : isSplit)) return;
  throw rejectedError('replace_in_parts', `The audience is in ${files.length} files, of which each would replace the others.`, {
    hint: "Raise maxRows or maxBytes, or agree with the partner on a manifest or a done marker for the set (per: 'set').",
  });
}
