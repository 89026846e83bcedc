/** A small map in colours: rows of cells on a canvas, the first row at the bottom. What is said of it belongs to whoever draws it. */
import { useEffect, useRef } from 'react';

type Props = {
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  readonly height: number;
  /** The colour of a cell; null leaves it empty. */
  readonly colourOf: (row: number, column: number) => string | null;
  /** Cells that bear a dot, so that they are told apart without colours. */
  readonly dotted?: (row: number, column: number) => boolean;
  readonly dotColour: string;
};

/** Draws the cells. Give it functions that keep their identity while the picture is the same. */
export function HeatCanvas({ columns, rows, width, height, colourOf, dotted, dotColour }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (canvas.current === null || context === null || context === undefined || width <= 0) return;
    const ratio = devicePixelRatio;
    canvas.current.width = Math.round(width * ratio);
    canvas.current.height = Math.round(height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const [wide, high] = [width / columns, height / rows];
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const colour = colourOf(row, column);
        if (colour === null) continue;
        context.fillStyle = colour;
        // A little over the edge, so that no seam shows between cells.
        context.fillRect(column * wide, height - (row + 1) * high, wide + 0.5, high + 0.5);
      }
    }
    if (dotted === undefined) return;
    context.fillStyle = dotColour;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        if (!dotted(row, column)) continue;
        context.beginPath();
        context.arc((column + 0.5) * wide, height - (row + 0.5) * high, Math.max(0.75, wide / 7), 0, 2 * Math.PI);
        context.fill();
      }
    }
  }, [columns, rows, width, height, colourOf, dotted, dotColour]);
  return <canvas ref={canvas} aria-hidden="true" style={{ position: 'absolute', width, height }} />;
}
