/**
 * What follows from a configuration before anything is trained: widths, steps, which steps are measured, what it costs.
 * Pure, so that the room, the page and the training thread agree without asking each other.
 */
import type { DatasetChoice, RunConfiguration } from './configuration.ts';
import { isAutoencoder, mnistClasses, mnistInputs, outputsFor, type PictureChoice } from './dataset.ts';
import { numbersOfImage } from './kernels/store.ts';
import { shapesetClasses, shapesetInputs } from './shapeset/classes.ts';

export type Plan = {
  /** Widths of all layers, input and output included. */
  readonly sizes: readonly number[];
  /** Training images, also the n of the book's weight decay. */
  readonly images: number;
  readonly testImages: number;
  /** The outputs name a class, so that there is an accuracy. */
  readonly classifies: boolean;
  /** Images of a batch; the last batch of an epoch may be smaller. */
  readonly batchSize: number;
  readonly stepsPerEpoch: number;
  /** Steps of the whole run. */
  readonly steps: number;
  readonly measureEvery: number;
  /** Epochs between evaluations on the test images. */
  readonly evaluateEvery: number;
  /** Images on which layers are measured: the first of the training images. */
  readonly probe: number;
  readonly parameters: number;
  /** Images of one piece of work: gradients are summed piece by piece, and a run can pause between pieces. */
  readonly piece: number;
  /** How often the images of a gradient have to be gone through. */
  readonly passes: number;
  /** Images of a gradient whose values are kept between passes; those beyond cost a whole gradient in every pass. */
  readonly kept: number;
  /** The probe is every batch, so one gradient serves the measurement and the step. */
  readonly probeIsBatch: boolean;
};

const largestPiece = 500;
const smallestPiece = 8;
/** A piece of a wide network has fewer images, so that a thread that serves several runs can turn to the next one. */
const flopsOfAPiece = 6e7;
/** Numbers kept between the passes of a gradient, all images together: 128 megabytes in float64. */
const mostKept = 16_777_216;

/** Derives the plan of a valid configuration. */
export function planOf(configuration: RunConfiguration): Plan {
  const { dataset, hidden, epochs } = configuration;
  const shape = shapeOf(dataset);
  const sizes = [shape.inputs, ...hidden, shape.outputs];
  const batchSize = configuration.batchSize === 'full' ? shape.train : configuration.batchSize;
  const stepsPerEpoch = Math.ceil(shape.train / batchSize);
  const steps = stepsPerEpoch * epochs;
  const training = gradientFlops(sizes);
  const normalized = configuration.normalization === 'batch';
  const most = Math.floor(mostKept / numbersOfImage(hidden));
  return {
    sizes,
    images: shape.train,
    testImages: shape.test,
    classifies: !isAutoencoder(dataset),
    batchSize,
    stepsPerEpoch,
    steps,
    measureEvery: configuration.measureEvery ?? Math.max(1, Math.floor(steps / 200)),
    evaluateEvery: configuration.evaluateEvery ?? Math.max(1, Math.floor(epochs / 30)),
    probe: configuration.probe,
    parameters: countParameters(sizes),
    piece: Math.min(largestPiece, Math.max(smallestPiece, Math.floor(flopsOfAPiece / training))),
    passes: normalized ? 2 * hidden.length + 1 : 1,
    kept: normalized ? Math.min(most, Math.max(batchSize, configuration.probe)) : 0,
    probeIsBatch:
      batchSize === shape.train && configuration.probe === shape.train && stepsAtTheMeasuredPoint(configuration),
  };
}

/** Tells whether the gradient of a step is taken of the same function, at the same parameters, as the measurement's. */
function stepsAtTheMeasuredPoint(configuration: RunConfiguration): boolean {
  return (
    configuration.dropout === 0 && configuration.optimizer.name !== 'nesterov' && configuration.normalization === 'none'
  );
}

