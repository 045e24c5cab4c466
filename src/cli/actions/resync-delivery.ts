import { resync } from '../../delivery/resync.ts';
import { resyncOutput } from '../../shapes/resync.ts';
import { findDelivery } from '../find-delivery.ts';
import { currentIo } from '../io.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';
import { counted } from '../table.ts';

/** Builds anew what the partner holds of a delivery's segment. */
export async function resyncDelivery(id: string, options: GlobalOptions & { readonly reason?: string }): Promise<void> {
  const { delivery, resynced } = await withApp(options, 'write', async (app) => {
    const found = await findDelivery(app, id);
    const { deliveryId, agencyId, advertiserId, destination, segmentId } = found;
    const result = await resync(await app.engine(), { agencyId, advertiserId, destination, segmentId }, currentIo().signal);
    await app.ledger.recordAction({ name: currentIo().actor, via: 'cli', reason: options.reason ?? null }, [
      { action: 'delivery.resync', agencyId, subjectKind: 'delivery', subjectId: deliveryId, before: null, after: { ...result } },
    ]);
    return { delivery: found, resynced: result };
  });
  if (options.json === true) {
    printJson(resyncOutput.parse({ deliveryId: delivery.deliveryId, ...resynced }));
    return;
  }
  const { members, replayed, unreadable } = resynced;
  print(
    [
      `${delivery.segmentId} → ${delivery.destination}: ${counted(members, 'member')} found in the staged files of ${counted(replayed, 'run')}.`,
      unreadable === 0
        ? ''
        : `The files of ${counted(unreadable, 'run')} are gone or in the partner’s own format: members that were only in those are not removed by the next delivery.`,
      members === 0
        ? 'The next delivery sends the whole audience once more. Nobody is known who could be taken away.'
        : 'The next delivery sends the whole audience once more, and takes away whoever is known and not in it.',
    ]
      .filter(Boolean)
      .join('\n'),
  );
}
