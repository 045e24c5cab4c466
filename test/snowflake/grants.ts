/** A privilege that a role has. */
export interface Grant {
  readonly privilege: string;
  /** Such as TABLE, SCHEMA, DATABASE, WAREHOUSE, STAGE, INTEGRATION or ROLE. */
  readonly on: string;
  /** Fully qualified, as SHOW GRANTS gives it. */
  readonly name: string;
}

/** The roles of the account and what they may do. A role that is not restricted may do everything, as an owner may. */
export class Grants {
  readonly owner = 'ACCOUNTADMIN';
  readonly #roles = new Map<string, { restricted: boolean; readonly grants: Grant[] }>();

  constructor(role: string) {
    this.addRole(this.owner);
    this.addRole(role);
  }

  addRole(role: string): void {
    if (!this.#roles.has(role)) this.#roles.set(role, { restricted: false, grants: [] });
  }

  dropRole(role: string): void {
    this.#roles.delete(role);
  }

  knows(role: string): boolean {
    return this.#roles.has(role);
  }

  roles(): readonly string[] {
    return [...this.#roles.keys()];
  }

  /** From now on the role may do what it is granted and nothing else. */
  restrict(role: string): void {
    this.addRole(role);
    const known = this.#roles.get(role);
    if (known !== undefined) known.restricted = true;
  }

  isRestricted(role: string): boolean {
    return this.#roles.get(role)?.restricted === true;
  }

  grant(role: string, privilege: string, on: string, name: string): void {
    this.addRole(role);
    const grants = this.#roles.get(role)?.grants ?? [];
    if (!grants.some((known) => known.privilege === privilege && known.on === on && known.name === name))
      grants.push({ privilege, on, name });
  }

  revoke(role: string, privilege: string, on: string, name: string): void {
    const grants = this.#roles.get(role)?.grants ?? [];
    const at = grants.findIndex((known) => known.privilege === privilege && known.on === on && known.name === name);
    if (at !== -1) grants.splice(at, 1);
  }

  /** What was granted to the role itself, in order. */
  of(role: string): readonly Grant[] {
    return this.#roles.get(role)?.grants ?? [];
  }

  /** The role and all roles that were granted to it. */
  withInherited(role: string, seen: ReadonlySet<string> = new Set()): ReadonlySet<string> {
    if (seen.has(role)) return seen;
    let all = new Set([...seen, role]);
    for (const { on, name } of this.of(role)) if (on === 'ROLE') all = new Set(this.withInherited(name, all));
    return all;
  }

  /** Whether the role may, by itself or by inheritance. `privileges` are those of which any will do. */
  allows(role: string, privileges: readonly string[], on: string, name: string): boolean {
    if (!this.isRestricted(role)) return true;
    const enough = new Set([...privileges, 'OWNERSHIP', 'ALL', 'ALL PRIVILEGES']);
    return [...this.withInherited(role)].some((each) =>
      this.of(each).some((grant) => grant.on === on && grant.name === name && enough.has(grant.privilege)),
    );
  }

  /** Whether the role has any privilege on the object, so that it may know of it. */
  sees(role: string, on: string, name: string): boolean {
    return (
      !this.isRestricted(role) ||
      [...this.withInherited(role)].some((each) => this.of(each).some((grant) => grant.on === on && grant.name === name))
    );
  }
}
