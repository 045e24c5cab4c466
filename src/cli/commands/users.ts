import type { Command } from 'commander';
import { ROLES } from '../../users/role.ts';
import { agencyList, oneOf, word } from '../option-values.ts';

const ROLE = `what they may do: ${ROLES.join(', ')}`;
const AGENCIES = 'whose data they see: all, or ids with commas between them, or none';
const EMAIL = 'the e-mail of the user';

export function addUsersCommand(program: Command): void {
  const users = program.command('users').description('people who may sign in');
  users
    .command('list', { isDefault: true })
    .allowExcessArguments()
    .description('list the users')
    .action(async (_options, command: Command) => {
      const { listAllUsers } = await import('../actions/list-users.ts');
      await listAllUsers(command.optsWithGlobals());
    });
  users
    .command('add')
    .argument('<email>', EMAIL, word)
    .description('make a user, and a link by which they set a password')
    .requiredOption('--role <role>', `${ROLE} (required)`, oneOf(ROLES))
    .requiredOption('--agencies <ids>', `${AGENCIES} (required)`, agencyList)
    .option('--name <name>', 'their name (default: the e-mail)', word)
    .action(async (email: string, _options, command: Command) => {
      const { addUser } = await import('../actions/change-user.ts');
      await addUser(email, command.optsWithGlobals());
    });
  users
    .command('set')
    .argument('<email>', EMAIL, word)
    .description('change the role, the agencies or the name of a user; another role or other agencies end their sessions')
    .option('--role <role>', ROLE, oneOf(ROLES))
    .option('--agencies <ids>', AGENCIES, agencyList)
    .option('--name <name>', 'their name', word)
    .option('--reason <text>', 'why, for the audit log', word)
    .action(async (email: string, _options, command: Command) => {
      const { role, agencies, name }: { role?: string; agencies?: unknown; name?: string } = command.opts();
      if (role === undefined && agencies === undefined && name === undefined) {
        command.error('error: give --role, --agencies or --name', { code: 'aquarius.usage' });
      }
      const { setUser } = await import('../actions/change-user.ts');
      await setUser(email, command.optsWithGlobals());
    });
  for (const [name, description] of [
    ['disable', 'end the sessions of a user, refuse their keys and let them sign in no more'],
    ['enable', 'let a disabled user sign in again'],
  ] as const) {
    users
      .command(name)
      .argument('<email>', EMAIL, word)
      .description(description)
      .option('--reason <text>', 'why, for the audit log', word)
      .action(async (email: string, _options, command: Command) => {
        const { ableUser } = await import('../actions/change-user.ts');
        await ableUser(name, email, command.optsWithGlobals());
      });
  }
  users
    .command('link')
    .argument('<email>', EMAIL, word)
    .description('make a link by which a user sets a new password, in place of any earlier one')
    .option('--reason <text>', 'why, for the audit log', word)
    .action(async (email: string, _options, command: Command) => {
      const { linkUser } = await import('../actions/change-user.ts');
      await linkUser(email, command.optsWithGlobals());
    });
}
