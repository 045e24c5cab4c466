/** Parts of the work that may have a computer of their own in the warehouse, and whose costs are told apart. */
export const STEPS = ['refresh', 'summary', 'plan', 'cut', 'unload', 'check', 'log'] as const;
export type Step = (typeof STEPS)[number];
