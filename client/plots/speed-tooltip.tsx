/** The values of all layers at the step under the pointer. */
import { measured, relativeSpeed, wholeNumber } from '../i18n/numbers.ts';
import { useWords } from '../i18n/words.ts';

type Props = {
  readonly step: number;
  readonly speeds: readonly number[];
  readonly colours: readonly string[];
  readonly nearest: number | null;
  /** Where the step is, and how wide the plot is, in pixels: the box stands on the side with more room. */
  readonly x: number;
  readonly width: number;
};

/** Draws the box beside the vertical line; the last layer is on top, as its curve usually is. */
export function SpeedTooltip({ step, speeds, colours, nearest, x, width }: Props) {
  const { say, language } = useWords();
  const last = speeds.at(-1) ?? Number.NaN;
  const onTheLeft = x > width / 2;
  return (
    <div className="plot-tooltip" style={onTheLeft ? { right: width - x + 10 } : { left: x + 10 }} aria-hidden="true">
      <div className="plot-tooltip-step">
        {say('controls.step-count')} {wholeNumber(step, language)}
      </div>
      <div className={speeds.length > 12 ? 'plot-tooltip-rows many' : 'plot-tooltip-rows'}>
        {speeds
          .map((speed, index) => (
            <div key={index} className={nearest === index + 1 ? 'plot-tooltip-row near' : 'plot-tooltip-row'}>
              <span className="swatch" style={{ background: colours[index] }} />
              <span>{say('plot.layer', { layer: index + 1 })}</span>
              <span className="number">{measured(speed, language)}</span>
              <span className="number strong">{relativeSpeed(speed, last, language)}</span>
            </div>
          ))
          .toReversed()}
      </div>
    </div>
  );
}
