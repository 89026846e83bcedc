/** The command line of `lab run`: options read once, and the configuration that they lead to. */
import { parseArgs } from 'node:util';
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { presetOf, presets } from '../../shared/experiments/presets.ts';
import { parseConfiguration } from '../../shared/protocol/configuration.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import { readJson, UsageError } from './streams.ts';

export type RunOptions = {
  readonly configurations: readonly RunConfiguration[];
  /** Every line says its seed: several seeds were asked for. */
  readonly withSeed: boolean;
  readonly format: 'jsonl' | 'csv';
  /** Train with the float64 reference. */
  readonly reference: boolean;
  readonly out: string | undefined;
  readonly initial: string | undefined;
  readonly saveInitial: string | undefined;
  readonly saveFinal: string | undefined;
};

const mostSeeds = 10_000;

/** Reads the arguments of `lab run`; throws a UsageError for any that is wrong. */
export async function readRunOptions(args: string[]): Promise<RunOptions> {
  const { values, positionals } = parsedArguments(args);
  const [target, ...more] = positionals;
  if (target === undefined || more.length > 0) throw new UsageError('name one file or experiment', true);
  const { format = 'jsonl', seed, seeds } = values;
  if (format !== 'jsonl' && format !== 'csv') throw new UsageError(`--format is ${format}: must be jsonl or csv`, true);
  if (seed !== undefined && seeds !== undefined) throw new UsageError('--seed and --seeds exclude each other', true);
  const range = seeds === undefined ? null : rangeOf(seeds);
  const oneRun = range === null || range.length === 1;
  for (const option of ['save-initial', 'save-final'] as const) {
    if (!oneRun && values[option] !== undefined)
      throw new UsageError(`--${option} writes one run: give one seed`, true);
  }
  let input = await inputOf(target);
  for (const assignment of values.set ?? []) input = assigned(input, assignment);
  if (seed !== undefined) input = withField(input, ['seed'], numberOf('--seed', seed));
  const inputs = range === null ? [input] : range.map((one) => withField(input, ['seed'], one));
  return {
    configurations: inputs.map(configurationOf),
    withSeed: range !== null,
    format,
    reference: values.reference ?? false,
    out: values.out,
    initial: values.initial,
    saveInitial: values['save-initial'],
    saveFinal: values['save-final'],
  };
}

function parsedArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        seed: { type: 'string' },
        seeds: { type: 'string' },
        set: { type: 'string', multiple: true },
        format: { type: 'string' },
        reference: { type: 'boolean' },
        out: { type: 'string' },
        initial: { type: 'string' },
        'save-initial': { type: 'string' },
        'save-final': { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), true);
  }
}

async function inputOf(target: string): Promise<unknown> {
  if (target.endsWith('.json')) return readJson(target);
  const preset = presetOf(target);
  if (preset !== null) return preset.configuration;
  const known = presets.map((one) => one.id).join(', ');
  throw new UsageError(`${target} is neither a .json file nor an experiment (${known})`);
}

function configurationOf(input: unknown): RunConfiguration {
  const parsed = parseConfiguration(input, defaultLimits);
  if (parsed.ok) return parsed.value;
  const { code, message, path } = parsed.error;
  throw new UsageError(`${code}${path === '' ? '' : ` at ${path}`}: ${message}`);
}

/** `path=value`, the value as JSON, else as a string. */
function assigned(input: unknown, assignment: string): unknown {
  const split = assignment.indexOf('=');
  if (split < 1) throw new UsageError(`--set ${assignment}: must be path=value`, true);
  const text = assignment.slice(split + 1);
  let value: unknown = text;
  try {
    value = JSON.parse(text);
  } catch {
    // Not JSON: the text itself is the value, as in --set activation=tanh.
  }
  return withField(input, assignment.slice(0, split).split('.'), value);
}

/** Copies `input` with one field set; the schema judges what comes out, a field of a non-object included. */
function withField(input: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(input)) return input.with(elementOf(input, key), withField(input[Number(key)], rest, value));
  const object: object = typeof input === 'object' && input !== null ? input : {};
  const own: unknown = Object.hasOwn(object, key) ? Reflect.get(object, key) : undefined;
  return { ...object, [key]: withField(own, rest, value) };
}

function elementOf(list: readonly unknown[], key: string): number {
  const index = Number(key);
  if (!Number.isInteger(index) || index < 0 || index >= list.length) {
    throw new UsageError(`--set: ${key} is not an element of a list of ${list.length}`);
  }
  return index;
}

function rangeOf(text: string): number[] {
  const match = /^(\d+)\.\.(\d+)$/.exec(text);
  if (match === null) throw new UsageError(`--seeds is ${text}: must be A..B, two whole numbers`, true);
  const from = Number(match[1]);
  const to = Number(match[2]);
  if (to < from || to - from >= mostSeeds) {
    throw new UsageError(`--seeds is ${text}: must go up, over at most ${mostSeeds} seeds`, true);
  }
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function numberOf(option: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new UsageError(`${option} is ${text}: must be a whole number`, true);
  return Number(text);
}
