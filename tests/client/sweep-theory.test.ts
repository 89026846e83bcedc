/** The line of theory over a class sweep: the ratios that its values' networks have in the middle, and none where theory ends. */
import { describe, expect, it } from 'vitest';
import { predictedRatios } from '../../client/board/use-sweep-theory.ts';
import { datasetOf } from '../../shared/core/datasets.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { drawStarts } from '../../shared/core/starts.ts';
import { configured } from '../core/networks.ts';

const base = { dataset: { name: 'spiral', train: 200, test: 0 }, batchSize: 'full', hidden: [40, 40] };

const never = (): never => {
  throw new Error('no images are needed');
};

describe('theory over a sweep', () => {
  it('has a point for each depth, near the middle of many networks', async () => {
    const values = [2, 3, 5];
    const predicted = await predictedRatios({ configuration: configured(base), field: 'depth', values });
    expect(predicted.map(({ value }) => value)).toEqual(values);
    for (const { value, ratio } of predicted) {
      const configuration = configured({ ...base, hidden: Array<number>(Number(value)).fill(40) });
      const seeds = Array.from({ length: 21 }, (_, seed) => seed + 1);
      const ratios = [...drawStarts(configuration, datasetOf(configuration, never), referenceKernels, seeds)]
        .map(({ speed }) => (speed.at(-2) ?? NaN) / (speed[0] ?? NaN))
        .toSorted((a, b) => a - b);
      expect(Math.abs(Math.log(ratio / (ratios[10] ?? NaN)))).toBeLessThan(Math.log(1.6));
    }
  });

  it('leaves out what theory does not reach', async () => {
    const values = ['scaled-normal', 'constant', 'lsuv', 'he-normal'];
    const configuration = configured(base);
    const predicted = await predictedRatios({ configuration, field: 'initialization.scheme', values });
    expect(predicted.map(({ value }) => value)).toEqual(['scaled-normal', 'he-normal']);
  });

  it('takes a few of many values, the last one among them', async () => {
    const values = Array.from({ length: 100 }, (_, n) => 0.5 + n / 100);
    const predicted = await predictedRatios({ configuration: configured(base), field: 'initialization.gain', values });
    expect(predicted.length).toBeLessThan(30);
    expect(predicted.at(-1)?.value).toBe(values.at(-1));
  });
});
