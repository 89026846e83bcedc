/** Decides what the one button does, and its two neighbours, Back and Skip. Rules M1 to M9. */
import type { Command } from './commands.ts';
import { openChallenge, revealChallenge } from './decide-challenges.ts';
import { decideGuesses } from './decide-guesses.ts';
import { move as movePlayhead } from './decide-playhead.ts';
import { decidePolls } from './decide-polls.ts';
import { engineOf, lookAt, overLimit, runStarted, startGuess } from './decide-runs.ts';
import { startSweep } from './decide-sweeps.ts';
import type { Circumstances, Decision } from './decision.ts';
import type { RoomEvent } from './events.ts';
import { type LessonStanding, type LessonStep, type Made, runsOfStep, trainedBy } from './lessons.ts';
import { mayGoBack, type Move, nextMove, skipMove } from './next-move.ts';
import { type Refusal, refused } from './refusal.ts';
import { showTimeOf } from './playhead.ts';
import { lookUp, type Person, type RoomState, type RunId } from './state.ts';

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
    case 'run':
      return decideRun(state, person, move.step, given);
    case 'measure':
      return decideMeasure(state, person, move.step, given);
    case 'ask':
      return decideAsk(state, person, move.step, given);
    case 'close':
      return decideGuesses(state, person, { type: 'close-guess', data: { guess: move.guess } }, given);
    case 'discuss': {
      const { guess, seconds } = move;
      return decideGuesses(state, person, { type: 'discuss', data: { guess, seconds } }, given);
    }
    case 'again':
      return decideGuesses(state, person, { type: 'guess-again', data: { guess: move.guess, seconds: null } }, given);
    case 'hint':
      return and(again(state, person, move.asked, given), { type: 'lesson-hinted', data: { step: move.step } });
    case 'reveal':
      return decideGuesses(state, person, { type: 'reveal', data: { guess: move.guess } }, given);
    case 'close-poll':
      return decidePolls(state, person, { type: 'close-poll', data: { poll: move.poll } }, given);
    case 'talk':
      return again(state, person, move.poll, given);
    case 'reveal-poll': {
      const { options } = questionOf(state, move.step);
      const right = options.flatMap((option, n) => (option.right ? [n] : []));
      const revealed = decidePolls(state, person, { type: 'reveal-poll', data: { poll: move.poll, right } }, given);
      const begun = beginRuns(state, person, move.step, given);
      if (!begun.ok) return begun;
      // What the choices are worth is said with it; where runs show it, they come first.
      if (begun.runs.length === 0) {
        return and(revealed, { type: 'lesson-moved', data: { step: move.step, explaining: true } });
      }
      const made: Made = { kind: 'poll', poll: move.poll, runs: begun.runs };
      return and(revealed, ...begun.events, { type: 'lesson-made', data: { step: move.step, made } });
    }
    case 'challenge':
      return decideChallenge(state, move.step, given);
    case 'reveal-challenge': {
      const challenge = lookUp(state.challenges ?? {}, move.challenge);
      if (challenge === undefined) throw new Error(`invariant violation: there is no challenge ${move.challenge}`);
      const explained: RoomEvent = { type: 'lesson-moved', data: { step: move.step, explaining: true } };
      return and(revealChallenge(challenge, given), explained);
    }
    case 'explain':
      return { ok: true, events: [{ type: 'lesson-moved', data: { step: move.step, explaining: true } }] };
    case 'next':
      return { ok: true, events: [...leave(state), ...enter(state, lessonOf(state), move.step, given)] };
    case 'end': {
      const step = lessonOf(state).plan.steps.length;
      return { ok: true, events: [...leave(state), { type: 'lesson-moved', data: { step, explaining: false } }] };
    }
    default:
      return move satisfies never;
  }
}

/** A decision with one more event, where it was taken. */
const and = (decision: Decision, ...events: readonly RoomEvent[]): Decision =>
  decision.ok ? { ...decision, events: [...decision.events, ...events] } : decision;

/** The second round of a guess or a poll. */
function again(state: RoomState, person: Person, asked: string, given: Circumstances): Decision {
  return lookUp(state.guesses, asked) === undefined
    ? decidePolls(state, person, { type: 'poll-again', data: { poll: asked, seconds: null } }, given)
    : decideGuesses(state, person, { type: 'guess-again', data: { guess: asked, seconds: null } }, given);
}

/** All runs of the step begin together, and the room looks at the first. */
function decideRun(state: RoomState, person: Person, step: number, given: Circumstances): Decision {
  const begun = beginRuns(state, person, step, given);
  if (!begun.ok) return begun;
  const { runs, events } = begun;
  const made: Made = { kind: 'runs', runs };
  return {
    ok: true,
    events: [...events, { type: 'lesson-made', data: { step, made } }],
    result: { runs: runs.length },
  };
}

