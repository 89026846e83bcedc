/** What a plot hands to its card, so that the card can export it. */
import type { PlotFrame } from '../frame.ts';
import type { Geometry } from '../geometry.ts';
import type { Sheet, Size } from '../sheet/sheet.ts';

/** One number that is shown, in the columns of the contract's tidy CSV, with the run where several are shown. */
export type Row = {
  readonly run?: string;
  readonly step: number;
  readonly epoch: number;
  readonly layer: number | null;
  readonly metric: string;
  readonly value: number;
};

export type Figure = {
  /** Its size on the page, which its export has too. */
  readonly size: Size;
  /** Its axes; null for a plot that paints its own. */
  readonly frame: PlotFrame | null;
  readonly paint: (sheet: Sheet, geometry: Geometry) => void;
  /** What is shown, number by number, in the order of steps. */
  readonly rows: () => readonly Row[];
};
