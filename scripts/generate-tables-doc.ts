import type { ColumnSpec, TableSpec } from '../src/warehouse/table-spec.ts';
import { TABLES } from '../src/warehouse/tables.ts';
import { settleGenerated } from './generated-file.ts';

/** Writes docs/tables.md from the catalogue; with `--check` it only tells whether the file is up to date. */

const GRAINS = {
  row: 'one row for each event or member',
  aggregated: 'sums without identifiers: nothing can be delivered from it',
  reference: 'names, mappings, settings and records',
} as const;

function traits(column: ColumnSpec): string {
  return [
    column.required && (column.notBlank ? 'required, never blank' : 'required'),
    column.default !== undefined && `default \`${column.default}\``,
    column.sensitive && 'identifier',
  ]
    .filter(Boolean)
    .join('; ');
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

function section(table: TableSpec): string {
  const facts = [
    `Schema \`${table.schema}\``,
    GRAINS[table.grain],
    table.key.length > 0 && `key ${table.key.map((column) => `\`${column}\``).join(', ')}${table.unique ? ' (unique)' : ''}`,
    table.internal ? 'kept by the program itself' : table.optional ? 'optional' : 'required',
  ];
  return [
    `## ${table.name}`,
    '',
    table.meaning,
    '',
    `${facts.filter(Boolean).join('; ')}.`,
    '',
    '| Column | Type | | Meaning |',
    '|---|---|---|---|',
    ...table.columns.map((column) => `| \`${column.name}\` | ${column.type} | ${traits(column)} | ${cell(column.meaning)} |`),
    '',
  ].join('\n');
}

/** The text of docs/tables.md. */
export function tablesDocument(): string {
  const list = TABLES.map(({ name, meaning }) => `- [${name}](#${name.toLowerCase()}): ${meaning}`).join('\n');
  return `# Tables

Written from the catalogue in \`src/warehouse/tables/\` by \`scripts/generate-tables-doc.ts\`; change it there.

The names are defaults: under \`tables:\` in \`aquarius.yaml\` a table or column can be given the name that it has at a site, or be read
from files. Case does not matter. A column that is not required may be absent; what needs it is then left out. Times are UTC. Ids are
text, so that none loses a digit. Values of columns marked *identifier* are personal and never shown.

${list}

${TABLES.map(section).join('\n')}`;
}

if (import.meta.main) settleGenerated('docs/tables.md', tablesDocument());
