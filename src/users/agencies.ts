/** The tenants that somebody sees. A list that is empty is none: nobody sees all by having nothing. */
export type Agencies = 'all' | readonly string[];

/** What both see. */
export function sharedAgencies(one: Agencies, other: Agencies): Agencies {
  if (one === 'all') return other;
  return other === 'all' ? one : one.filter((id) => other.includes(id));
}

/** Whether `whole` has all that `part` has. */
export function hasAgencies(whole: Agencies, part: Agencies): boolean {
  return whole === 'all' || (part !== 'all' && part.every((id) => whole.includes(id)));
}

/** Each once, in the order of their text. */
export function tidyAgencies(agencies: Agencies): Agencies {
  return agencies === 'all' ? 'all' : [...new Set(agencies)].sort();
}

/** As a column holds them: `all`, or a JSON list. */
export function agenciesText(agencies: Agencies): string {
  return agencies === 'all' ? 'all' : JSON.stringify(agencies);
}

/** Out of a column; what cannot be read is none. */
export function readAgencies(text: string): Agencies {
  if (text === 'all') return 'all';
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}
