/** Parameter files: `{ "weights": [[[...]]], "biases": [[...]] }`, one matrix a layer, rows = units, columns = inputs. */
import { writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { layoutOf } from '../../shared/core/layout.ts';
import { toJsonNumber } from '../../shared/protocol/wire-numbers.ts';
import { readJson, UsageError } from './streams.ts';

const schema = z.strictObject({
  weights: z.array(z.array(z.array(z.number()))),
  biases: z.array(z.array(z.number())),
});

export type ParameterFile = z.infer<typeof schema>;

/** Reads a parameter file into one flat array (layout.ts); throws a UsageError when it does not fit the widths. */
export async function readParameters(file: string, sizes: readonly number[]): Promise<Float64Array> {
  const parsed = schema.safeParse(await readJson(file));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new UsageError(`${file}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not parameters'}`);
  }
  const { weights, biases } = parsed.data;
  const shapes = [
    { name: 'weights', given: weights.map((rows) => `${rows.length}x${columnsOf(rows)}`) },
    { name: 'biases', given: biases.map((row) => `${row.length}x1`) },
  ];
  const layers = layoutOf(sizes);
  for (const { name, given } of shapes) {
    const wanted = layers.map((layer) => `${layer.units}x${name === 'weights' ? layer.inputs : 1}`);
    if (given.join(' ') !== wanted.join(' ')) {
      throw new UsageError(`${file}: ${name} are ${given.join(' ')}, the network has ${wanted.join(' ')}`);
    }
  }
  return flatten(parsed.data);
}

function columnsOf(rows: readonly (readonly number[])[]): string {
  const widths = new Set(rows.map((row) => row.length));
  return widths.size === 1 ? String([...widths][0]) : 'ragged';
}

/** Lays parameters out flat: layer by layer, weights then biases. */
export function flatten({ weights, biases }: ParameterFile): Float64Array {
  return Float64Array.from(weights.flatMap((rows, layer) => [...rows.flat(), ...(biases[layer] ?? [])]));
}

/** Writes parameters to a file, one row a line; what is not finite is a string. */
export async function writeParameters(file: string, sizes: readonly number[], flat: Float64Array): Promise<void> {
  const row = (from: number, length: number): string =>
    JSON.stringify(Array.from(flat.subarray(from, from + length), toJsonNumber));
  const layers = layoutOf(sizes);
  const matrices = layers.map((layer) => {
    const rows = Array.from({ length: layer.units }, (_, j) => row(layer.weights + j * layer.inputs, layer.inputs));
    return `[${rows.join(',\n')}]`;
  });
  const biases = layers.map((layer) => row(layer.biases, layer.units));
  await writeFile(file, `{"weights":[${matrices.join(',\n')}],\n"biases":[${biases.join(',\n')}]}\n`);
}
