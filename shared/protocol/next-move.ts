/**
 * What the one button of a room does next: from the guess or the question that stands, else from the lesson. Pure, so that the
 * host's page says what the server will do. Rules M1 to M9.
 */
import type { ChallengeId, ChallengeTask } from './challenges.ts';
import { type Guess, standingGuess, turnout } from './guesses.ts';
import type { LessonStanding } from './lessons.ts';
import { secretRound } from './poll-secrets.ts';
import type { Poll } from './polls.ts';
import type { Secrets } from './secrets.ts';
import { type GuessId, lookUp, type PollId, type RoomState } from './state.ts';

/** How long people talk about a guess, in seconds. */
export const DISCUSSION_SECONDS = 120;

/** Talking helps where some are right and some are not: between these shares of right answers. */
const WORTH_DISCUSSING = [0.3, 0.7] as const;

/** `id` names the move among all of a room, so that a press that comes too late can be told from a new one. */
export type Move =
  | {
      readonly kind: 'open' | 'run' | 'measure' | 'ask' | 'challenge' | 'explain' | 'next';
      readonly id: string;
      readonly step: number;
    }
  | {
      readonly kind: 'close';
      readonly id: string;
      readonly guess: GuessId;
      readonly answered: number;
      readonly of: number;
    }
  | { readonly kind: 'discuss'; readonly id: string; readonly guess: GuessId; readonly seconds: number }
  | { readonly kind: 'again'; readonly id: string; readonly guess: GuessId }
  /** `asked`: a guess or a poll. */
  | { readonly kind: 'hint'; readonly id: string; readonly step: number; readonly asked: string }
  | { readonly kind: 'reveal'; readonly id: string; readonly guess: GuessId }
  | {
      readonly kind: 'close-poll';
      readonly id: string;
      readonly poll: PollId;
      readonly answered: number;
      readonly of: number;
    }
  | { readonly kind: 'talk'; readonly id: string; readonly poll: PollId; readonly seconds: number }
  | { readonly kind: 'reveal-poll'; readonly id: string; readonly poll: PollId; readonly step: number }
  | {
      readonly kind: 'reveal-challenge';
      readonly id: string;
      readonly challenge: ChallengeId;
      readonly step: number;
      /** What the class has to show, which a button may say. */
      readonly of: ChallengeTask['kind'];
    }
  | { readonly kind: 'end'; readonly id: string };

type Known = Pick<RoomState, 'people' | 'guesses' | 'polls' | 'lesson' | 'challenges'>;

/** Returns what Next would do now; null where there is nothing left to do. `secrets` are those of somebody who leads. */
export function nextMove(state: Known, secrets: Secrets): Move | null {
  const guess = standingGuess(state);
  if (guess !== undefined) return moveOfGuess(state, guess, secrets);
  const poll = standingQuestion(state);
  if (poll !== undefined && state.lesson !== null) return moveOfQuestion(state, state.lesson, poll, secrets);
  return state.lesson === null ? null : (moveOfChallenge(state, state.lesson) ?? moveOfLesson(state.lesson));
}

/** A challenge of the step is revealed before it is explained. */
function moveOfChallenge({ challenges }: Known, { made, step }: LessonStanding): Move | null {
  const its = made[step];
  const challenge = its?.kind === 'challenge' ? lookUp(challenges ?? {}, its.challenge) : undefined;
  if (challenge === undefined || challenge.revealed) return null;
  const { id, task } = challenge;
  return { kind: 'reveal-challenge', id: `${id}/reveal`, challenge: id, step, of: task.kind };
}

/** Returns what Skip would do now: pass over what Next would; null where nothing can be passed over. */
export function skipMove(state: Known, secrets: Secrets): Move | null {
  const move = nextMove(state, secrets);
  const { lesson } = state;
  switch (move?.kind) {
    case 'close':
    case 'discuss':
    case 'again':
      return { kind: 'reveal', id: `${move.guess}/reveal`, guess: move.guess };
    case 'close-poll':
    case 'talk':
      return lesson === null ? null : revealOf(move.poll, lesson.step);
    case 'hint':
      return lookUp(state.guesses, move.asked) === undefined
        ? revealOf(move.asked, move.step)
        : { kind: 'reveal', id: `${move.asked}/reveal`, guess: move.asked };
    case 'open':
    case 'run':
    case 'measure':
    case 'ask':
    case 'challenge':
    case 'reveal-challenge':
    case 'explain':
      return lesson === null ? null : onward(lesson);
    default:
      return null;
  }
}

/** Whether Back leads anywhere: to the step before, once nothing that was asked waits for its reveal. */
export const mayGoBack = (state: Known): boolean =>
  state.lesson !== null &&
  state.lesson.step > 0 &&
  standingGuess(state) === undefined &&
  standingQuestion(state) === undefined;

/** The lesson's question at its step, while it waits for its reveal. */
function standingQuestion({ lesson, polls }: Pick<Known, 'lesson' | 'polls'>): Poll | undefined {
  const made = lesson?.made[lesson.step];
  const poll = made?.kind === 'poll' ? lookUp(polls, made.poll) : undefined;
  return poll?.standing.kind === 'revealed' ? undefined : poll;
}

