/** Decides about guesses: opening, answering, discussing, closing and revealing them. Rules G1 to G11. */
import { isMeasured, planOf } from '../core/plan.ts';
import type { GuessQuestions } from './command-fields.ts';
import type { Command } from './commands.ts';
import { move } from './decide-playhead.ts';
import type { Circumstances, Decision } from './decision.ts';
import type { RoomEvent } from './events.ts';
import { fixedLimits, GRACE_MS } from './limits.ts';
import {
  choiceNearest,
  type Guess,
  type GuessAnswer,
  type GuessTally,
  type GuessTruth,
  type RightAnswers,
} from './guesses.ts';
import { type Refusal, refused } from './refusal.ts';
import { showTimeOf } from './playhead.ts';
import type { SecretRound } from './secrets.ts';
import { isOver, lookUp, type Person, type RoomRun, type RoomState } from './state.ts';
import { fromWireNumber, toWireNumber } from './wire-numbers.ts';

export type GuessCommand = Extract<
  Command,
  { type: 'guess' | 'count-hands' | 'discuss' | 'guess-again' | 'close-guess' | 'reveal' }
>;
type Data<T extends GuessCommand['type']> = Extract<GuessCommand, { type: T }>['data'];

export function decideGuesses(state: RoomState, person: Person, command: GuessCommand, given: Circumstances): Decision {
  const guess = lookUp(state.guesses, command.data.guess);
  if (guess === undefined) return refused('not-found', `there is no guess ${command.data.guess}`, 'data.guess');
  const { kind } = guess.standing;
  const data = { guess: guess.id };
  switch (command.type) {
    case 'guess':
      return decideAnswer(state, person, guess, command.data, given);
    case 'count-hands': {
      if (kind === 'revealed') return standsAs(guess);
      return {
        ok: true,
        events: [{ type: 'hands-counted', data: { ...data, round: guess.round }, private: command.data.choices }],
      };
    }
    case 'discuss': {
      if ((kind !== 'open' && kind !== 'closed') || guess.round === 2) return standsAs(guess);
      return {
        ok: true,
        events: [{ type: 'guess-discussed', data: { ...data, until: inTime(command.data.seconds, given) } }],
      };
    }
    case 'guess-again': {
      if ((kind !== 'discussing' && kind !== 'closed') || guess.round === 2) return standsAs(guess);
      const closesAt = inTime(command.data.seconds, given);
      return { ok: true, events: [{ type: 'guess-reopened', data: { ...data, closesAt } }] };
    }
    case 'close-guess': {
      if (kind !== 'open' && kind !== 'discussing') return standsAs(guess);
      return { ok: true, events: [closeGuess(guess, given)] };
    }
    case 'reveal':
      return kind === 'revealed' ? standsAs(guess) : decideReveal(state, guess, given);
  }
}

const standsAs = (guess: Guess): { ok: false; error: Refusal } =>
  refused('conflict', `${guess.id} is ${guess.standing.kind} in round ${guess.round}`, 'data.guess');

/** The event that ends a round of answers; who leads is told how many were right, where that is known. */
export function closeGuess(guess: Guess, given: Circumstances): RoomEvent {
  const right = rightAnswers(guess, given);
  const told = right === null ? {} : { private: right };
  return { type: 'guess-closed', data: { guess: guess.id, round: guess.round }, ...told };
}

/** The event that opens a guess on a run, or why there cannot be one. */
export function openGuess(
  state: RoomState,
  run: Pick<RoomRun, 'id' | 'configuration' | 'origin'>,
  asked: GuessQuestions,
  path: string,
  given: Circumstances,
):
  | { readonly ok: true; readonly event: RoomEvent; readonly guess: string }
  | { readonly ok: false; readonly error: Refusal } {
  const plan = planOf(run.configuration);
  const hidden = run.configuration.hidden.length;
  if (hidden < 2) return refused('invalid', `${run.id} has ${hidden} hidden layer; a guess compares at least 2`, path);
  const { slowest, line, seconds } = asked;
  const first = run.origin?.step ?? 0;
  const step = asked.step ?? first;
  // A fork is measured where it begins, whatever its measureEvery; before that it is its parent, which may be seen.
  const measured = step === first || isMeasured(plan, step);
  if (step < first || step > plan.steps || !measured) {
    return refused(
      'invalid',
      `step is ${step}; ${run.id} is not measured there (steps ${first} to ${plan.steps})`,
      `${path}.step`,
    );
  }
  const count = Object.keys(state.guesses).length;
  if (count >= fixedLimits.guessesPerRoom) {
    return refused('limit-reached', `the room has had ${count} guesses; the limit is ${fixedLimits.guessesPerRoom}`);
  }
  const guess = `guess-${count + 1}`;
  const data = { guess, run: run.id, step, asks: { slowest, line }, closesAt: inTime(seconds, given) };
  return { ok: true, event: { type: 'guess-opened', data }, guess };
}

