import type { UserList } from '../../shapes/user-shapes.ts';
import { userToShape } from '../../shapes/user-to-shape.ts';
import { listUsers } from '../../users/find-users.ts';
import type { User } from '../../users/user.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';
import { renderTable } from '../table.ts';

export async function listAllUsers(options: GlobalOptions): Promise<void> {
  const users = await withApp(options, 'ledger', ({ ledger }) => listUsers(ledger.store));
  if (options.json === true) return printJson({ users: users.map(userToShape) } satisfies UserList);
  if (users.length === 0) return print('There is no user yet. `aquarius users add` makes one.');
  print(
    renderTable(users, [
      { title: 'E-MAIL', value: ({ email }) => email },
      { title: 'NAME', value: ({ name }) => name },
      { title: 'ROLE', value: ({ role }) => role },
      { title: 'AGENCIES', value: ({ agencies }) => agenciesWords(agencies) },
      { title: 'STATE', value: stateOf },
      { title: 'LAST SIGN-IN (UTC)', value: ({ lastSignInAt }) => lastSignInAt?.slice(0, 16).replace('T', ' ') ?? 'never' },
    ]),
  );
}

/** `all`, `1480, 1481`, `none`. */
export function agenciesWords(agencies: User['agencies']): string {
  if (agencies === 'all') return 'all';
  return agencies.length === 0 ? 'none' : agencies.join(', ');
}

function stateOf({ disabled, signIn, linkExpiresAt }: User): string {
  if (disabled) return 'disabled';
  if (signIn.length > 0) return 'enabled';
  return linkExpiresAt === null ? 'has no way in yet' : 'invited';
}
