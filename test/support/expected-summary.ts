/** The daily summary and its names, computed a second way: in plain TypeScript from the log's rows. */

/** A row of the log, every cell as text. */
export type LogRow = Readonly<Record<string, string | null>>;

const SPACE = /^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g;

function idOf(cell: string | null | undefined): string {
  return (cell ?? '').replace(SPACE, '').replace(/^([0-9]+)\.0+$/, '$1');
}

function presentId(cell: string | null | undefined): string {
  const id = idOf(cell);
  return ['', '0', 'null', 'unknown'].includes(id.toLowerCase()) ? '' : id;
}

function platformOf(cell: string | null | undefined): string | null {
  const [, digits = null] = /^0*(0|[1-9][0-9]*)(?:\.0*)?$/.exec((cell ?? '').replace(SPACE, '')) ?? [];
  return digits;
}

/** `2026-01-05 12:00:00.123456`, of a year that a log can have. */
function readable(cell: string | null | undefined): string | null {
  const text = (cell ?? '').replace(/\.0+$/, '');
  const isTime = /^\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d(\.\d+)?)?$/.test(text) && text >= '0001-01-02' && text < '9999-12-31';
  return isTime ? (text.length === 10 ? `${text} 00:00:00` : text) : null;
}

const instant = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`);

const DIMENSIONS = { CREATIVE: 'CREATIVE_ID', SITE: 'SITE_DOMAIN', ZIP: 'USER_POSTAL_CODE' };

/** Rows of the summary, without the time when they were made, as sorted texts. */
export function expectedSummary(log: readonly LogRow[]): readonly string[] {
  const counts = new Map<string, number>();
  const newest = new Map<string, string>();
  for (const row of log) {
    const seenAt = readable(row.AUCTION_TIMESTAMP);
    if (seenAt === null || row.AGENCY_ID === null) continue;
    const agencyDay = [idOf(row.AGENCY_ID), seenAt.slice(0, 10)];
    const ingested = row.INGESTION_TIMESTAMP ?? '';
    const key = JSON.stringify(agencyDay);
    if (ingested > (newest.get(key) ?? '')) newest.set(key, ingested);
    const campaign = [
      ...agencyDay,
      platformOf(row.DSP_PLATFORM_TYPE),
      presentId(row.DSP_ADVERTISER_ID),
      presentId(row.INSERTION_ORDER_ID),
      presentId(row.LINE_ITEM_ID),
    ];
    const lines = [['TOTAL', ''], ...Object.entries(DIMENSIONS).map(([type, column]) => [type, presentId(row[column])])];
    for (const line of lines) {
      const full = JSON.stringify([...campaign, ...line]);
      counts.set(full, (counts.get(full) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([full, count]) => {
      const cells: unknown[] = JSON.parse(full);
      return JSON.stringify([...cells, String(count), newest.get(JSON.stringify(cells.slice(0, 2))) ?? null]);
    })
    .sort();
}

const KINDS = ['DSP_ADVERTISER', 'INSERTION_ORDER', 'LINE_ITEM', 'CREATIVE'];

/** Rows of the names, as sorted texts. */
export function expectedNames(log: readonly LogRow[]): readonly string[] {
  const latest = new Map<string, readonly [seenAt: string, name: string]>();
  for (const row of log) {
    const seenAt = readable(row.AUCTION_TIMESTAMP);
    if (seenAt === null || row.AGENCY_ID === null) continue;
    const ingested = row.INGESTION_TIMESTAMP ?? null;
    if (ingested !== null && instant(seenAt) > instant(ingested) + 86_400_000) continue;
    for (const kind of KINDS) {
      const [id, name] = [presentId(row[`${kind}_ID`]), row[`${kind}_NAME`] ?? ''];
      if (id === '' || presentId(name) === '') continue;
      const key = JSON.stringify([idOf(row.AGENCY_ID), platformOf(row.DSP_PLATFORM_TYPE), kind, id]);
      const [beforeAt, before] = latest.get(key) ?? ['', ''];
      if (seenAt > beforeAt || (seenAt === beforeAt && name > before)) latest.set(key, [seenAt, name]);
    }
  }
  return [...latest].map(([key, [seenAt, name]]) => JSON.stringify([...JSON.parse(key), name, seenAt])).sort();
}