function shapeOf(dataset: DatasetChoice): { inputs: number; outputs: number; train: number; test: number } {
  switch (dataset.name) {
    case 'mnist':
      return shapeOfPictures(dataset, mnistInputs, mnistClasses);
    case 'shapeset':
      return shapeOfPictures(dataset, shapesetInputs, shapesetClasses);
    case 'parity':
      return { inputs: dataset.bits, outputs: 2, train: 2 ** dataset.bits, test: 0 };
    case 'spiral':
    case 'circle':
    case 'xor':
    case 'gauss':
      return { inputs: 2, outputs: 2, train: dataset.train, test: dataset.test };
    default:
      return dataset satisfies never;
  }
}

function shapeOfPictures(choice: PictureChoice, inputs: number, classes: number) {
  return { inputs, outputs: outputsFor(choice, inputs, classes), train: choice.train, test: choice.test };
}

/** Counts the training images of a dataset. */
export function trainingImages(dataset: DatasetChoice): number {
  return shapeOf(dataset).train;
}

/** Tells whether the test images are evaluated before step `step`: at 0, after every `evaluateEvery`-th epoch, at the end. */
export function isEvaluated(plan: Plan, step: number): boolean {
  return plan.testImages > 0 && (step % (plan.stepsPerEpoch * plan.evaluateEvery) === 0 || step === plan.steps);
}

/** Tells whether the layers are measured before step `step`: at 0, every `measureEvery`, at evaluations, after the last step. */
export function isMeasured(plan: Plan, step: number): boolean {
  return step % plan.measureEvery === 0 || step === plan.steps || isEvaluated(plan, step);
}

/** Finds the first measured step after `step`; null when `step` is the last one or beyond. */
export function nextMeasuredStep(plan: Plan, step: number): number | null {
  if (step >= plan.steps) return null;
  const after = (every: number): number => (Math.floor(step / every) + 1) * every;
  const evaluation = plan.testImages > 0 ? after(plan.stepsPerEpoch * plan.evaluateEvery) : plan.steps;
  return Math.min(after(plan.measureEvery), evaluation, plan.steps);
}

function countParameters(sizes: readonly number[]): number {
  return products(sizes) + sizes.slice(1).reduce((sum, width) => sum + width, 0);
}

function products(sizes: readonly number[]): number {
  return sizes.slice(1).reduce((sum, width, index) => sum + width * (sizes[index] ?? 0), 0);
}

/** Counts the floating-point operations of one image's outputs: a multiplication and an addition for every weight. */
export function forwardFlops(sizes: readonly number[]): number {
  return 2 * products(sizes);
}

/** Counts the floating-point operations of one image's gradient: forward, backward to all layers but the input, weights. */
export function gradientFlops(sizes: readonly number[]): number {
  return 6 * products(sizes) - 2 * (sizes[0] ?? 0) * (sizes[1] ?? 0);
}

/**
 * Counts the operations of one pass over image number `place` of a gradient. Under normalization the passes are taken for
 * equal, which they are only together.
 */
export function passFlops(plan: Plan, place: number): number {
  return place < plan.kept ? gradientFlops(plan.sizes) / plan.passes : gradientFlops(plan.sizes);
}

/** Counts how often the images of a gradient have to be computed, those beyond what is kept between passes once in each. */
export function computedImages(plan: Plan, images: number): number {
  const kept = plan.passes === 1 ? images : Math.min(images, plan.kept);
  return kept + (images - kept) * plan.passes;
}

/** Counts the evaluations of a whole run on the test images. */
export function evaluationsOf(plan: Plan): number {
  const every = plan.stepsPerEpoch * plan.evaluateEvery;
  return plan.testImages > 0 ? Math.ceil(plan.steps / every) + 1 : 0;
}

/** Counts the measurements of a whole run. */
export function measurementsOf(plan: Plan): number {
  const every = plan.stepsPerEpoch * plan.evaluateEvery;
  const scheduled = Math.floor(plan.steps / plan.measureEvery) + 1;
  const last = plan.steps % plan.measureEvery === 0 ? 0 : 1;
  if (plan.testImages === 0) return scheduled + last;
  const both = Math.floor(plan.steps / leastCommonMultiple(plan.measureEvery, every)) + 1;
  const evaluated = Math.floor(plan.steps / every) + 1;
  return scheduled + evaluated - both + (plan.steps % every === 0 ? 0 : last);
}

