/**
 * What a run costs, before it is begun: its work counted by kind, and seconds from these counts by rates that a calibration
 * has measured. Counts follow from a configuration alone and know no engine; an engine is known by its rates alone.
 */
import type { DatasetChoice, RunConfiguration } from './configuration.ts';
import {
  computedImages,
  evaluationsOf,
  measurementsOf,
  orthogonalFlops,
  picturesDrawn,
  planOf,
  scalingFlops,
} from './plan.ts';

/** Counts of work by kind. */
export type WorkCounts = Readonly<Record<string, number>>;
/** Seconds for one of each kind; a kind without a rate costs nothing. */
export type Rates = Readonly<Record<string, number>>;
/** The rates of engines, by their names. */
export type RatesOfEngines = Readonly<Record<string, Rates>>;

/** So many of the inputs are not 0, on average: of digits, and of pictures of shapes, most pixels are blank. */
const filledShare = (data: DatasetChoice['name']): number => (data === 'mnist' ? 0.19 : data === 'shapeset' ? 0.17 : 1);
/** So many parameters fit in a processor's cache, with their gradient and some images. */
const parametersInCache = 500_000;

/** Counts the work of a whole run. */
export function workOf(configuration: RunConfiguration): WorkCounts {
  const plan = planOf(configuration);
  const { hidden, activation, optimizer, initialization, dataset } = configuration;
  const { sizes, parameters, steps, images, probe } = plan;
  const [inputs = 0, firstUnits = 0] = sizes;
  const outputs = sizes.at(-1) ?? 0;
  const layers = sizes.length - 1;
  const units = sum(hidden);
  const measurements = measurementsOf(plan);
  // A measurement on the whole batch leaves the gradient of its step.
  const ownGradients = plan.probeIsBatch ? steps - (measurements - 1) : steps;
  const batch = images / plan.stepsPerEpoch;
  const trained = ownGradients * computedImages(plan, batch);
  const measured = measurements * computedImages(plan, probe);
  const gradients = trained + measured;
  const inferred = evaluationsOf(plan) * plan.testImages;
  const filled = inputs * filledShare(dataset.name);
  const later = hidden.map((before, l) => [before, sizes[l + 2] ?? 0] as const);
  const forward = sum(later.map(([before, after]) => before * padded(after)));
  const backward = sum(later.map(([before, after]) => padded(before) * after));
  const streamed = forward * (ownGradients * groupsOf(batch, sizes) + measurements * groupsOf(probe, sizes));
  const beyondCache = Math.max(0, 1 - parametersInCache / parameters);
  const { scheme } = initialization;
  return {
    run: 1,
    // Numbers of the training images, parameters, operations.
    loading: images * inputs,
    'drawing pictures': picturesDrawn(dataset),
    drawing: scheme === 'constant' ? 0 : parameters,
    orthonormalizing: scheme === 'orthogonal' || scheme === 'lsuv' ? orthogonalFlops(plan) : 0,
    scaling: scheme === 'lsuv' ? scalingFlops(plan) : 0,
    // Steps, layers of them, and parameters of them by what is done with these.
    step: steps,
    'step of a layer': steps * layers,
    shuffling: configuration.shuffle && plan.batchSize < images ? configuration.epochs * images : 0,
    [`update ${optimizer.name}`]: steps * parameters,
    clipping: configuration.gradientClip === null ? 0 : steps * parameters,
    // Weights beyond the first layer, for every group of images that is taken through them together.
    streaming: streamed,
    // Images of gradients; for each, weights at inputs that are not 0, and the other weights.
    image: gradients,
    sparse: filled * padded(firstUnits) * (2 * gradients + inferred),
    dense: (2 * forward + backward) * gradients + forward * inferred,
    // Units of every image: outputs, and hidden ones by what is done with them.
    output: outputs * (gradients + inferred),
    [`activation ${activation}`]: units * (gradients + inferred / 2),
    dropout: configuration.dropout > 0 ? units * trained : 0,
    normalization: configuration.normalization === 'batch' ? units * (2 * gradients + inferred) : 0,
    residual: configuration.residual ? sum(hidden.filter((width, l) => width === sizes[l])) * gradients : 0,
    // Of what does not stay in a processor's cache: weights for every group, parameters of steps and measurements.
    'streaming from memory': beyondCache * streamed,
    'parameters from memory': beyondCache * (steps + measurements) * parameters,
    // Measurements, and their layers, parameters and units of every image.
    measurement: measurements,
    'measurement of a layer': measurements * layers,
    'measurement of a parameter': measurements * parameters,
    tally: (units + outputs) * measured,
    // Numbers of the test images.
    evaluation: inputs * inferred,
  };
}

/** Estimates how long one thread that has nothing else to do trains a configuration, by the rates of its engine. */
export function estimateSeconds(configuration: RunConfiguration, rates: Rates): number {
  return sum(Object.entries(workOf(configuration)).map(([kind, count]) => count * (rates[kind] ?? 0)));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** Units as vectors of four hold them. */
const padded = (width: number): number => 4 * Math.ceil(width / 4);

/** Groups in which images are taken through the layers: fewer images the wider the layers, so that a group stays in cache. */
function groupsOf(images: number, sizes: readonly number[]): number {
  const together = Math.max(8, Math.min(64, Math.floor(16_384 / sum(sizes.slice(1)))));
  return Math.ceil(images / together);
}
