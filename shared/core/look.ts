/**
 * A look into a network at one step, as somebody asks for it: how outputs, gradients and weights are distributed in each layer,
 * every neuron's own gradient, what the first layer sees and what the network says. It is computed in float64 by the parts of
 * the reference kernels, whatever engine trains the run, and enters no digest.
 */
import { activations } from './activations.ts';
import type { RunConfiguration } from './configuration.ts';
import type { Dataset, Examples } from './dataset.ts';
import { designOf } from './design.ts';
import type { Digits } from './digits.ts';
import { createLinearHistogram, createLogHistogram, type LinearHistogram, type LogHistogram } from './histogram.ts';
import { createBench, type Bench, type Layer } from './kernels/bench.ts';
import { createNormalizedSumming } from './kernels/normalized.ts';
import { createPlainSumming } from './kernels/plain.ts';
import type { Summing, Sums } from './kernels/sums.ts';
import { firstBrokenLayer, type LayerLayout } from './layout.ts';
import { answerOf } from './outputs.ts';
import { forwardFlops, gradientFlops, passFlops, piecesOf, type Plan } from './plan.ts';
import { shownShapes } from './shapeset/shapeset.ts';
import type { Work } from './work.ts';

/**
 * One layer; a, z and delta_x are those of README.md. The last layer is the output layer. `Value` is a number that need not be
 * finite, here and below: written down, it is another type.
 */
export type LayerLook<Value = number> = {
  readonly layer: number;
  readonly units: number;
  /** Outputs a, and inputs z of the activation, of every image and unit. */
  readonly activations: LinearHistogram;
  readonly preactivations: LinearHistogram;
  readonly weights: LinearHistogram;
  /** |delta_x| of every image and unit. */
  readonly deltas: LogHistogram;
  /** |dC/dw| of every weight. */
  readonly weightGradients: LogHistogram;
  /** One number a unit. */
  readonly neurons: {
    /** Mean of delta_x, signed: dC/db where nothing is normalized. Its norm is the measured `speed`. */
    readonly gradient: readonly Value[];
    /** Mean of a. */
    readonly activation: readonly Value[];
    /** Share of images with |phi'| below 5 % of its largest value; output layer: 0. */
    readonly saturation: readonly number[];
  };
};

/** The weights of a unit of the first hidden layer as a picture, row by row: at this step and before step 0. */
export type Seen<Value = number> = {
  readonly unit: number;
  readonly now: readonly Value[];
  readonly initial: readonly Value[];
};

/**
 * A picture, row by row from 0 to 255, and what the network makes of it; `answer` is null where an output is NaN, and in an autoencoder,
 * whose outputs are another picture.
 */
export type Said<Value = number> = {
  readonly image: number;
  readonly pixels: readonly number[];
  readonly label: number;
  readonly outputs: readonly Value[];
  readonly answer: number | null;
};

export type Look<Value = number> = {
  readonly step: number;
  /** Training images that were looked at: the first ones of the probe. */
  readonly images: number;
  readonly layers: readonly LayerLook<Value>[];
  /** The first units of the first hidden layer; null where its inputs are no picture. */
  readonly sees: readonly Seen<Value>[] | null;
  readonly says: {
    /** Null where the data are no pictures. */
    readonly digits: readonly Said<Value>[] | null;
    /** Images that were counted: the first test images, or without any those of the probe. */
    readonly of: 'test' | 'probe';
    readonly images: number;
    /** Of each class: how many images belong to it, are given it as answer, and are given it rightly. Empty for an autoencoder. */
    readonly labels: readonly number[];
    readonly answered: readonly number[];
    readonly right: readonly number[];
    /** Images without an answer, because an output is NaN. */
    readonly unanswered: number;
  };
};

/** The network that is looked at: its parameters after `step` steps and before the first. */
export type Subject = {
  readonly configuration: RunConfiguration;
  readonly plan: Plan;
  readonly dataset: Dataset;
  readonly step: number;
  readonly parameters: Float64Array;
  readonly initial: ArrayLike<number>;
};

