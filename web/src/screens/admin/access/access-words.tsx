import type { UserShape } from '../../../../../src/shapes/user-shapes.ts';
import type { Role } from '../../../auth/use-me.ts';
import { counted } from '../../../lib/format.ts';

/** What somebody may do and see, in words. */

export const ROLE_WORDS: Readonly<Record<Role, { readonly label: string; readonly description: string }>> = {
  viewer: { label: 'Viewer', description: 'Sees runs, deliveries, destinations and alerts.' },
  operator: {
    label: 'Operator',
    description: 'Also configures advertisers, maps what is unmapped, starts and steers runs, and reads what others did.',
  },
  admin: {
    label: 'Administrator',
    description: 'Also trusts host keys and opens files; with all agencies, also keeps users and keys.',
  },
};

const ORDER: readonly Role[] = ['viewer', 'operator', 'admin'];

/** All that a role may do, in sentences: each says what it may besides the ones before it. */
export function mayWords(role: Role): string {
  return ORDER.slice(0, ORDER.indexOf(role) + 1)
    .map((one) => ROLE_WORDS[one].description)
    .join(' ');
}

const NAMED = 3;

/** Which agencies are seen: all, a few by id, or how many. */
export function AgenciesText({ agencies }: { readonly agencies: UserShape['agencies'] }) {
  if (agencies === 'all') return 'All';
  if (agencies.length === 0) return 'None';
  if (agencies.length <= NAMED) return agencies.join(', ');
  return <span title={agencies.join(', ')}>{counted(agencies.length, 'agency', 'agencies')}</span>;
}
