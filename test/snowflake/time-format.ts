import { unsupported } from './errors.ts';

/** Snowflake's format elements and DuckDB's; longer ones first. */
const ELEMENTS: readonly (readonly [string, string])[] = [
  ['YYYY', '%Y'],
  ['YY', '%y'],
  ['MMMM', '%B'],
  ['MON', '%b'],
  ['MM', '%m'],
  ['DD', '%d'],
  ['DY', '%a'],
  ['HH24', '%H'],
  ['HH12', '%I'],
  ['AM', '%p'],
  ['PM', '%p'],
  ['MI', '%M'],
  ['SS', '%S'],
  ['FF9', '%n'],
  ['FF6', '%f'],
  ['FF3', '%g'],
  ['TZH:TZM', '%z'],
  ['TZHTZM', '%z'],
];

/** A format for times as `strftime` and `strptime` read it. Text in double quotes stands for itself. */
export function engineFormat(format: string): string {
  let result = '';
  for (let at = 0; at < format.length; ) {
    if (format.charAt(at) === '"') {
      const end = format.indexOf('"', at + 1);
      if (end === -1) throw unsupported(`format ${format}`);
      result += format.slice(at + 1, end).replaceAll('%', '%%');
      at = end + 1;
      continue;
    }
    const rest = format.slice(at).toUpperCase();
    const element = ELEMENTS.find(([name]) => rest.startsWith(name));
    if (element !== undefined) {
      result += element[1];
      at += element[0].length;
    } else if (/[A-Z]/.test(rest.charAt(0)) && rest.charAt(0) !== 'T') {
      throw unsupported(`format ${format}`);
    } else {
      result += format.charAt(at).replace('%', '%%');
      at += 1;
    }
  }
  return result;
}
