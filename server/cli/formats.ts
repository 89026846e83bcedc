/** How measurements are written by `lab run`: one JSON object a line, or tidy csv. */
import type { Measurement } from '../../shared/core/measurement.ts';
import { csvHeader, csvRows, measurementLine } from '../../shared/protocol/measurements.ts';

type Formatter = {
  readonly head: (withSeed: boolean) => string;
  /** Writes one measurement, ended by a newline; with its seed first unless that is null. */
  readonly line: (measurement: Measurement, seed: number | null) => string;
};

export const formatters: { readonly jsonl: Formatter; readonly csv: Formatter } = {
  jsonl: {
    head: () => '',
    line(measurement, seed) {
      const line = measurementLine(measurement);
      return `${seed === null ? line : `{"seed":${seed},${line.slice(1)}`}\n`;
    },
  },
  csv: {
    head: (withSeed) => `${withSeed ? 'seed,' : ''}${csvHeader}\n`,
    line(measurement, seed) {
      const start = seed === null ? '' : `${seed},`;
      return csvRows(measurement)
        .map((row) => `${start}${row}\n`)
        .join('');
    },
  },
};
