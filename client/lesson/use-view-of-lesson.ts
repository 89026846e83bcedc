/** The plots turn to what a step of the lesson speaks of: on the page of whoever leads, which the others follow. */
import { useEffect, useRef } from 'react';
import { runsOfStep } from '../../shared/protocol/lessons.ts';
import { useFacts, useMay } from '../room/context.tsx';
import { useChangeView } from '../view/context.tsx';
import { readFollowed } from '../view/view.ts';

/** Turns to the view of a step once its runs are there, and once more when it is explained; in between people look where they like. */
export function useViewOfLesson(): void {
  const { lesson, guesses } = useFacts();
  const leading = useMay('next');
  const change = useChangeView();
  const turned = useRef<string | null>(null);
  const step = lesson?.plan.steps[lesson.step];
  const runs = lesson === null ? [] : runsOfStep(lesson, guesses, lesson.step);
  const view = step?.view?.replace('{runs}', runs.join(','));
  const isReady = view !== undefined && (runs.length > 0 || step?.kind === 'text');
  const turn = isReady ? `${lesson?.step} ${lesson?.explaining} ${view}` : null;
  useEffect(() => {
    // A page that is opened in the middle of a step keeps the view of its address.
    const isFirst = turned.current === null;
    if (turn === null || view === undefined || turned.current === turn) {
      turned.current ??= turn ?? '';
      return;
    }
    turned.current = turn;
    if (leading && !isFirst) change(readFollowed(view));
  }, [turn, view, leading, change]);
}
