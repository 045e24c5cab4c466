import { useMe } from '../../auth/use-me.ts';

/** Whether they may administer users and keys, and see what is of no agency: whoever sees only some agencies may not. */
export function useIsAdministrator(): boolean {
  const { role, agencies } = useMe();
  return role === 'admin' && agencies === 'all';
}
