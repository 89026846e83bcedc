/** The two outcomes of a run as curves: its cost, and its accuracies with the line of who learns nothing. */
import { useCallback, useMemo } from 'react';
import { isPicture } from '../../../shared/core/dataset.ts';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import { axisNumber, measured, percent } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { planFor } from '../../room/stage.ts';
import type { OutcomeCurve } from './outcome-plot.tsx';
import { classesOf } from './sentence.ts';
import { shareOf, useMajorities } from './use-majority.ts';

/** Returns what both plots are drawn from. */
export function useOutcomeCurves(run: RoomRun) {
  const { say, language } = useWords();
  const { configuration } = run;
  const tested = planFor(run).testImages > 0;
  const { classifies } = planFor(run);
  const kind = isPicture(configuration.dataset) ? 'digits' : 'points';
  const classes = classesOf(configuration.dataset);
  const majorities = useMajorities(configuration);
  const cost = useMemo(
    (): OutcomeCurve[] => [{ metric: 'cost', name: say('outcome.cost'), colour: ({ ink }) => ink, dash: [] }],
    [say],
  );
  const accuracies = useMemo((): OutcomeCurve[] => {
    const train: OutcomeCurve = {
      metric: 'trainAccuracy',
      name: say(`outcome.train.${kind}`),
      colour: ({ ink }) => ink,
      dash: [],
    };
    const test: OutcomeCurve = {
      metric: 'testAccuracy',
      name: say(`outcome.test.${kind}`),
      colour: ({ accent }) => accent,
      dash: [6, 4],
    };
    return tested ? [train, test] : [train];
  }, [say, kind, tested]);
  const majority = majorities === null ? null : ((tested ? majorities.test : null) ?? majorities.train);
  const mark = useMemo(() => {
    if (majority === null) return null;
    const share = percent(shareOf(majority), language);
    return { value: shareOf(majority), text: say(`outcome.majority.${classes}`, { share, digit: majority.label }) };
  }, [majority, say, language, classes]);
  return {
    cost,
    accuracies,
    mark,
    majority,
    tested,
    classifies,
    costFormat: useCallback((value: number) => measured(value, language), [language]),
    costTick: useCallback((value: number) => axisNumber(value, language), [language]),
    shareFormat: useCallback((value: number) => percent(value, language), [language]),
    shareTick: useCallback((value: number) => percent(value, language, 0), [language]),
  };
}