function moveOfGuess(state: Known, guess: Guess, secrets: Secrets): Move {
  const { id, standing, round } = guess;
  const rounds = lookUp(secrets.guesses, id) ?? [];
  const reveal: Move = { kind: 'reveal', id: `${id}/reveal`, guess: id };
  switch (standing.kind) {
    case 'open': {
      const { answered, of } = turnout(state, guess);
      const hands = Object.keys(rounds[round - 1]?.hands ?? {}).length > 0;
      // There is nobody to wait for: whoever tries the lesson alone sees at once what came out.
      if (!hasStudents(state) && !hands) return reveal;
      return { kind: 'close', id: `${id}/close-${round}`, guess: id, answered, of };
    }
    case 'closed': {
      if (round === 2) return reveal;
      switch (worthOf(rounds[0]?.right ?? null)) {
        case 'talking':
          return { kind: 'discuss', id: `${id}/discuss`, guess: id, seconds: DISCUSSION_SECONDS };
        case 'a hint':
          return hintFor(state.lesson, id) ?? reveal;
        default:
          return reveal;
      }
    }
    case 'discussing':
      return { kind: 'again', id: `${id}/again`, guess: id };
    case 'revealed':
      throw new Error(`invariant violation: ${id} is revealed and does not stand`);
    default:
      return standing satisfies never;
  }
}

/** What the hint of the lesson's step says before a second round; null where the step has none, or did not ask this. */
function hintFor(lesson: LessonStanding | null, asked: string): Move | null {
  if (lesson === null) return null;
  const { plan, step, guesses, made } = lesson;
  const of = made[step];
  const isItsOwn = guesses[step] === asked || (of?.kind === 'poll' && of.poll === asked);
  return isItsOwn && plan.steps[step]?.hint !== undefined ? { kind: 'hint', id: `${asked}/hint`, step, asked } : null;
}

function moveOfQuestion(state: Known, lesson: LessonStanding, poll: Poll, secrets: Secrets): Move {
  const { id, round, standing, answered } = poll;
  const reveal = revealOf(id, lesson.step);
  const { answers, hands } = secretRound(secrets.polls, id, round);
  if (standing.kind === 'open') {
    const said = new Set(answered[round - 1]);
    if (!hasStudents(state) && hands.length === 0) return reveal;
    const waiting = Object.values(state.people).filter(
      ({ id: person, role, here }) => role === 'student' && here && !said.has(person),
    );
    return {
      kind: 'close-poll',
      id: `${id}/close-${round}`,
      poll: id,
      answered: said.size,
      of: said.size + waiting.length,
    };
  }
  const step = lesson.plan.steps[lesson.step];
  if (round === 2 || step?.kind !== 'question') return reveal;
  const right = new Set(step.options.flatMap((option, n) => (option.right ? [n] : [])));
  const given = Object.values(answers);
  const rightly = given.filter((answer) => 'options' in answer && answer.options.every((n) => right.has(n))).length;
  const raised = hands.reduce((sum, count) => sum + count, 0);
  const rightlyRaised = hands.reduce((sum, count, n) => sum + (right.has(n) ? count : 0), 0);
  switch (worthOf({ right: rightly + rightlyRaised, of: given.length + raised })) {
    case 'talking':
      return { kind: 'talk', id: `${id}/talk`, poll: id, seconds: DISCUSSION_SECONDS };
    case 'a hint':
      return hintFor(lesson, id) ?? reveal;
    default:
      return reveal;
  }
}

const revealOf = (poll: PollId, step: number): Move => ({ kind: 'reveal-poll', id: `${poll}/reveal`, poll, step });

const hasStudents = ({ people }: Pick<Known, 'people'>): boolean =>
  Object.values(people).some(({ role, here }) => role === 'student' && here);

/** What a first round is worth: where some were right and some were not, talking; where few were, a hint. */
function worthOf(answers: { readonly right: number; readonly of: number } | null): 'nothing' | 'talking' | 'a hint' {
  if (answers === null || answers.of === 0) return 'nothing';
  const share = answers.right / answers.of;
  if (share > WORTH_DISCUSSING[1]) return 'nothing';
  return share >= WORTH_DISCUSSING[0] ? 'talking' : 'a hint';
}

/** What a step does first, by its kind. */
const firstMoves = { guess: 'open', runs: 'run', sweep: 'measure', question: 'ask', challenge: 'challenge' } as const;

function moveOfLesson(lesson: LessonStanding): Move | null {
  const { plan, step, explaining, guesses, made } = lesson;
  const at = plan.steps[step];
  if (at === undefined) return null;
  if (at.kind === 'text' || explaining) return onward(lesson);
  const first = firstMoves[at.kind];
  return guesses[step] === undefined && made[step] === undefined
    ? { kind: first, id: `step-${step}/${first}`, step }
    : { kind: 'explain', id: `step-${step}/explain`, step };
}

/** From a step to the one after it. */
function onward({ plan, step }: LessonStanding): Move {
  const next = step + 1;
  return next < plan.steps.length
    ? { kind: 'next', id: `step-${step}/next`, step: next }
    : { kind: 'end', id: `step-${step}/end` };
}
