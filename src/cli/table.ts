/** Plain text tables for people. Columns of numbers are right-aligned; nothing is cut. */

export interface TableColumn<T> {
  readonly title: string;
  readonly value: (row: T) => string | number;
}

export function renderTable<T>(rows: readonly T[], columns: readonly TableColumn<T>[]): string {
  const cells = rows.map((row) => columns.map(({ value }) => value(row)));
  const numeric = columns.map((_, column) => cells.length > 0 && cells.every((row) => typeof row[column] === 'number'));
  const text = cells.map((row) => row.map((cell) => (typeof cell === 'number' ? formatCount(cell) : cell)));
  const widths = columns.map(({ title }, column) => Math.max(title.length, ...text.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (numeric[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  const titles = line(columns.map(({ title }) => title));
  return [titles, line(widths.map((width) => '─'.repeat(width))), ...text.map(line)].join('\n');
}

/** `1234567` as `1,234,567`. */
export function formatCount(count: number): string {
  // Whole numbers need no locale data, which takes longer to load than most tables to make.
  return Number.isSafeInteger(count) ? String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',') : count.toLocaleString('en-US');
}

/** `1 row`, `1,204 rows`; `many` is the plural where it is not the word with an s. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Bytes in the largest binary unit that keeps three digits. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}
