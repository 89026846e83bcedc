/** Makes what a run learns from; of the training images it fetches only those parts that the run needs. */
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { type Dataset, mnistDataset } from '../../shared/core/dataset.ts';
import { drawnDataset } from '../../shared/core/datasets.ts';
import { collectImages, decodePart, partsOf, pathOfPart } from '../../shared/protocol/images.ts';

/** Parts on their way at once. */
const lanes = 4;

/** Fetches the dataset of a configuration, or draws it; the share that has been loaded is told on the way. */
export async function fetchDataset(
  { dataset, seed }: RunConfiguration,
  loaded: (share: number) => void,
): Promise<Dataset> {
  if (dataset.name !== 'mnist') return drawnDataset(dataset, seed);
  const { images, add } = collectImages(dataset);
  const parts = partsOf(dataset);
  const waiting = parts.values();
  let done = 0;
  const work = async (): Promise<void> => {
    for (const part of waiting) {
      add(part, decodePart(await fetchPart(part), part));
      loaded(++done / parts.length);
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
  return mnistDataset(images, dataset);
}

/** Fetches a part of all images. */
export async function fetchPart(part: number): Promise<Uint8Array> {
  const response = await fetch(pathOfPart(part));
  if (!response.ok) throw new Error(`${pathOfPart(part)}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
