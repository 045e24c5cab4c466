/** What somebody may do. Each role may do what the ones before it may. */
export const ROLES = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Whether someone of this role may do what needs `needed`. */
export function mayDo(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

/** The lesser of two. */
export function lesserRole(one: Role, other: Role): Role {
  return mayDo(one, other) ? other : one;
}