function leastCommonMultiple(a: number, b: number): number {
  let [larger, smaller] = [a, b];
  while (smaller > 0) [larger, smaller] = [smaller, larger % smaller];
  return (a / larger) * b;
}

/** Operations of the gradient over so many images. */
const flopsOfGradient = (plan: Plan, images: number): number =>
  computedImages(plan, images) * gradientFlops(plan.sizes);

/** Cuts `count` images into pieces of work of at most `piece` images, in order. */
export function* piecesOf(piece: number, count: number): Generator<{ readonly from: number; readonly to: number }> {
  for (let from = 0; from < count; from += piece) yield { from, to: Math.min(count, from + piece) };
}

/** Counts the pictures that have to be drawn before anything else is done. */
export const picturesDrawn = (dataset: DatasetChoice): number =>
  dataset.name === 'shapeset' ? dataset.train + dataset.test : 0;

/** Operations that drawing a picture counts as. */
const flopsPerPicture = 30_000;

/** Operations that drawing a random number counts as, and those of taking a parameter in. */
export const flopsPerDraw = 100;
export const flopsPerParameterTaken = 4;

/** Operations of drawing all parameters, of making vectors orthonormal, of bringing the probe to each layer. */
function initializationFlops({ initialization: { scheme } }: RunConfiguration, plan: Plan): number {
  const drawing = plan.parameters * (flopsPerDraw + flopsPerParameterTaken);
  return (
    drawing +
    orthogonalFlops(plan) * Number(scheme === 'orthogonal' || scheme === 'lsuv') +
    (scheme === 'lsuv' ? scalingFlops(plan) : 0)
  );
}

/** Counts the operations of making the vectors of every layer orthonormal. */
export function orthogonalFlops({ sizes }: Plan): number {
  return sizes.slice(1).reduce((sum, units, l) => {
    const inputs = sizes[l] ?? 0;
    return sum + 4 * Math.min(inputs, units) ** 2 * Math.max(inputs, units);
  }, 0);
}

/** Counts the operations of bringing the probe to each layer in turn. */
export function scalingFlops({ sizes, probe }: Plan): number {
  return sizes.slice(1).reduce((sum, _units, l) => sum + probe * forwardFlops(sizes.slice(0, l + 2)), 0);
}

/** Operations of an update, and of a measurement's look at the weights, for every parameter. */
export const flopsPerParameter = 10;

/** Estimates from above the floating-point operations of a whole run, measurements and evaluations included. */
export function flopsOf(configuration: RunConfiguration): number {
  const plan = planOf(configuration);
  const epochs = configuration.epochs;
  const evaluations = evaluationsOf(plan);
  const measurements = measurementsOf(plan);
  return (
    picturesDrawn(configuration.dataset) * flopsPerPicture +
    initializationFlops(configuration, plan) +
    epochs * plan.images * (flopsOfGradient(plan, plan.batchSize) / plan.batchSize) +
    measurements * (flopsOfGradient(plan, plan.probe) + plan.parameters * flopsPerParameter) +
    evaluations * plan.testImages * forwardFlops(plan.sizes) +
    plan.steps * plan.parameters * flopsPerParameter
  );
}

const arraysLikeTheParameters = { sgd: 3, momentum: 4, nesterov: 5, rmsprop: 4, adam: 5 } as const;

/** Estimates from above the bytes of a run's own arrays, the dataset not included. */
export function bytesOf(configuration: RunConfiguration): number {
  const plan = planOf(configuration);
  const widths = plan.sizes.reduce((sum, width) => sum + width, 0);
  const arrays = arraysLikeTheParameters[configuration.optimizer.name];
  const kept = plan.kept * numbersOfImage(configuration.hidden);
  return 8 * (arrays * plan.parameters + 4 * plan.piece * widths + kept) + 4 * plan.images;
}
