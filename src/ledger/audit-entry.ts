/** One change that a person or a rule made. Appended, never rewritten. */
export interface AuditEntry {
  /** Sorts by time. */
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly actor: string;
  readonly via: 'cli' | 'api' | 'engine';
  /**
   * `run.cancel`, `run.retry`, `run.approve`, `run.reject`, `run.trigger`, `delivery.pause`, `delivery.resume`, `delivery.resync`,
   * `suppression.add`, `suppression.remove`, `suppression.syncDrop`, `taxonomy.create`, `taxonomy.rename`, `taxonomy.price`,
   * `user.create`, `user.change`, `user.link`, `user.acceptLink`, `user.password`, `key.create`, `key.revoke`, `session.signIn`,
   * `session.refuse`, `session.signOut`, `session.revoke`, `file.download`, `destination.test`, `destination.hostKeys`,
   * `alert.acknowledge`.
   */
  readonly action: string;
  /** The tenant that it concerns, or null. */
  readonly agencyId: string | null;
  /** `run`, `delivery`, `suppression`, `destination`, `user`, `key`, `session`, `alert`. */
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly reason: string | null;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}
