/** Decides what the one button does, and its two neighbours, Back and Skip. Rules M1 to M6. */
import type { Command } from './commands.ts';
import { decideGuesses } from './decide-guesses.ts';
import { move as movePlayhead } from './decide-playhead.ts';
import { startGuess } from './decide-runs.ts';
import type { Circumstances, Decision } from './decision.ts';
import type { RoomEvent } from './events.ts';
import type { LessonStanding } from './lessons.ts';
import { mayGoBack, type Move, nextMove, skipMove } from './next-move.ts';
import { refused } from './refusal.ts';
import { showTimeOf } from './playhead.ts';
import { lookUp, type Person, type RoomState } from './state.ts';

type LessonCommand = Extract<Command, { type: 'next' | 'skip' | 'back' }>;

export function decideLesson(state: RoomState, person: Person, command: LessonCommand, given: Circumstances): Decision {
  if (command.type === 'back') return decideBack(state, command.data.from, given);
  const found = command.type === 'next' ? nextMove(state, given.secrets) : skipMove(state, given.secrets);
  if (found === null) return refused('conflict', `there is nothing to ${command.type === 'next' ? 'do next' : 'skip'}`);
  const { expects } = command.data;
  if (found.id !== expects) {
    return refused('conflict', `${command.type} would now do ${found.id}, not ${expects}`, 'data.expects');
  }
  return perform(state, person, found, given);
}

function perform(state: RoomState, person: Person, move: Move, given: Circumstances): Decision {
  switch (move.kind) {
    case 'open':
      return decideOpen(state, person, move.step, given);
    case 'close':
      return decideGuesses(state, person, { type: 'close-guess', data: { guess: move.guess } }, given);
    case 'discuss': {
      const { guess, seconds } = move;
      return decideGuesses(state, person, { type: 'discuss', data: { guess, seconds } }, given);
    }
    case 'again':
      return decideGuesses(state, person, { type: 'guess-again', data: { guess: move.guess, seconds: null } }, given);
    case 'reveal':
      return decideGuesses(state, person, { type: 'reveal', data: { guess: move.guess } }, given);
    case 'explain':
      return { ok: true, events: [{ type: 'lesson-moved', data: { step: move.step, explaining: true } }] };
    case 'next':
      return { ok: true, events: enter(state, lessonOf(state), move.step, given) };
    case 'end': {
      const step = lessonOf(state).plan.steps.length;
      return { ok: true, events: [{ type: 'lesson-moved', data: { step, explaining: false } }] };
    }
    default:
      return move satisfies never;
  }
}

/** The step's run begins behind a guess. */
function decideOpen(state: RoomState, person: Person, step: number, given: Circumstances): Decision {
  const asked = lessonOf(state).plan.steps[step];
  if (asked?.kind !== 'guess') throw new Error(`invariant violation: step ${step} of the lesson asks for no guess`);
  const questions = { ...asked.asks, step: asked.step, seconds: null };
  const started = startGuess(state, person, asked.configuration, questions, given);
  if (!started.ok) return started;
  const guess = String(started.result?.['guess']);
  return { ...started, events: [...started.events, { type: 'lesson-asked', data: { step, guess } }] };
}

function decideBack(state: RoomState, from: number, given: Circumstances): Decision {
  const { lesson } = state;
  if (lesson === null) return refused('conflict', 'there is no lesson to go back in');
  if (lesson.step !== from)
    return refused('conflict', `the lesson is at step ${lesson.step}, not ${from}`, 'data.from');
  if (!mayGoBack(state)) {
    return refused(
      'conflict',
      from === 0 ? 'the lesson is at its first step' : 'there is a guess that is not revealed',
    );
  }
  return { ok: true, events: enter(state, lesson, from - 1, given) };
}

/** The lesson comes to a step; one that has been taught before shows its run and its text again. */
function enter(state: RoomState, lesson: LessonStanding, step: number, given: Circumstances): RoomEvent[] {
  const guess = lookUp(state.guesses, lesson.guesses[step] ?? '');
  const run = guess === undefined ? undefined : lookUp(state.runs, guess.run);
  const explaining = lesson.plan.steps[step]?.kind === 'text' || run !== undefined;
  const moved: RoomEvent = { type: 'lesson-moved', data: { step, explaining } };
  if (run === undefined) return [moved];
  const to = { run: run.id, step: run.origin?.step ?? 0, showTime: showTimeOf(state), playing: true };
  return [moved, movePlayhead(state, to, run.configuration, given)];
}

function lessonOf(state: RoomState): LessonStanding {
  if (state.lesson === null) throw new Error('invariant violation: a move of a lesson that the room does not have');
  return state.lesson;
}
