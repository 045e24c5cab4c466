import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { CONFIG_FIELDS } from '../src/config/config-fields.ts';
import { destinationEntry } from '../src/config/destination-entry.ts';
import { settingsSchema } from '../src/config/settings.ts';
import { settleGenerated } from './generated-file.ts';

/** docs/aquarius.schema.json, for editors, and the tables of docs/configuration.md. */

type JsonSchema = z.core.JSONSchema.JSONSchema;

const PAGE = 'docs/configuration.md';

interface Section {
  readonly title: string;
  readonly about: string;
  readonly rows: readonly string[];
}

/** One section for each group at the top, and one for each variant of a union. */
function sections(path: string, schema: JsonSchema): Section[] {
  const about = schema.description ?? '';
  if (schema.oneOf !== undefined) {
    return variantsOf(schema).flatMap((variant): Section[] => {
      const type = property(variant, 'type');
      const title = `\`${path}\` with \`type: ${String(type?.const)}\``;
      return [{ title, about: type?.description ?? about, rows: rows('', variant).filter((row) => !row.startsWith('| `type`')) }];
    });
  }
  const values = schema.additionalProperties;
  if (typeof values === 'object' && schema.properties === undefined) {
    const inner = sections(`${path}.NAME`, values);
    return inner.map((section) => ({ ...section, about: section.about === '' ? about : section.about }));
  }
  return [{ title: `\`${path}\``, about, rows: rows('', schema) }];
}

function property(schema: JsonSchema, name: string): JsonSchema | undefined {
  const found = schema.properties?.[name];
  return typeof found === 'object' ? found : undefined;
}

/** A row for each setting; those of an inner group carry its name. */
function rows(prefix: string, schema: JsonSchema): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, child]) => {
    if (typeof child !== 'object') return [];
    if (child.properties !== undefined) return rows(`${prefix}${name}.`, child);
    const items = child.items;
    const fallback = schema.required?.includes(name) ? 'required' : defaultText(child);
    const row = `| \`${prefix}${name}\` | ${kindOf(child)} | ${fallback} | ${cell(child.description ?? '')} |`;
    const inner =
      typeof items === 'object' && !Array.isArray(items) && items.properties !== undefined
        ? rows(`${prefix}${name}[].`, items)
        : [];
    return [row, ...inner, ...variantsOf(child).flatMap((variant) => variantRows(`${prefix}${name}.`, variant))];
  });
}

/** The rows of one way to write a group, with its type behind each name. */
function variantRows(prefix: string, variant: JsonSchema): string[] {
  const type = String(property(variant, 'type')?.const);
  return rows(prefix, variant)
    .filter((row) => !row.startsWith(`| \`${prefix}type\``))
    .map((row) => row.replace(/^\| (`[^`]+`)/, `| $1 (${type})`));
}

function variantsOf({ oneOf = [] }: JsonSchema): JsonSchema[] {
  return oneOf.filter((option) => typeof option === 'object');
}

function defaultText({ default: value }: JsonSchema): string {
  return value === undefined || value === '' ? '' : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

function kindOf(schema: JsonSchema): string {
  if (schema.enum !== undefined) return schema.enum.map((word) => `\`${String(word)}\``).join(' ');
  const types = variantsOf(schema).map((variant) => String(property(variant, 'type')?.const));
  if (types.length > 0) return `group with \`type\`: ${types.map((type) => `\`${type}\``).join(' ')}`;
  const options = schema.anyOf?.filter((option) => typeof option === 'object');
  if (options !== undefined) return [...new Set(options.map(kindOf))].join(' or ');
  switch (schema.type) {
    case 'array':
      return typeof schema.items === 'object' && !Array.isArray(schema.items) ? `list of ${kindOf(schema.items)}` : 'list';
    case 'object':
      return 'group';
    case 'integer':
    case 'number':
      return `${schema.type === 'integer' ? 'whole number' : 'number'}${range(schema)}`;
    case 'string':
      return schema.pattern?.startsWith('^(env:') === true ? 'reference' : 'text';
    case 'null':
      return '`null`';
    default:
      return String(schema.type ?? 'any');
  }
}

function range({ minimum, maximum }: JsonSchema): string {
  const least = typeof minimum === 'number' && minimum > Number.MIN_SAFE_INTEGER ? minimum : undefined;
  const most = typeof maximum === 'number' && maximum < Number.MAX_SAFE_INTEGER ? maximum : undefined;
  if (least !== undefined && most !== undefined) return `, ${least} to ${most}`;
  if (least !== undefined) return `, at least ${least}`;
  return most === undefined ? '' : `, at most ${most}`;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function settingsTables(schema: JsonSchema): string {
  const groups = Object.entries(schema.properties ?? {});
  return groups
    .flatMap(([name, group]) => (typeof group === 'object' ? sections(name, group) : []))
    .map(
      (section) =>
        `### ${section.title}\n\n${section.about}\n\n| Setting | Value | Default | Meaning |\n|---|---|---|---|\n${section.rows.join('\n')}`,
    )
    .join('\n\n');
}

function columnsTable(): string {
  const names = CONFIG_FIELDS.map(({ column, aliases, describe }) => {
    const camel = column.toLowerCase().replaceAll(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
    return `| \`${column}\` | ${[camel, ...aliases].map((alias) => `\`${alias}\``).join(', ')} | ${cell(describe)} |`;
  });
  return `| Column | Also called | Meaning |\n|---|---|---|\n${names.join('\n')}`;
}

function entryTable(): string {
  const schema = z.toJSONSchema(destinationEntry, { io: 'input' });
  return `| Field | Value | Default | Meaning |\n|---|---|---|---|\n${rows('', schema).join('\n')}`;
}

/** Puts a text between the markers that name it. */
function between(page: string, name: string, text: string): string {
  const [begin, end] = [`<!-- generated: ${name} -->`, `<!-- end: ${name} -->`];
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${PAGE} has no markers for ${name}`);
  return `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`;
}

const schema = z.toJSONSchema(settingsSchema, { io: 'input', target: 'draft-7' });
settleGenerated('docs/aquarius.schema.json', `${JSON.stringify({ title: 'aquarius.yaml', ...schema }, null, 2)}\n`);
const page = [
  ['settings', settingsTables(schema)],
  ['columns', columnsTable()],
  ['destinations', entryTable()],
].reduce((text, [name = '', table = '']) => between(text, name, table), readFileSync(PAGE, 'utf8'));
settleGenerated(PAGE, page);
