import type { Command } from 'commander';
import { z } from 'zod';
import { makeProgram } from '../src/cli/run-cli.ts';
import { alertList, changedRun } from '../src/shapes/api-shapes.ts';
import { confirmationOutput } from '../src/shapes/confirmation.ts';
import { deliveryOverview } from '../src/shapes/delivery-shape.ts';
import {
  destinationCheckOutput,
  destinationsOutput,
  taxonomyApplyOutput,
  taxonomyPlanOutput,
} from '../src/shapes/destination-shapes.ts';
import { reachStatusOutput, refreshedOutput, verifiedOutput } from '../src/shapes/reach.ts';
import { rejectionsOutput } from '../src/shapes/rejections.ts';
import { resyncOutput } from '../src/shapes/resync.ts';
import { deliverOutput, doctorOutput, errorOutput, loadOutput, planOutput, runOutput, runsOutput } from '../src/shapes/shapes.ts';
import { addedOutput, dropOutput, removedOutput, suppressionsOutput } from '../src/shapes/suppressions.ts';
import { settleGenerated } from './generated-file.ts';

/** docs/cli.md: every command with its options, and the shape of every `--json` output. */

const OUTPUTS = [
  ['plan --json', planOutput],
  ['deliver --json', deliverOutput],
  ['runs --json', runsOutput],
  ['runs show ID --json', runOutput],
  ['runs cancel|retry|approve|reject ID --json', changedRun],
  ['runs rejections ID --json', rejectionsOutput],
  ['runs confirm ID --json', z.strictObject({ runId: z.string(), confirmation: confirmationOutput })],
  ['deliveries --json', z.strictObject({ deliveries: z.array(deliveryOverview) })],
  ['deliveries pause|resume ID --json', z.strictObject({ delivery: deliveryOverview })],
  ['deliveries resync ID --json', resyncOutput],
  ['destinations --json', destinationsOutput],
  ['destinations check NAME --json', destinationCheckOutput],
  ['destinations plan NAME --json', taxonomyPlanOutput],
  ['destinations apply NAME --json', taxonomyApplyOutput],
  ['suppressions --json', suppressionsOutput],
  ['suppressions add … --json', addedOutput],
  ['suppressions remove TYPE VALUE --json', removedOutput],
  ['suppressions sync-drop --json', dropOutput],
  ['alerts --json', alertList],
  ['reach --json', reachStatusOutput],
  ['reach refresh --json', refreshedOutput],
  ['reach verify --json', verifiedOutput],
  ['load TABLE FILE… --json', loadOutput],
  ['doctor --json', doctorOutput],
  ['A failure, with any command', errorOutput],
] as const;

function commandText(command: Command, path: string): string {
  const args = command.registeredArguments.map((argument) => {
    const word = `${argument.name()}${argument.variadic ? '…' : ''}`;
    return argument.required ? `<${word}>` : `[${word}]`;
  });
  const own = command.options.map(({ flags, description, defaultValue }) => {
    const fallback = defaultValue === undefined ? '' : ` (default ${JSON.stringify(defaultValue)})`;
    return `| \`${flags.replaceAll('|', '\\|')}\` | ${description}${fallback} |`;
  });
  const name = [path, command.name()].filter(Boolean).join(' ');
  const rows = own.length === 0 ? '' : `\n| Option | Meaning |\n|---|---|\n${own.join('\n')}\n`;
  const about = command.registeredArguments.map((argument) => `- \`${argument.name()}\`: ${argument.description}`).join('\n');
  const parts = [`### \`${[name, ...args].join(' ')}\``, sentence(command.description()), about, rows.trim()].filter(Boolean);
  return [parts.join('\n\n'), ...command.commands.map((child) => commandText(child, name))].join('\n\n');
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly propertyNames?: JsonSchema;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

/** A schema with those in the place of their names that have one for OpenAPI. */
function inlined(schema: JsonSchema, named = schema.$defs ?? {}): JsonSchema {
  return JSON.parse(JSON.stringify(schema), (_key, value) =>
    value?.$ref === undefined ? value : inlined(named[value.$ref.replace('#/$defs/', '')] ?? {}, named),
  );
}

/** A shape as an indented outline: name, type, meaning. */
function outline(schema: JsonSchema, depth = 0): string[] {
  const inner = schema.anyOf?.find(({ type }) => type === 'object' || type === 'array') ?? schema;
  const target = inner.items ?? inner;
  return Object.entries(target.properties ?? {}).flatMap(([name, field]) => {
    const about = field.description === undefined ? '' : `: ${field.description}`;
    return [`${'  '.repeat(depth)}- \`${name}\` ${typeName(field)}${about}`, ...outline(field, depth + 1)];
  });
}

function typeName(schema: JsonSchema): string {
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeName).join(' or ');
  if (schema.enum !== undefined) return schema.enum.map((word) => `\`${word}\``).join(' \\| ');
  if (schema.type === 'array') return `array of ${typeName(schema.items ?? {})}`;
  if (schema.type === 'object' && schema.properties === undefined && typeof schema.additionalProperties === 'object') {
    return `object of ${typeName(schema.additionalProperties)}`;
  }
  return [schema.type ?? 'any'].flat().join(' or ');
}

const program = makeProgram();
const globals = program.options.map(({ flags, description }) => `| \`${flags}\` | ${description} |`).join('\n');
const text = `<!-- Generated by scripts/generate-cli-doc.ts; do not edit. -->
# Command line

Progress goes to stderr and only to a terminal; stdout holds the answer. Options for every command:

| Option | Meaning |
|---|---|
${globals}

## Exit codes

| Code | Meaning |
|---|---|
| 0 | done |
| 64 | the command line is wrong |
| 65 | the partner or the data said no |
| 70 | a fault in Aquarius |
| 75 | it may work later: run the command again |
| 78 | somebody must change a setting, a file or a permission |

## Commands

${program.commands.map((command) => commandText(command, 'aquarius')).join('\n\n')}

## JSON output

Fields are added over time, never renamed or taken away.

${OUTPUTS.map(([title, schema]) => `### ${title}\n\n${outline(inlined(z.toJSONSchema(schema) as JsonSchema)).join('\n')}`).join('\n\n')}
`;
settleGenerated('docs/cli.md', text);
