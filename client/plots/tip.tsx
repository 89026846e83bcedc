/** The box beside the vertical line of the cursor, on the side with more room. Screen readers hear the same from the plot. */
import type { ReactNode } from 'react';

type Props = {
  /** Which step. */
  readonly heading: string;
  /** Where the step is, and how wide the plot is, in pixels. */
  readonly x: number;
  readonly width: number;
  readonly className?: string;
  readonly children: ReactNode;
};

/** Draws the box. */
export function PlotTip({ heading, x, width, className = '', children }: Props) {
  return (
    <div
      className={`plot-tooltip ${className}`.trimEnd()}
      style={x > width / 2 ? { right: width - x + 10 } : { left: x + 10 }}
      aria-hidden="true"
    >
      <div className="plot-tooltip-step">{heading}</div>
      {children}
    </div>
  );
}
