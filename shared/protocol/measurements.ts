/** How a measurement is written: in full as one JSON object, and shortened as ticks carry it. */
import type { Measurement } from '../core/measurement.ts';
import type { TickPoint } from './wire.ts';
import { toJsonNumber, toWireNumber, type WireNumber } from './wire-numbers.ts';

/** A measurement as it is sent and kept: what is not finite is a string. */
export type WrittenLayer = { readonly layer: number; readonly units: number } & Readonly<Record<string, WireNumber>>;
export type MeasurementRecord = {
  readonly step: number;
  readonly epoch: number;
  readonly cost: WireNumber;
  readonly trainAccuracy: WireNumber | null;
  readonly testAccuracy: WireNumber | null;
  readonly digest: string;
  readonly layers: readonly WrittenLayer[];
};

/** Writes a measurement as one line of JSON, its fields in the order of the contract. */
export const measurementLine = (measurement: Measurement): string =>
  JSON.stringify(measurement, (_key, value: unknown) => (typeof value === 'number' ? toJsonNumber(value) : value));

const written = (value: number | null): WireNumber | null => (value === null ? null : toWireNumber(value));

/** Shortens a measurement to what a tick carries: 4 significant digits, and of the layers only their speed. */
export const tickPoint = (measurement: Measurement): TickPoint => [
  measurement.step,
  toWireNumber(measurement.cost),
  written(measurement.trainAccuracy),
  written(measurement.testAccuracy),
  measurement.layers.map((layer) => toWireNumber(layer.speed)),
];

export const csvHeader = 'step,epoch,layer,metric,value';

const csvScalars = ['cost', 'trainAccuracy', 'testAccuracy'] as const;

/** Writes a measurement as rows of tidy CSV, one a number; `layer` is empty for those of the whole network, absent ones are left out. */
export function csvRows(measurement: Measurement | MeasurementRecord): string[] {
  const { step, epoch, layers } = measurement;
  const rows: string[] = [];
  for (const metric of csvScalars) {
    const value = measurement[metric];
    if (value !== null) rows.push(`${step},${epoch},,${metric},${value}`);
  }
  for (const { layer, ...values } of layers) {
    for (const [metric, value] of Object.entries(values)) rows.push(`${step},${epoch},${layer},${metric},${value}`);
  }
  return rows;
}
