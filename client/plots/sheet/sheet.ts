/**
 * The sheet that plots are painted on: lines, dots, areas and text in CSS pixels, y downwards. On the page it is a canvas,
 * in an export a canvas of higher resolution or an SVG text; who paints does not know which.
 */

export type Size = { readonly width: number; readonly height: number };

export type Area = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

export type Stroke = {
  readonly colour: string;
  readonly width: number;
  readonly dash?: readonly number[];
  readonly alpha?: number;
};

export type Lettering = {
  readonly colour: string;
  readonly size: number;
  readonly weight?: number;
  readonly align?: 'left' | 'center' | 'right';
  /** Turned to be read from bottom to top. */
  readonly upwards?: boolean;
};

export type Sheet = {
  readonly size: Size;
  /** Begins a path; what was begun before and not ended is forgotten. */
  begin(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  /** Draws the path begun as a line. */
  stroke(stroke: Stroke): void;
  /** Fills the path begun. */
  fill(colour: string, alpha?: number): void;
  rect(area: Area, colour: string, alpha?: number): void;
  dot(x: number, y: number, radius: number, colour: string, alpha?: number): void;
  /** Fills an area with a picture, each of its pixels with sharp edges. */
  image(picture: HTMLCanvasElement, area: Area): void;
  /** Writes one line; `y` is its middle. */
  text(x: number, y: number, text: string, lettering: Lettering): void;
  widthOf(text: string, size: number, weight?: number): number;
  /** Calls `paint` and shows nothing of what it paints outside of an area. */
  clipped(area: Area, paint: () => void): void;
};

/** Draws a straight line. */
export function line(sheet: Sheet, [x1, y1, x2, y2]: readonly [number, number, number, number], stroke: Stroke): void {
  sheet.begin();
  sheet.moveTo(x1, y1);
  sheet.lineTo(x2, y2);
  sheet.stroke(stroke);
}
