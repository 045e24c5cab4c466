import type { Command } from 'commander';
import { IDENTIFIER_TYPES } from '../../identity/identifier-type.ts';
import { oneOf, word } from '../option-values.ts';

const TYPE = `${IDENTIFIER_TYPES.join(', ')}, or * for whatever the value can be`;

export function addSuppressionsCommand(program: Command): void {
  const suppressions = program.command('suppressions').description('who must never be delivered');
  suppressions
    .command('list', { isDefault: true })
    .allowExcessArguments()
    .description('count the entries by agency and type; values are never shown')
    .action(async (_options, command: Command) => {
      const { listSuppressions } = await import('../actions/list-suppressions.ts');
      await listSuppressions(command.optsWithGlobals());
    });
  suppressions
    .command('add')
    .argument('[type]', TYPE, oneOf([...IDENTIFIER_TYPES, '*']))
    .argument('[value]', 'the identifier in any spelling, or its SHA-256', word)
    .description('put an identifier, or a file of them, on the list')
    .option('--file <file>', 'a file with the columns of SUPPRESSION, instead of one identifier', word)
    .option('--agency <id>', 'only for this agency (default: for all)', word)
    .option('--reason <text>', 'why: kept with the entry and in the audit log', word)
    .action(async (type: string | undefined, value: string | undefined, _options, command: Command) => {
      const { file, agency }: { readonly file?: string; readonly agency?: string } = command.opts();
      if ((file === undefined) !== (type !== undefined && value !== undefined) || (file !== undefined && type !== undefined)) {
        command.error('error: give a type and a value, or --file', { code: 'aquarius.usage' });
      }
      if (file !== undefined && agency !== undefined) {
        command.error('error: a file names the agency of each entry itself', { code: 'aquarius.usage' });
      }
      const { addSuppression, addSuppressionFile } = await import('../actions/change-suppressions.ts');
      if (file !== undefined) await addSuppressionFile(file, command.optsWithGlobals());
      else await addSuppression({ type: type ?? '', value: value ?? '' }, command.optsWithGlobals());
    });
  suppressions
    .command('remove')
    .argument('<type>', TYPE, oneOf([...IDENTIFIER_TYPES, '*']))
    .argument('<value>', 'the identifier in any spelling, or its SHA-256', word)
    .description('take an identifier off the list')
    .option('--agency <id>', 'the entry of this agency (default: the one for all)', word)
    .requiredOption('--reason <text>', 'why (required): kept in the audit log', word)
    .action(async (type: string, value: string, _options, command: Command) => {
      const { removeSuppression } = await import('../actions/change-suppressions.ts');
      await removeSuppression({ type, value }, command.optsWithGlobals());
    });
  suppressions
    .command('sync-drop')
    .description("fetch the requests of California's DROP, put them on the list, and answer them")
    .option('--dry-run', 'fetch and tell what would be done; put nothing on the list and answer nothing')
    .action(async (_options, command: Command) => {
      const { syncSuppressionsWithDrop } = await import('../actions/sync-drop.ts');
      await syncSuppressionsWithDrop(command.optsWithGlobals());
    });
}
