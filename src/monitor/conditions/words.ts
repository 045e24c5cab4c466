import type { Alert, Condition } from '../../ledger/alert.ts';
import type { DeliveryKey } from '../../ledger/delivery-key.ts';

/** A delivery in the words of a message. */
export function named({ agencyId, advertiserId, destination, segmentId }: DeliveryKey): string {
  return `advertiser ${advertiserId} of agency ${agencyId} to ${destination} (segment ${segmentId})`;
}

/** A delivery in the detail of a condition, whose agency stands in a field of its own. */
export function keyDetail({ advertiserId, destination, segmentId }: DeliveryKey) {
  return { advertiserId, destination, segmentId };
}

/** A firing alert as the condition that it was. */
export function asBefore({ key, kind, agencyId, message, detail }: Alert): Condition {
  return { key, kind, agencyId, message, detail };
}

/** Text on one line, whatever it came with. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** Text that came from elsewhere as a sentence, ready to be followed by another. */
export function sentence(text: string): string {
  const line = text.trim();
  return line === '' || /[.!?]$/.test(line) ? line : `${line}.`;
}

/** What failed, with its code: ` (sftp_timeout): No answer.`, or only an end when nothing is known. */
export function because(code: string | null, text: string | null): string {
  if (code === null) return '.';
  const said = sentence(text ?? '');
  return said === '' ? ` (${code}).` : ` (${code}): ${said}`;
}
