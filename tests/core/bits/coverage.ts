/** Which values of which fields some configurations leave out, by the schema that configurations are parsed with. */
import * as z from 'zod';
import type { RunConfiguration } from '../../../shared/core/configuration.ts';
import { configurationSchema } from '../../../shared/protocol/configuration-schema.ts';

type Schema = z.core.JSONSchema.BaseSchema;

/** Lists what is not taken: every choice of a field that has few, and two different numbers of a field that has many. */
export function missingValues(configurations: readonly RunConfiguration[]): string[] {
  const schema = z.toJSONSchema(configurationSchema, { io: 'input' });
  return missing(schema, configurations, '');
}

function missing(schema: Schema, values: readonly unknown[], path: string): string[] {
  const alternatives = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])] as Schema[];
  if (alternatives.length > 0) {
    return alternatives.flatMap((one) => {
      const own = values.filter((value) => fits(one, value));
      return own.length === 0 ? [`${path}: none is ${JSON.stringify(one)}`] : missing(one, own, path);
    });
  }
  if (schema.type === 'object') {
    return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
      const label = 'name' in (schema.properties ?? {}) && name !== 'name' ? nameOf(schema) : '';
      // What is not said of the targets is that they are the classes.
      const unsaid = name === 'targets' ? 'classes' : undefined;
      const inner = values.map((value): unknown =>
        Object.hasOwn(Object(value), name) ? Reflect.get(Object(value), name) : unsaid,
      );
      return missing(field as Schema, inner, `${path}${label}.${name}`);
    });
  }
  const taken = new Set(values.map((value) => JSON.stringify(value)));
  const choices = choicesOf(schema);
  if (choices !== null) {
    return choices.filter((one) => !taken.has(JSON.stringify(one))).map((one) => `${path}: ${JSON.stringify(one)}`);
  }
  return taken.size < 2 ? [`${path}: only ${[...taken].join()}`] : [];
}

const nameOf = (schema: Schema): string => {
  const name = schema.properties?.['name'];
  return typeof name === 'object' ? `[${String(name.const)}]` : '';
};

/** The values of a field that has few; null for numbers and lists. */
function choicesOf(schema: Schema): readonly unknown[] | null {
  if (schema.const !== undefined) return [schema.const];
  if (schema.enum !== undefined) return schema.enum;
  if (schema.type === 'boolean') return [true, false];
  return schema.type === 'null' ? [null] : null;
}

/** Tells which alternative a value belongs to: by its name, its type, or because it is the one constant. */
function fits(schema: Schema, value: unknown): boolean {
  if (schema.type === 'object') {
    const name = schema.properties?.['name'];
    return typeof name === 'object' && name.const === Reflect.get(Object(value), 'name');
  }
  if (schema.const !== undefined) return schema.const === value;
  return schema.type === 'null' ? value === null : typeof value === 'number';
}
