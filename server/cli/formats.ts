/** How measurements are written by `lab run`: one JSON object a line, or tidy csv. */
import type { Measurement } from '../../shared/core/measurement.ts';
import { measurementLine } from '../../shared/protocol/measurements.ts';
import { toJsonNumber } from '../../shared/protocol/wire.ts';

type Formatter = {
  readonly head: (withSeed: boolean) => string;
  /** Writes one measurement, ended by a newline; with its seed first unless that is null. */
  readonly line: (measurement: Measurement, seed: number | null) => string;
};

const scalars = ['cost', 'trainAccuracy', 'testAccuracy'] as const;

export const formatters: { readonly jsonl: Formatter; readonly csv: Formatter } = {
  jsonl: {
    head: () => '',
    line(measurement, seed) {
      const line = measurementLine(measurement);
      return `${seed === null ? line : `{"seed":${seed},${line.slice(1)}`}\n`;
    },
  },
  csv: {
    head: (withSeed) => `${withSeed ? 'seed,' : ''}step,epoch,layer,metric,value\n`,
    line(measurement, seed) {
      const start = `${seed === null ? '' : `${seed},`}${measurement.step},${measurement.epoch}`;
      const rows: string[] = [];
      for (const metric of scalars) {
        const value = measurement[metric];
        if (value !== null) rows.push(`${start},,${metric},${toJsonNumber(value)}\n`);
      }
      for (const { layer, ...metrics } of measurement.layers) {
        for (const [metric, value] of Object.entries(metrics)) {
          rows.push(`${start},${layer},${metric},${toJsonNumber(value)}\n`);
        }
      }
      return rows.join('');
    },
  },
};
