/** What the experiments tell people to look for is there: every check of every step, on the runs that the step trains. */
import { expect, test } from 'vitest';
import type { Measurement } from '../../shared/core/measurement.ts';
import { lessonOfExperiment } from '../../shared/experiments/experiment.ts';
import { experiments } from '../../shared/experiments/experiments.ts';
import { ticket } from '../../shared/experiments/chapter/ticket.ts';
import { type Check, type Reading, trainedBy } from '../../shared/protocol/lessons.ts';
import { at, measurementsOf, tell } from './runs.ts';

/** A value as a check reads it. */
function read(all: readonly Measurement[], { metric, layer, step }: Reading): number {
  const last = all.at(-1);
  if (last === undefined) throw new Error('nothing was measured');
  const measurement = step === 'last' ? last : at(all, step);
  const hidden = measurement.layers.slice(0, -1);
  if (metric === 'ratio') return (hidden.at(-1)?.speed ?? Number.NaN) / (hidden[0]?.speed ?? Number.NaN);
  if (metric === 'cost' || metric === 'trainAccuracy' || metric === 'testAccuracy')
    return measurement[metric] ?? Number.NaN;
  const index = layer === null ? 0 : layer < 0 ? hidden.length + layer : layer - 1;
  return measurement.layers[index]?.[metric] ?? Number.NaN;
}

const holds = (value: number, { least, most }: Check): boolean =>
  value >= (least ?? -Infinity) && value <= (most ?? Infinity);

for (const experiment of [...experiments, ticket]) {
  for (const [n, step] of lessonOfExperiment(experiment).steps.entries()) {
    const { checks = [], printed = [] } = step;
    if (checks.length + printed.length === 0) continue;
    test(`${experiment.number}. ${experiment.title.en}, step ${n + 1}: ${step.title.en}`, () => {
      const runs = trainedBy(step).map(measurementsOf);
      for (const { text, value, reading } of printed) {
        const here = read(runs[reading.run] ?? [], reading);
        tell(`${text.en}: book ${value}, here`, [here]);
        // The book's curves are one draw of the weights, these another.
        expect(here, text.en).toBeGreaterThan(value / 3);
        expect(here, text.en).toBeLessThan(value * 3);
      }
      for (const check of checks) {
        const value = read(runs[check.reading.run] ?? [], check.reading);
        tell(check.text.en, [value]);
        expect(holds(value, check), `${check.text.en} ${value}`).toBe(true);
      }
    });
  }
}
