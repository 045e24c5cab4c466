/** Facts about a span, for people who look for it. Never an identifier of a person, never a secret. */
export type TraceAttributes = Readonly<Record<string, string | number | boolean>>;

/** Where work is measured. Whoever works names its parts; who looks at them is no concern of theirs. */
export interface Trace {
  /** Does `work` within a span of this name; spans that begin inside become its children. Gives and throws what `work` does. */
  span<T>(name: string, attributes: TraceAttributes, work: () => Promise<T>): Promise<T>;
}

/** Nobody is looking. */
export const NO_TRACE: Trace = { span: (_name, _attributes, work) => work() };
