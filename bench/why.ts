/** Why a bar is missed, or what must be known beside its numbers, by its number; printed with the results. */
export const WHY: Readonly<Record<number, string>> = {};
