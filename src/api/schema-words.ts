import type { JsonSchema } from './openapi.ts';

/** A schema as people read it. */

/** The name of a component that a reference names. */
export function componentName(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}

/** The type in words: `string or null`, `array of Run`. */
export function typeName(schema: JsonSchema): string {
  const { $ref, anyOf, items, type, additionalProperties } = schema;
  if ($ref !== undefined) return componentName($ref);
  if (schema.enum !== undefined)
    return withNull(schema.enum.filter((word) => word !== null).join(' | '), schema.enum.includes(null));
  if (schema.const !== undefined) return String(schema.const);
  if (anyOf !== undefined) return [...new Set(anyOf.map(typeName))].join(' or ');
  const types = [type ?? 'any'].flat();
  const [name = 'null'] = types.filter((word) => word !== 'null');
  const nullable = types.includes('null');
  if (name === 'array') return withNull(`array of ${typeName(items ?? {})}`, nullable);
  if (name === 'object' && typeof additionalProperties === 'object' && Object.keys(additionalProperties).length > 0) {
    return withNull(`object of ${typeName(additionalProperties)}`, nullable);
  }
  return withNull(name, nullable);
}

function withNull(name: string, nullable: boolean): string {
  return nullable ? `${name} or null` : name;
}

export interface FieldRow {
  readonly name: string;
  readonly depth: number;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
}

/** All fields of a schema, each followed by those inside it. Of a value that has no fields there is one row without a name. */
export function fieldRows(schema: JsonSchema, components: Readonly<Record<string, JsonSchema>>): readonly FieldRow[] {
  const rows = inner(schema, components, 0);
  return rows.length > 0
    ? rows
    : [{ name: '', depth: 0, type: typeName(schema), required: true, description: schema.description ?? '' }];
}

function inner(schema: JsonSchema, components: Readonly<Record<string, JsonSchema>>, depth: number): readonly FieldRow[] {
  const { $ref, items, anyOf, properties, required = [] } = schema;
  if ($ref !== undefined) return inner(components[componentName($ref)] ?? {}, components, depth);
  if (items !== undefined) return inner(items, components, depth);
  if (anyOf !== undefined) return anyOf.flatMap((choice) => inner(choice, components, depth));
  return Object.entries(properties ?? {}).flatMap(([name, field]) => {
    const description = field.description ?? (field.$ref && components[componentName(field.$ref)]?.description) ?? '';
    const row = { name, depth, type: typeName(field), required: required.includes(name), description };
    return [row, ...inner(field, components, depth + 1)];
  });
}
