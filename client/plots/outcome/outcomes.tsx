/** Cost and accuracy side by side, small: what the network makes of what its layers learn. */
import { useWords } from '../../i18n/words.ts';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import { NoAccuracy } from './no-accuracy.tsx';
import { OutcomePlot } from './outcome-plot.tsx';
import { useOutcomeCurves } from './use-outcome-curves.ts';

/** Draws both outcomes of a run; give it the run's id as key. */
export function Outcomes({ run }: { readonly run: RoomRun }) {
  const { say } = useWords();
  const { classifies, cost, accuracies, mark, costFormat, costTick, shareFormat, shareTick } = useOutcomeCurves(run);
  const [train, test] = accuracies;
  return (
    <div className="outcomes">
      <OutcomePlot
        run={run}
        id="cost"
        title={say('outcome.cost')}
        curves={cost}
        top={null}
        format={costFormat}
        formatTick={costTick}
        mark={null}
        large={null}
        figure={null}
      />
      {classifies ? (
        <OutcomePlot
          run={run}
          id="accuracy"
          title={say('outcome.accuracy')}
          curves={accuracies}
          top={1}
          format={shareFormat}
          formatTick={shareTick}
          mark={mark}
          large={null}
          figure={null}
          legend={
            <>
              {train !== undefined && test !== undefined && (
                <>
                  <span>
                    <Stroke dash="" colour="var(--lab-ink)" />
                    {train.name}
                  </span>
                  <span>
                    <Stroke dash="6 4" colour="var(--lab-accent)" />
                    {test.name}
                  </span>
                </>
              )}
              {mark !== null && (
                <span>
                  <Stroke dash="2 3" colour="var(--lab-soft)" />
                  {mark.text}
                </span>
              )}
            </>
          }
        />
      ) : (
        <NoAccuracy />
      )}
    </div>
  );
}

const Stroke = ({ dash, colour }: { readonly dash: string; readonly colour: string }) => (
  <svg width="20" height="8" aria-hidden="true">
    <line x1="0" y1="4" x2="20" y2="4" stroke={colour} strokeWidth="2" strokeDasharray={dash} />
  </svg>
);
