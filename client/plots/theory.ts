/** What theory predicts of a configuration's start, from the run's own images, of which the first thousand say enough. */
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { inputStatistics } from '../../shared/core/theory/inputs.ts';
import { type InputStatistics, type PredictedSpeed, predictSpeeds } from '../../shared/core/theory/predict.ts';
import { fetchDataset } from '../verify/images.ts';

const enough = 1000;

/** Fetches or draws the images of a configuration, and works out what theory has to know of them. */
export async function statisticsFor(configuration: RunConfiguration): Promise<InputStatistics> {
  const { dataset, probe } = configuration;
  const isPicture = dataset.name === 'mnist' || dataset.name === 'shapeset';
  const few = isPicture ? { ...dataset, train: Math.min(dataset.train, enough), test: 0 } : dataset;
  const images = await fetchDataset({ ...configuration, dataset: few }, () => undefined);
  return { ...inputStatistics(images, probe), images: probe };
}

/** Predicts the hidden layers' speeds; null where theory does not reach. */
export function hiddenSpeeds(configuration: RunConfiguration, statistics: InputStatistics): PredictedSpeed[] | null {
  const prediction = predictSpeeds(configuration, statistics);
  return prediction.kind === 'speeds' ? prediction.layers.slice(0, -1) : null;
}