const unitsSeen = 12;
const mostImages = 1000;
/** Operations of a look at the layers, and of the answers: large networks are looked at on fewer images. */
const mostFlops = 2e9;
/** Of a piece of work: some milliseconds, since a thread trains other runs meanwhile. */
const flopsOfAPiece = 4e6;
/** Parameters that are counted between two pauses. */
const stretch = 65_536;
/** Operations that counting one number is worth. */
const flopsPerCount = 50;

/** Looks into a network; `digits` is asked for only where its inputs are digits. */
export function* lookInto(subject: Subject, digits: () => Digits): Work<Look> {
  const { configuration, dataset, step, parameters } = subject;
  const perImage = gradientFlops(subject.plan.sizes);
  const plan = { ...subject.plan, piece: Math.max(1, Math.floor(flopsOfAPiece / perImage)) };
  const images = fewer(Math.min(plan.probe, mostImages), perImage);
  const design = { ...designOf(configuration, plan), dropout: 0 };
  const bench = createBench(design, dataset);
  const layers = bench.layers.map((layer) => createNotes(layer, configuration, layer === bench.last));
  // What the reference kernels tally of an image is what is noted here of it.
  const noting: Bench = { ...bench, tally: (l) => layers[l]!.note() };
  const sums: Sums = {
    gradient: new Float64Array(parameters.length),
    point: parameters,
    finite: firstBrokenLayer(parameters, bench.layers) === 0,
    step: undefined,
    statistics: true,
    images: 0,
    correct: 0,
    cost: 0,
  };
  const summing =
    design.normalization === 'batch'
      ? createNormalizedSumming(noting, sums, dataset, Math.min(plan.kept, images))
      : createPlainSumming(noting, sums, dataset);
  yield* sumGradient(summing, plan, images);
  const looks: LayerLook[] = [];
  for (const [l, notes] of layers.entries()) looks.push(yield* notes.close(l + 1, images, parameters, sums.gradient));
  const shown = picturesFor(configuration, digits);
  const names = plan.classifies;
  const answer = (examples: Examples, index: number): Float64Array => {
    summing.infer(examples, index, parameters, !sums.finite);
    return bench.last.a;
  };
  return {
    step,
    images,
    layers: looks,
    sees: shown === null ? null : seenBy(bench.layers[0]!, subject),
    says: {
      digits: shown === null ? null : yield* readDigits(plan, shown, answer, names),
      ...(names ? yield* countAnswers(plan, dataset, answer) : noAnswers),
    },
  };
}

/** The pictures on which a network is seen to answer; null where the data are no pictures. */
function picturesFor({ dataset, seed }: RunConfiguration, digits: () => Digits): Digits | null {
  switch (dataset.name) {
    case 'mnist':
      return digits();
    case 'shapeset':
      return shownShapes(seed);
    case 'spiral':
    case 'circle':
    case 'xor':
    case 'gauss':
    case 'parity':
      return null;
    default:
      return dataset satisfies never;
  }
}

/** At most `most` images, fewer where one takes so many operations that they would be too many; at least 1. */
const fewer = (most: number, flops: number): number => Math.max(1, Math.min(most, Math.floor(mostFlops / flops)));

function* sumGradient(summing: Summing, plan: Plan, images: number): Work {
  summing.begin();
  for (let pass = 0; pass < summing.passes; pass++) {
    if (pass > 0) summing.nextPass();
    for (const { from, to } of piecesOf(plan.piece, images)) {
      summing.add(null, from, to);
      yield (to - from) * passFlops(plan, from);
    }
  }
}