function decideAnswer(
  state: RoomState,
  person: Person,
  guess: Guess,
  data: Data<'guess'>,
  given: Circumstances,
): Decision {
  const { standing, round, asks } = guess;
  if (standing.kind !== 'open')
    return refused('conflict', `${guess.id} is ${standing.kind}; answers are taken while it is open`, 'data.guess');
  if (standing.closesAt !== null && given.now > standing.closesAt + GRACE_MS) {
    return refused('conflict', `the time of ${guess.id} is over`, 'data.guess');
  }
  const layers = lookUp(state.runs, guess.run)?.configuration.hidden.length ?? 0;
  const { choice, slowest, line, reason } = data;
  if (slowest !== null && slowest > layers) {
    return refused('invalid', `slowest is ${slowest}; ${guess.run} has hidden layers 1 to ${layers}`, 'data.slowest');
  }
  const answer: GuessAnswer = {
    choice,
    slowest: asks.slowest ? slowest : null,
    line: asks.line ? line : null,
    reason,
  };
  const said = { guess: guess.id, round, person: person.id };
  return { ok: true, events: [{ type: 'guess-answered', data: said, private: answer }] };
}

function decideReveal(state: RoomState, guess: Guess, given: Circumstances): Decision {
  const run = lookUp(state.runs, guess.run);
  if (run === undefined) throw new Error(`invariant violation: ${guess.id} is on ${guess.run}, which is not there`);
  const speeds = given.speedsAt(run.id, guess.step);
  const held = given.heldEnd(run.id);
  if (speeds === null && held === null && !isOver(run.status)) {
    return refused(
      'conflict',
      `${run.id} has not been measured at step ${guess.step} yet; wait a moment`,
      'data.guess',
    );
  }
  const rounds = lookUp(given.secrets.guesses, guess.id) ?? [];
  const tallies = guess.answered.map((_, n) => tallyOf(rounds[n]));
  const end = held ?? lookUp(given.secrets.ends, run.id) ?? null;
  const revealed: RoomEvent = {
    type: 'guess-revealed',
    data: { guess: guess.id, truth: speeds === null ? null : truthOf(speeds), tallies, end },
  };
  const showTime = showTimeOf(state);
  const step = run.origin?.step ?? 0;
  const shown = move(state, { run: run.id, step, showTime, playing: true }, run.configuration, given);
  // The end is a fact of its own, as it is of a run that everybody saw.
  const ended: RoomEvent[] = held === null ? [] : [{ type: 'run-ended', data: { run: run.id, end: held } }];
  return { ok: true, events: [revealed, ...ended, shown] };
}

/** How many of the current round's answers are nearest to the truth; null before that is measured. */
function rightAnswers(guess: Guess, given: Circumstances): RightAnswers | null {
  const speeds = given.speedsAt(guess.run, guess.step);
  const nearest = speeds === null ? null : choiceNearest(truthOf(speeds).ratio);
  if (nearest === null) return null;
  const { choices } = tallyOf(lookUp(given.secrets.guesses, guess.id)?.[guess.round - 1]);
  return { right: choices[nearest] ?? 0, of: Object.values(choices).reduce((sum, count) => sum + count, 0) };
}

/** Counts a round's answers; a pair of eyes that answered for several people at one device counts once. */
function tallyOf(round: SecretRound | undefined): GuessTally {
  const choices: Partial<Record<GuessAnswer['choice'], number>> = { ...round?.hands };
  const slowest: Record<number, number> = {};
  for (const answer of Object.values(round?.answers ?? {})) {
    choices[answer.choice] = (choices[answer.choice] ?? 0) + 1;
    if (answer.slowest !== null) slowest[answer.slowest] = (slowest[answer.slowest] ?? 0) + 1;
  }
  return { choices, slowest };
}

function truthOf(speeds: GuessTruth['speeds']): GuessTruth {
  const hidden = speeds.slice(0, -1).map(fromWireNumber);
  const [first, last] = [hidden[0] ?? Number.NaN, hidden.at(-1) ?? Number.NaN];
  const slowest = hidden.reduce((least, speed, n) => (speed < (hidden[least] ?? Infinity) ? n : least), 0) + 1;
  // As in measurements, 0/0 is 0.
  const ratio = last === 0 && first === 0 ? 0 : last / first;
  return { speeds, ratio: toWireNumber(ratio), slowest };
}

const inTime = (seconds: number | null, given: Circumstances): number | null =>
  seconds === null ? null : given.now + seconds * 1000;