type Begun =
  | { readonly ok: true; readonly runs: readonly RunId[]; readonly events: readonly RoomEvent[] }
  | { readonly ok: false; readonly error: Refusal };

/** What begins the runs of a step, as many as it has; all or none. */
function beginRuns(state: RoomState, person: Person, step: number, given: Circumstances): Begun {
  const at = lessonOf(state).plan.steps[step];
  const configurations = at === undefined ? [] : trainedBy(at);
  const over = overLimit(state, configurations, given);
  if (over !== null) return { ok: false, error: over };
  const started = configurations.map((configuration, nth) => {
    const beginning = { configuration, engine: engineOf(configuration, given), proposal: null, origin: null };
    return { beginning, ...runStarted(state, person.id, beginning, nth) };
  });
  const [first] = started;
  const look = first === undefined ? [] : [lookAt(state, first.id, first.beginning, given)];
  return { ok: true, runs: started.map(({ id }) => id), events: [...started.map(({ event }) => event), ...look] };
}

function decideMeasure(state: RoomState, person: Person, step: number, given: Circumstances): Decision {
  const asked = lessonOf(state).plan.steps[step];
  if (asked?.kind !== 'sweep') throw new Error(`invariant violation: step ${step} of the lesson has no sweep`);
  const { configuration, field, values, trained } = asked;
  const data = { base: null, field, values: [...values], trained, to: 'each' as const };
  const begun = startSweep(state, person, configuration, data, given);
  if (!begun.ok) return begun;
  const made: Made = { kind: 'sweep', sweep: String(begun.result?.['sweep']) };
  return and(begun, { type: 'lesson-made', data: { step, made } });
}

function decideChallenge(state: RoomState, step: number, given: Circumstances): Decision {
  const asked = lessonOf(state).plan.steps[step];
  if (asked?.kind !== 'challenge') throw new Error(`invariant violation: step ${step} of the lesson has no challenge`);
  const opened = openChallenge(state, asked.task, given);
  if (!opened.ok) return opened;
  const made: Made = { kind: 'challenge', challenge: String(opened.result?.['challenge']) };
  return and(opened, { type: 'lesson-made', data: { step, made } });
}

/** The question becomes a poll in the room's language; pages that know the lesson show it in their own. */
function decideAsk(state: RoomState, person: Person, step: number, given: Circumstances): Decision {
  const { question, options } = questionOf(state, step);
  const { language } = state;
  const data = {
    question: question[language],
    kind: options.filter(({ right }) => right).length > 1 ? ('choices' as const) : ('choice' as const),
    options: options.map(({ text }) => text[language]),
    seconds: null,
  };
  const opened = decidePolls(state, person, { type: 'open-poll', data }, given);
  if (!opened.ok) return opened;
  const made: Made = { kind: 'poll', poll: String(opened.result?.['poll']), runs: [] };
  return and(opened, { type: 'lesson-made', data: { step, made } });
}

function questionOf(state: RoomState, step: number): Extract<LessonStep, { kind: 'question' }> {
  const asked = lessonOf(state).plan.steps[step];
  if (asked?.kind !== 'question') throw new Error(`invariant violation: step ${step} of the lesson asks no question`);
  return asked;
}

/** What the step that is left had put on the stage goes off it. */
function leave(state: RoomState): RoomEvent[] {
  const { made, step } = lessonOf(state);
  const was = made[step];
  const sweep = was?.kind === 'sweep' ? lookUp(state.sweeps, was.sweep) : undefined;
  return sweep?.onStage === true ? [{ type: 'sweep-ended', data: { sweep: sweep.id } }] : [];
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
    return refused('conflict', from === 0 ? 'the lesson is at its first step' : 'what was asked last is not revealed');
  }
  return { ok: true, events: [...leave(state), ...enter(state, lesson, from - 1, given)] };
}

/** The lesson comes to a step; one that has been taught before shows its run and its text again. */
function enter(state: RoomState, lesson: LessonStanding, step: number, given: Circumstances): RoomEvent[] {
  const [first] = runsOfStep(lesson, state.guesses, step);
  const run = first === undefined ? undefined : lookUp(state.runs, first);
  const its = lesson.made[step];
  const isOpen = its?.kind === 'challenge' && lookUp(state.challenges ?? {}, its.challenge)?.revealed === false;
  const explaining = lesson.plan.steps[step]?.kind === 'text' || run !== undefined || (its !== undefined && !isOpen);
  const moved: RoomEvent = { type: 'lesson-moved', data: { step, explaining } };
  if (run === undefined) return [moved];
  const to = { run: run.id, step: run.origin?.step ?? 0, showTime: showTimeOf(state), playing: true };
  return [moved, movePlayhead(state, to, run.configuration, given)];
}

function lessonOf(state: RoomState): LessonStanding {
  if (state.lesson === null) throw new Error('invariant violation: a move of a lesson that the room does not have');
  return state.lesson;
}
