import type { z } from 'zod';
import type { App } from '../../app.ts';
import { configError } from '../../errors.ts';
import type { IdentifierType } from '../../identity/identifier-type.ts';
import type { Actor } from '../../ledger/actor.ts';
import { withResource } from '../../lib/with-resource.ts';
import { addEntry, type Entry, removeEntry } from '../../optout/entries.ts';
import type { addedOutput, removedOutput } from '../../shapes/suppressions.ts';
import { loadFiles } from '../../warehouse/load/load-files.ts';
import { currentIo } from '../io.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';
import { counted } from '../table.ts';
import { refuseElsewhere } from './run-load.ts';

interface ChangeOptions extends GlobalOptions {
  readonly agency?: string;
  readonly reason?: string;
}

interface Given {
  readonly type: string;
  readonly value: string;
}

export async function addSuppression(given: Given, options: ChangeOptions): Promise<void> {
  const entry = entryOf(given, options);
  const added = await withApp(options, 'write', (app) =>
    withResource(app.warehouse.session(), async (session) => {
      const facts = { reason: options.reason ?? null, source: `aquarius, ${currentIo().actor}`, since: app.clock.now() };
      const isNew = await addEntry(session, app.catalogue, entry, facts);
      if (isNew) await recordSuppressions(app, 'suppression.add', entry.agencyId, options, { type: entry.type, entries: 1 });
      return isNew;
    }),
  );
  if (options.json === true) printJson({ added: added ? 1 : 0 } satisfies z.infer<typeof addedOutput>);
  else print(added ? `One more ${entry.type} is on the list.` : 'It is on the list already.');
}

/** Loads a file as `load suppression` does: all of it or nothing, and each content once. */
export async function addSuppressionFile(file: string, options: ChangeOptions): Promise<void> {
  const rows = await withApp(options, 'write', async (app) => {
    refuseElsewhere('SUPPRESSION', app.settings.tables);
    const { clock, signal } = app;
    const { cwd } = currentIo();
    return withResource(app.warehouse.session(), async (session) => {
      const loaded = await loadFiles(session, { table: 'SUPPRESSION', patterns: [file], cwd, clock, signal });
      if (loaded.rows > 0) await recordSuppressions(app, 'suppression.add', '*', options, { entries: loaded.rows });
      return loaded.rows;
    });
  });
  if (options.json === true) printJson({ added: rows } satisfies z.infer<typeof addedOutput>);
  else print(`${counted(rows, 'more entry', 'more entries')} on the list.`);
}

export async function removeSuppression(given: Given, options: ChangeOptions): Promise<void> {
  const entry = entryOf(given, options);
  const removed = await withApp(options, 'write', (app) =>
    withResource(app.warehouse.session(), async (session) => {
      const count = await removeEntry(session, app.catalogue, entry);
      if (count > 0) {
        await recordSuppressions(app, 'suppression.remove', entry.agencyId, options, { type: entry.type, entries: count });
      }
      return count;
    }),
  );
  if (removed === 0) {
    throw configError('suppression_unknown', 'There is no such entry on the list.', {
      hint: 'An entry is found by its own type, agency and value: one of a hash by the hash. `aquarius suppressions` counts what there is.',
    });
  }
  if (options.json === true) printJson({ removed } satisfies z.infer<typeof removedOutput>);
  else print(`${counted(removed, 'entry', 'entries')} taken off the list.`);
}

function entryOf({ type, value }: Given, { agency }: ChangeOptions): Entry {
  return { type: type as IdentifierType | '*', value, agencyId: agency ?? '*' };
}

/** Keeps who changed the list, and how much; never whom. */
export async function recordSuppressions(
  app: App,
  action: string,
  agencyId: string,
  options: { readonly reason?: string },
  after: Readonly<Record<string, unknown>>,
): Promise<void> {
  const actor: Actor = { name: currentIo().actor, via: 'cli', reason: options.reason ?? null };
  const subject = { agencyId: agencyId === '*' ? null : agencyId, subjectKind: 'suppression', subjectId: agencyId };
  await app.ledger.recordAction(actor, [{ action, ...subject, before: null, after }]);
}
