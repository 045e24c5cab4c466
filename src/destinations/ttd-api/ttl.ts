export const DAY_MINUTES = 1_440;

/** The longest that The Trade Desk keeps a member; 0 would take it out of the segment. */
export const MAX_TTL_DAYS = 180;
