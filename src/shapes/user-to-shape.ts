import type { Agencies } from '../users/agencies.ts';
import type { ApiKey } from '../users/keys.ts';
import type { User } from '../users/user.ts';
import type { ApiKeyShape, UserShape } from './user-shapes.ts';

/** A user as they are shown. */
export function userToShape({ agencies, signIn, ...rest }: User): UserShape {
  return { ...rest, agencies: shown(agencies), signIn: [...signIn] };
}

/** A key as it is shown. */
export function keyToShape({ agencies, ...rest }: ApiKey): ApiKeyShape {
  return { ...rest, agencies: shown(agencies) };
}

function shown(agencies: Agencies): 'all' | string[] {
  return agencies === 'all' ? 'all' : [...agencies];
}
