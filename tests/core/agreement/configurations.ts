/** Configurations at random, by a seed, over all that the schema lets through and a small computer can train in no time. */
import type { RunConfiguration } from '../../../shared/core/configuration.ts';
import { uniform } from '../../../shared/core/random.ts';
import { configurationSchema } from '../../../shared/protocol/configuration-schema.ts';
import { parseConfiguration } from '../../../shared/protocol/configuration.ts';

/** Draws the configuration of a seed, of at least `steps` steps; what does not fit together is drawn again. */
export function randomConfiguration(seed: number, steps: number): RunConfiguration {
  for (let attempt = 0; ; attempt++) {
    const input = draftOf(drawer(seed, attempt), steps);
    const parsed = parseConfiguration(input, { maxParameters: Infinity, maxRunFlops: Infinity });
    if (parsed.ok) return parsed.value;
  }
}

type Dice = ReturnType<typeof drawer>;

function drawer(seed: number, attempt: number) {
  let count = 0;
  const draw = (): number => uniform({ seed, purpose: 'data', index: attempt }, count++);
  const whole = (from: number, to: number): number => from + Math.floor(draw() * (to - from + 1));
  return {
    whole,
    chance: (share: number): boolean => draw() < share,
    /** From 10^low to 10^high, all orders of magnitude alike. */
    decade: (low: number, high: number): number => 10 ** (low + (high - low) * draw()),
    one: <const Value>(list: readonly [Value, ...Value[]]): Value => list[whole(0, list.length - 1)] ?? list[0],
  };
}

const { activation, output, cost, normalization, initialization } = configurationSchema.shape;
const widths = [1, 2, 3, 4, 5, 8, 15, 16, 17, 30, 32, 33, 65] as const;

function draftOf(dice: Dice, steps: number): unknown {
  const { whole, chance, decade, one } = dice;
  const { dataset, images } = datasetOf(dice);
  const depth = one([1, 1, 2, 2, 3, 4, 7]);
  const level = one(widths);
  const hidden = Array.from({ length: depth }, () => (chance(0.3) ? level : one(widths)));
  const batchSize = one([images, 1, whole(1, images), whole(1, images), whole(1, images)]);
  const stepsPerEpoch = Math.ceil(images / batchSize);
  const scheme = one(choices(initialization.unwrap().shape.scheme.unwrap().options));
  return {
    dataset,
    hidden,
    activation: one(choices(activation.unwrap().options)),
    output: one(choices(output.unwrap().options)),
    cost: one(choices(cost.unwrap().options)),
    initialization: {
      scheme,
      gain: scheme === 'constant' ? one([0, 0.05, 0.3]) : one([1, 1, 0.4, 1.5, 3]),
      ...(chance(0.4) ? { biasStd: one([0, 0.3, 1]) } : {}),
    },
    normalization: chance(0.25) ? one(choices(normalization.unwrap().options)) : 'none',
    residual: chance(0.3),
    dropout: chance(0.25) ? one([0.1, 0.3, 0.5, 0.9]) : 0,
    frozen: chance(0.2) ? Array.from({ length: depth + 1 }, (_, l) => l + 1).filter(() => chance(0.4)) : [],
    optimizer: optimizerOf(dice),
    regularization: { l1: chance(0.3) ? decade(-3, 0.5) : 0, l2: chance(0.3) ? decade(-3, 1) : 0 },
    gradientClip: chance(0.25) ? decade(-2, 1) : null,
    batchSize: batchSize === images && chance(0.7) ? 'full' : batchSize,
    shuffle: chance(0.7),
    epochs: Math.ceil(steps / stepsPerEpoch),
    measureEvery: one([1, 3, 7, 50]),
    evaluateEvery: one([null, 1, 2]),
    probe: chance(0.5) ? images : whole(1, images),
    seed: whole(0, Number.MAX_SAFE_INTEGER),
  };
}

/** The choices of a field, of which there is at least one. */
const choices = <Value>([first, ...others]: readonly Value[]): [Value, ...Value[]] => {
  if (first === undefined) throw new Error('a field without choices');
  return [first, ...others];
};

function datasetOf({ whole, chance, one }: Dice): { dataset: unknown; images: number } {
  const images = whole(2, 40);
  const test = one([0, whole(1, 20)]);
  if (chance(0.4)) return { dataset: { name: 'mnist', train: images, test }, images };
  if (chance(0.2)) {
    const bits = whole(2, 5);
    return { dataset: { name: 'parity', bits }, images: 2 ** bits };
  }
  const name = one(['spiral', 'circle', 'xor', 'gauss'] as const);
  return { dataset: { name, train: images, test, noise: one([0, 0.2]) }, images };
}

function optimizerOf({ decade, one, chance }: Dice): object {
  const name = one(['sgd', 'momentum', 'nesterov', 'rmsprop', 'adam'] as const);
  switch (name) {
    case 'sgd':
      return { name, learningRate: decade(-3, 0.3) };
    case 'momentum':
      return { name, learningRate: decade(-3.5, -0.5), momentum: one([0, 0.5, 0.9, 0.99]) };
    case 'nesterov':
      return {
        name,
        learningRate: decade(-3.5, -0.5),
        momentum: one([0, 0.5, 0.9, 0.99]),
        schedule: one(['constant', 'sutskever']),
      };
    case 'rmsprop':
      return { name, learningRate: decade(-4, -1.5), decay: one([0.5, 0.9, 0.99]), epsilon: one([1e-8, 1e-5, 1e-2]) };
    case 'adam':
      return {
        name,
        learningRate: decade(-4, -1.5),
        beta1: one([0, 0.5, 0.9]),
        beta2: one([0.9, 0.99, 0.999]),
        epsilon: chance(0.7) ? 1e-8 : one([1e-5, 1e-2]),
      };
    default:
      return name satisfies never;
  }
}