/** What is noted of one layer, image by image, and closed when all are through. */
function createNotes(layer: Layer, { activation }: RunConfiguration, isOutput: boolean) {
  const { units, weights, biases, a, z, delta, slopes } = layer;
  const outputs = createLinearHistogram();
  const inputs = createLinearHistogram();
  const deltas = createLogHistogram();
  const gradient = new Float64Array(units);
  const mean = new Float64Array(units);
  const saturated = new Float64Array(units);
  const threshold = 0.05 * activations[activation].steepest;
  return {
    note(): void {
      outputs.add(a);
      inputs.add(z);
      deltas.add(delta);
      for (let j = 0; j < units; j++) {
        gradient[j] = gradient[j]! + delta[j]!;
        mean[j] = mean[j]! + a[j]!;
        if (!isOutput && Math.abs(slopes[j]!) < threshold) saturated[j] = saturated[j]! + 1;
      }
    },
    *close(number: number, images: number, parameters: Float64Array, summed: Float64Array): Work<LayerLook> {
      const ofWeights = createLinearHistogram();
      const ofGradient = createLogHistogram();
      for (let from = weights; from < biases; from += stretch) {
        const to = Math.min(biases, from + stretch);
        ofWeights.add(parameters.subarray(from, to));
        ofGradient.add(summed.subarray(from, to), images);
        yield (to - from) * flopsPerCount;
      }
      const means = (sums: Float64Array): number[] => Array.from(sums, (sum) => sum / images);
      return {
        layer: number,
        units,
        activations: outputs.result(),
        preactivations: inputs.result(),
        weights: ofWeights.result(),
        deltas: deltas.result(),
        weightGradients: ofGradient.result(),
        neurons: { gradient: means(gradient), activation: means(mean), saturation: means(saturated) },
      };
    },
  };
}

function seenBy({ inputs, units, weights }: LayerLayout, { parameters, initial }: Subject): Seen[] {
  const row = (values: ArrayLike<number>, unit: number): number[] =>
    Array.from({ length: inputs }, (_, k) => values[weights + unit * inputs + k]!);
  return Array.from({ length: Math.min(unitsSeen, units) }, (_, unit) => ({
    unit: unit + 1,
    now: row(parameters, unit),
    initial: row(initial, unit),
  }));
}

type Answer = (examples: Examples, index: number) => Float64Array;

/** With `names` the largest output names a class. */
function* readDigits({ sizes }: Plan, { examples, images }: Digits, answer: Answer, names: boolean): Work<Said[]> {
  const said: Said[] = [];
  const inputs = sizes[0] ?? 0;
  for (const [place, image] of images.entries()) {
    const outputs = Array.from(answer(examples, place));
    const pixels = Array.from(examples.values.subarray(place * inputs, (place + 1) * inputs));
    said.push({ image, pixels, label: examples.labels[place]!, outputs, answer: names ? answerOf(outputs) : null });
    yield forwardFlops(sizes);
  }
  return said;
}

const noAnswers = { of: 'probe', images: 0, labels: [], answered: [], right: [], unanswered: 0 } as const;

function* countAnswers(
  plan: Plan,
  { train, test, outputs: classes }: Dataset,
  answer: Answer,
): Work<Omit<Look['says'], 'digits'>> {
  const of = test.count > 0 ? 'test' : 'probe';
  const [examples, all] = of === 'test' ? [test, test.count] : [train, plan.probe];
  const images = fewer(all, forwardFlops(plan.sizes));
  const counts = { labels: zeros(classes), answered: zeros(classes), right: zeros(classes) };
  let unanswered = 0;
  for (const { from, to } of piecesOf(plan.piece, images)) {
    for (let i = from; i < to; i++) {
      const label = examples.labels[i]!;
      const said = answerOf(answer(examples, i));
      counts.labels[label]!++;
      if (said === null) unanswered++;
      else counts.answered[said]!++;
      if (said === label) counts.right[label]!++;
    }
    yield (to - from) * forwardFlops(plan.sizes);
  }
  return { of, images, ...counts, unanswered };
}

const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);
