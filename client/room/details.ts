/** Which closer looks at the curves of a run have been taken, so that zooming asks for each of them once. */
import type { DrawnMetric } from '../../shared/protocol/metrics.ts';
import type { Span } from './spans.ts';

type Look = {
  readonly metrics: ReadonlySet<DrawnMetric>;
  readonly span: Span;
  /** Nothing was left out: any part of it is as close as can be. */
  readonly complete: boolean;
};

/** A look serves a part of its span that is at least so large a share of it. */
const servedShare = 0.5;
/** While a run is played, the end of what is looked at moves; the last part of it comes with the ticks. */
const settledShare = 0.8;

export class Details {
  #looks: readonly Look[] = [];
  #thinnings = 0;

  /** Whether a look at these steps would show more than is there. */
  isWanted(metrics: readonly DrawnMetric[], [from, to]: Span, thinnings: number): boolean {
    if (thinnings !== this.#thinnings) this.#looks = [];
    this.#thinnings = thinnings;
    const settled = from + settledShare * (to - from);
    return !this.#looks.some(
      ({ metrics: had, span, complete }) =>
        span[0] <= from &&
        span[1] >= settled &&
        metrics.every((metric) => had.has(metric)) &&
        (complete || servedShare * (span[1] - span[0]) <= to - from),
    );
  }

  /** Notes a look that has been taken. */
  add(metrics: readonly DrawnMetric[], span: Span, complete: boolean): void {
    this.#looks = [...this.#looks, { metrics: new Set(metrics), span, complete }].slice(-64);
  }
}
