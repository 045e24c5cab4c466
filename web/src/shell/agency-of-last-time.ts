/** The agency that was chosen last in this browser: where an address says nothing, it is shown first. */

const KEY = 'aquarius.agency';

let isFirst = true;

/** Undefined after the first time: from then on the address alone says it. */
export function agencyOfLastTime(): string | undefined {
  if (!isFirst) return undefined;
  isFirst = false;
  try {
    return window.localStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

export function rememberAgency(agency: string | undefined): void {
  try {
    if (agency === undefined) window.localStorage.removeItem(KEY);
    else window.localStorage.setItem(KEY, agency);
  } catch {
    // A browser that keeps nothing begins with all agencies.
  }
}
