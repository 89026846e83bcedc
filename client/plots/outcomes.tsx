/** Cost and accuracy side by side: what the network makes of what its layers learn. */
import { useCallback, useMemo } from 'react';
import { axisNumber, percent } from '../i18n/numbers.ts';
import { useWords } from '../i18n/words.ts';
import type { RoomRun } from '../../shared/protocol/state.ts';
import { type OutcomeCurve, OutcomePlot } from './outcome-plot.tsx';

/** The share of the commonest digit among the first 1,000 training images: what guessing it always would get right. */
const commonestDigit = 0.117;

/** Draws both outcomes of a run; give it the run's id as key. */
export function Outcomes({ run }: { readonly run: RoomRun }) {
  const { say, language } = useWords();
  const { dataset, probe } = run.configuration;
  const tested = dataset.name !== 'parity' && dataset.test > 0;
  const majority = dataset.name === 'mnist' && probe === 1000;
  const cost = useMemo(
    (): OutcomeCurve[] => [{ metric: 'cost', name: say('outcome.cost'), colour: ({ ink }) => ink, dash: [] }],
    [say],
  );
  const accuracies = useMemo(
    (): OutcomeCurve[] => [
      { metric: 'trainAccuracy', name: say('outcome.train'), colour: ({ ink }) => ink, dash: [] },
      { metric: 'testAccuracy', name: say('outcome.test'), colour: ({ accent }) => accent, dash: [6, 4] },
    ],
    [say],
  );
  const costFormat = useCallback((value: number) => axisNumber(value, language), [language]);
  const shareFormat = useCallback((value: number) => percent(value, language, 0), [language]);
  return (
    <div className="outcomes">
      <OutcomePlot run={run} id="cost" title={say('outcome.cost')} curves={cost} top={null} format={costFormat} />
      <OutcomePlot
        run={run}
        id="accuracy"
        title={say('outcome.accuracy')}
        curves={accuracies}
        top={1}
        format={shareFormat}
        {...(majority ? { mark: commonestDigit } : {})}
        legend={
          <>
            {tested && (
              <>
                <span>
                  <Stroke dash="" colour="var(--lab-ink)" />
                  {say('outcome.train')}
                </span>
                <span>
                  <Stroke dash="6 4" colour="var(--lab-accent)" />
                  {say('outcome.test')}
                </span>
              </>
            )}
            {majority && (
              <span>
                <Stroke dash="2 3" colour="var(--lab-soft)" />
                {say('outcome.majority', { share: percent(commonestDigit, language) })}
              </span>
            )}
          </>
        }
      />
    </div>
  );
}

const Stroke = ({ dash, colour }: { readonly dash: string; readonly colour: string }) => (
  <svg width="20" height="8" aria-hidden="true">
    <line x1="0" y1="4" x2="20" y2="4" stroke={colour} strokeWidth="2" strokeDasharray={dash} />
  </svg>
);
