/** What panels read of guesses: which one stands, which belongs to the run on show, what oneself has said, how long there is. */
import { useEffect, useState } from 'react';
import { type Guess, type GuessAnswer, standingGuess } from '../../shared/protocol/guesses.ts';
import { lookUp, type RunId } from '../../shared/protocol/state.ts';
import { useRoom, useRoomView } from '../room/context.tsx';

/** The guess that stands, the one opened last where there are several; null where nothing is asked. */
export const useStandingGuess = (): Guess | null =>
  useRoomView(({ state }) => (state === null ? null : (standingGuess(state) ?? null)));

/** Whether the host has the plot of other runs shown beside a guess. */
export const usePlotBesideGuess = (): boolean => useRoomView(({ state }) => state?.settings.plotBesideGuess === true);

/** The guess that was revealed on a run; null where there was none. */
export const useRevealedGuess = (run: RunId | null): Guess | null =>
  useRoomView(
    ({ state }) =>
      Object.values(state?.guesses ?? {}).findLast(
        (guess) => guess.run === run && guess.standing.kind === 'revealed',
      ) ?? null,
  );

/** What the person at this page has answered in a round; null for nothing. */
export const useOwnAnswer = (guess: Guess, round: number): GuessAnswer | null =>
  useRoomView(({ secrets, you }) => {
    const answers = lookUp(secrets.guesses, guess.id)?.[round - 1]?.answers;
    return answers === undefined || you === null ? null : (lookUp(answers, you.id) ?? null);
  });

/** Whether an answer of the person at this page is due. */
export const useIsAsked = (): boolean =>
  useRoomView(({ state, you }) => {
    const guess = state === null ? undefined : standingGuess(state);
    if (guess?.standing.kind !== 'open' || you?.role !== 'student') return false;
    return guess.answered[guess.round - 1]?.includes(you.id) !== true;
  });

/** Whole seconds until a moment of the server's clock, 0 when it has passed; null without a timer. */
export function useSecondsUntil(moment: number | null): number | null {
  const { now } = useRoom();
  const [, setSecond] = useState(0);
  const left = moment === null ? null : Math.max(0, Math.ceil((moment - now()) / 1000));
  useEffect(() => {
    if (moment === null) return;
    const timer = setInterval(() => setSecond(Math.max(0, Math.ceil((moment - now()) / 1000))), 200);
    return () => clearInterval(timer);
  }, [moment, now]);
  return left;
}
