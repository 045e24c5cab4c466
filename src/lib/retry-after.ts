/** What Retry-After says, in milliseconds from `now`; null when there is none that can be read. */
export function retryAfterMs({ headers }: { readonly headers: Headers }, now: Date): number | null {
  const text = headers.get('retry-after')?.trim();
  if (text === undefined || text === '') return null;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}
