import type { QueryOptions, Session } from './warehouse.ts';

/** The session, whose every statement is aborted with the signal, besides one of its own. Closing it closes the session itself. */
export function withSignal(session: Session, signal: AbortSignal): Session {
  const narrowed = (options: QueryOptions = {}): QueryOptions => ({
    ...options,
    signal: options.signal === undefined ? signal : AbortSignal.any([signal, options.signal]),
  });
  const { exporter, label, costs } = session;
  return {
    dialect: session.dialect,
    query: (statement, options) => session.query(statement, narrowed(options)),
    all: (statement, options) => session.all(statement, narrowed(options)),
    execute: (statement, options) => session.execute(statement, narrowed(options)),
    transaction: (work) => session.transaction(work),
    unload: (lines, path, options) => session.unload(lines, path, narrowed(options)),
    ...(exporter === undefined
      ? {}
      : {
          exporter: {
            maxBytes: exporter.maxBytes,
            write: (lines, file, options) => exporter.write(lines, file, narrowed(options)),
          },
        }),
    ...(label === undefined ? {} : { label: (about) => label.call(session, about) }),
    ...(costs === undefined ? {} : { costs: (since) => costs.call(session, since) }),
    renew: () => session.renew(),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}
