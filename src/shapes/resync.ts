import { z } from 'zod';

export const resyncOutput = z.strictObject({
  deliveryId: z.string(),
  members: z.int().min(0).describe('members that the partner is now thought to hold'),
  replayed: z.int().min(0).describe('delivered runs whose staged files were read again'),
  unreadable: z.int().min(0).describe('delivered runs whose files are gone or in the partner’s own format'),
});
