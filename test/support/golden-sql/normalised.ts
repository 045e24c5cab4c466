/** A statement without what differs from one time to the next: names of work tables, days, and how many values were bound in a row. */

export function normalised(text: string): string {
  return withoutRepeats(
    withNamedTables(text)
      .replaceAll(/DATE '20\d\d-\d\d-\d\d'/g, `DATE '2026-01-01'`)
      .replaceAll(/\?(, \?)+(?=\))/g, '?, ?')
      .replaceAll(/[ \t]*\n\s*/g, '\n')
      .trim(),
  ).replace(DROPPED, '$1"aq_any_1"');
}

const DROPPED = /^(DROP TABLE (?:IF EXISTS )?)"aq_\w+"$/;

/** Whether a statement, normalised, does away with a work table: when a kept one goes depends on who had the session before. */
export function isDropped(text: string): boolean {
  return DROPPED.test(text);
}

/** `"aq_cut_17"`, or with 32 hexadecimal digits, is `"aq_cut_1"`: each statement counts its own tables of one kind. */
function withNamedTables(text: string): string {
  const numbers = new Map<string, number>();
  const counts = new Map<string, number>();
  return text.replaceAll(/"aq_(?:shared_\d{8}_)?([a-z_]+)_([0-9a-f]{32}|\d+)"/g, (name, purpose: string) => {
    const number = numbers.get(name) ?? (counts.get(purpose) ?? 0) + 1;
    if (!numbers.has(name)) counts.set(purpose, number);
    numbers.set(name, number);
    return `"aq_${purpose}_${number}"`;
  });
}

/** Parts in brackets that follow one another and are alike are one, and so are selects of a union. */
function withoutRepeats(text: string): string {
  let short = text;
  for (const separator of [', (', ' OR (']) {
    for (let at = short.indexOf(separator); at !== -1; at = short.indexOf(separator, at)) {
      const start = at + separator.length - 1;
      const part = short.slice(start, closing(short, start) + 1);
      if (short.slice(0, at).endsWith(part)) short = short.slice(0, at) + short.slice(start + part.length);
      else at += 1;
    }
  }
  const selects = short.split(' UNION ALL ');
  return selects.filter((select, index) => index === 0 || !(selects[index - 1] ?? '').endsWith(select)).join(' UNION ALL ');
}

/** The bracket that closes the one at a place. */
function closing(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === "'") at = text.indexOf("'", at + 1);
    else if (text[at] === '(') depth += 1;
    else if (text[at] === ')') depth -= 1;
    if (depth === 0) return at;
  }
  return text.length;
}
