/** The phone's sheet follows the lesson: to the guess when one is asked, and to the words below the plot when it explains. */
import { useEffect, useRef } from 'react';
import { standingGuess } from '../../shared/protocol/guesses.ts';
import { useRoomView } from '../room/context.tsx';
import { useChangeView } from '../view/context.tsx';

/** Turns to the sheet that is due, once with every turn of the lesson; in between people look where they like. */
export function useSheetOfLesson(): void {
  const change = useChangeView();
  const guess = useRoomView(({ state }) => (state === null ? undefined : standingGuess(state)?.id));
  const text = useRoomView(({ state }) => (state?.lesson?.explaining === true ? state.lesson.step : undefined));
  const asked = useRoomView(({ state }) => {
    const made = state?.lesson?.made[state.lesson.step];
    return made?.kind === 'poll' ? made.poll : undefined;
  });
  const challenge = useRoomView(({ state }) => {
    const made = state?.lesson?.made[state.lesson.step];
    return made?.kind === 'challenge' ? made.challenge : undefined;
  });
  const before = useRef<{
    readonly guess: string | undefined;
    readonly text: number | undefined;
    readonly asked: string | undefined;
    readonly challenge: string | undefined;
  }>({
    guess: undefined,
    text: undefined,
    asked: undefined,
    challenge: undefined,
  });
  useEffect(() => {
    const was = before.current;
    before.current = { guess, text, asked, challenge };
    if (guess !== undefined && guess !== was.guess) change({ sheet: 'guess' });
    else if (asked !== undefined && asked !== was.asked) change({ sheet: 'class' });
    // What came out stays in sight; the words are a sheet further.
    else if (challenge !== undefined && (challenge !== was.challenge || text !== was.text)) change({ sheet: 'plot' });
    else if (text !== undefined && text !== was.text) change({ sheet: 'guess' });
  }, [change, guess, text, asked, challenge]);
}
