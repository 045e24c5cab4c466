const DAY_SECONDS = 86_400;
const two = (number: number): string => String(number).padStart(2, '0');
/** `00:00:` to `23:59:`, and `00Z` to `59Z`. */
const MINUTES = Array.from({ length: 1_440 }, (_, minute) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}:`);
const SECONDS = Array.from({ length: 60 }, (_, second) => `${two(second)}Z`);

/**
 * Makes a writer of times, given in seconds since 1970, as ISO 8601 UTC. It keeps the days that it has written: times by the million
 * fall on few days, and `toISOString` would cost as much as the rest of the request.
 */
export function isoSecondsWriter(): (seconds: number) => string {
  const dates = new Map<number, string>();
  return (seconds) => {
    const day = Math.floor(seconds / DAY_SECONDS);
    let date = dates.get(day);
    if (date === undefined) {
      date = new Date(day * DAY_SECONDS * 1000).toISOString().slice(0, -'00:00:00.000Z'.length);
      dates.set(day, date);
    }
    const rest = seconds - day * DAY_SECONDS;
    return `${date}${MINUTES[Math.floor(rest / 60)]}${SECONDS[rest % 60]}`;
  };
}
