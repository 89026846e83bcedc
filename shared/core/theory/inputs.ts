/** What theory has to know of a dataset: how large its images are, how much two have in common, and the shares of its classes. */
import type { Dataset, Examples } from '../dataset.ts';
import type { InputStatistics } from './predict.ts';

/** Works through the first `images` training images, as a measurement does. */
export function inputStatistics({ inputs, outputs: classes, train }: Dataset, images: number): InputStatistics {
  const count = Math.min(images, train.count);
  const scale = scaleOf(train);
  const sums = Array.from({ length: classes }, () => new Float64Array(inputs));
  const counts = new Float64Array(classes);
  let squares = 0;
  for (let x = 0; x < count; x++) {
    const label = train.labels[x]!;
    const sum = sums[label]!;
    for (let i = 0; i < inputs; i++) {
      const value = train.values[x * inputs + i]! * scale;
      sum[i] = sum[i]! + value;
      squares += value * value;
    }
    counts[label] = counts[label]! + 1;
  }
  // The square of a sum of images holds the square of each image and, twice, the product of each pair.
  const whole = sums.reduce((all, sum) => all.map((value, i) => value + sum[i]!), new Float64Array(inputs));
  const ofClasses = sums.reduce((all, sum) => all + squareOf(sum), 0);
  const pairsWithin = counts.reduce((all, its) => all + its * (its - 1), 0);
  const pairsBetween = count * (count - 1) - pairsWithin;
  const square = squares / (count * inputs);
  return {
    inputs,
    square,
    within: pairsWithin === 0 ? square : (ofClasses - squares) / (pairsWithin * inputs),
    between: pairsBetween === 0 ? square : (squareOf(whole) - ofClasses) / (pairsBetween * inputs),
    images: count,
    shares: Array.from(counts, (its) => its / count),
  };
}

const squareOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);

/** A byte stands for byte/256. */
const scaleOf = ({ values }: Examples): number => (values instanceof Uint8Array ? 1 / 256 : 1);
