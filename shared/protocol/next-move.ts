/**
 * What the one button of a room does next: from the guess that stands, else from the lesson. Pure, so that the host's page says
 * what the server will do. Rules M1 to M6.
 */
import { type Guess, standingGuess, turnout } from './guesses.ts';
import type { LessonStanding } from './lessons.ts';
import type { Secrets } from './secrets.ts';
import { type GuessId, lookUp, type RoomState } from './state.ts';

/** How long people talk about a guess, in seconds. */
export const DISCUSSION_SECONDS = 120;

/** Talking helps where some are right and some are not: between these shares of right answers. */
const WORTH_DISCUSSING = [0.3, 0.7] as const;

/** `id` names the move among all of a room, so that a press that comes too late can be told from a new one. */
export type Move =
  | { readonly kind: 'open'; readonly id: string; readonly step: number }
  | {
      readonly kind: 'close';
      readonly id: string;
      readonly guess: GuessId;
      readonly answered: number;
      readonly of: number;
    }
  | { readonly kind: 'discuss'; readonly id: string; readonly guess: GuessId; readonly seconds: number }
  | { readonly kind: 'again'; readonly id: string; readonly guess: GuessId }
  | { readonly kind: 'reveal'; readonly id: string; readonly guess: GuessId }
  | { readonly kind: 'explain'; readonly id: string; readonly step: number }
  | { readonly kind: 'next'; readonly id: string; readonly step: number }
  | { readonly kind: 'end'; readonly id: string };

type Known = Pick<RoomState, 'people' | 'guesses' | 'lesson'>;

/** Returns what Next would do now; null where there is nothing left to do. `secrets` are those of somebody who leads. */
export function nextMove(state: Known, secrets: Secrets): Move | null {
  const guess = standingGuess(state);
  if (guess !== undefined) return moveOfGuess(state, guess, secrets);
  return state.lesson === null ? null : moveOfLesson(state.lesson);
}

/** Returns what Skip would do now: pass over what Next would; null where nothing can be passed over. */
export function skipMove(state: Known, secrets: Secrets): Move | null {
  const move = nextMove(state, secrets);
  switch (move?.kind) {
    case 'close':
    case 'discuss':
    case 'again':
      return { kind: 'reveal', id: `${move.guess}/reveal`, guess: move.guess };
    case 'open':
    case 'explain':
      return state.lesson === null ? null : onward(state.lesson);
    default:
      return null;
  }
}

/** Whether Back leads anywhere: to the step before, once no guess stands. */
export const mayGoBack = (state: Known): boolean =>
  state.lesson !== null && state.lesson.step > 0 && standingGuess(state) === undefined;

function moveOfGuess(state: Known, guess: Guess, secrets: Secrets): Move {
  const { id, standing, round } = guess;
  const rounds = lookUp(secrets.guesses, id) ?? [];
  const reveal: Move = { kind: 'reveal', id: `${id}/reveal`, guess: id };
  switch (standing.kind) {
    case 'open': {
      const { answered, of } = turnout(state, guess);
      const students = Object.values(state.people).some(({ role, here }) => role === 'student' && here);
      const hands = Object.keys(rounds[round - 1]?.hands ?? {}).length > 0;
      // There is nobody to wait for: whoever tries the lesson alone sees at once what came out.
      if (!students && !hands) return reveal;
      return { kind: 'close', id: `${id}/close-${round}`, guess: id, answered, of };
    }
    case 'closed': {
      if (round === 2 || !isWorthDiscussing(rounds[0]?.right ?? null)) return reveal;
      return { kind: 'discuss', id: `${id}/discuss`, guess: id, seconds: DISCUSSION_SECONDS };
    }
    case 'discussing':
      return { kind: 'again', id: `${id}/again`, guess: id };
    case 'revealed':
      throw new Error(`invariant violation: ${id} is revealed and does not stand`);
    default:
      return standing satisfies never;
  }
}

function isWorthDiscussing(answers: { readonly right: number; readonly of: number } | null): boolean {
  if (answers === null || answers.of === 0) return false;
  const share = answers.right / answers.of;
  return share >= WORTH_DISCUSSING[0] && share <= WORTH_DISCUSSING[1];
}

function moveOfLesson(lesson: LessonStanding): Move | null {
  const { plan, step, explaining, guesses } = lesson;
  const at = plan.steps[step];
  if (at === undefined) return null;
  if (at.kind === 'text' || explaining) return onward(lesson);
  return guesses[step] === undefined
    ? { kind: 'open', id: `step-${step}/open`, step }
    : { kind: 'explain', id: `step-${step}/explain`, step };
}

/** From a step to the one after it. */
function onward({ plan, step }: LessonStanding): Move {
  const next = step + 1;
  return next < plan.steps.length
    ? { kind: 'next', id: `step-${step}/next`, step: next }
    : { kind: 'end', id: `step-${step}/end` };
}
