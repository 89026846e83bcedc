/**
 * Folds events into the state of a room. Pure, and the same on the server and on every client; it judges nothing:
 * an event in the log is a fact.
 */
import type { NumberedEvent } from './events.ts';
import { evolveBoard } from './evolve-board.ts';
import { evolveChallenges } from './evolve-challenges.ts';
import { evolvePeople } from './evolve-people.ts';
import { evolveChat } from './evolve-chat.ts';
import { evolveLead } from './evolve-lead.ts';
import { evolvePolls } from './evolve-polls.ts';
import { evolveQuestions } from './evolve-questions.ts';
import type { Guess } from './guesses.ts';
import { lessonBegins, type LessonStanding } from './lessons.ts';
import { playheadAt } from './playhead.ts';
import { assertNever } from './refusal.ts';
import { known, noFacts, type RoomRun, type RoomState } from './state.ts';

/** Returns the state after one more event; `state` is null before the first one, which creates the room. */
export function evolve(state: RoomState | null, event: NumberedEvent): RoomState {
  if (event.type === 'room-created') {
    const { id, code, title, language, experiment, base, lesson, rehearsal = false } = event.data;
    const made = { id, code, title, language, experiment, createdAt: event.at, base, ...noFacts, rehearsal };
    const taught = lesson === undefined ? made : { ...made, lesson: lessonBegins(lesson) };
    const { board = made.board, polls, tallies } = event.data;
    const prepared = {
      ...(polls === undefined ? {} : { polls }),
      ...(tallies === undefined ? {} : { tallies }),
    };
    return Object.keys(prepared).length === 0 ? { ...taught, board } : { ...taught, board, prepared };
  }
  if (state === null) throw new Error(`invariant violation: event ${event.seq} (${event.type}) before room-created`);
  switch (event.type) {
    case 'person-joined':
    case 'person-admitted':
    case 'person-left':
    case 'person-returned':
    case 'person-renamed':
    case 'role-changed':
    case 'person-removed':
    case 'person-banned':
    case 'person-unbanned':
    case 'people-merged':
    case 'hand-raised':
    case 'hand-lowered':
    case 'hands-lowered':
      return evolvePeople(state, event);
    case 'room-locked':
      return { ...state, locked: true };
    case 'room-unlocked':
      return { ...state, locked: false };
    case 'code-rotated':
      return { ...state, code: event.data.code };
    case 'settings-changed':
      return { ...state, settings: { ...state.settings, ...event.data } };
    case 'room-ended':
      return { ...state, endedAt: event.at, raisedHands: [] };
    case 'run-started': {
      const { run: id, ...rest } = event.data;
      const run: RoomRun = { id, at: event.at, ...rest, status: { kind: 'live' }, shownTo: -1 };
      return { ...state, runs: { ...state.runs, [id]: run } };
    }
    case 'run-stopping':
      return withRunStatus(state, event.data.run, { kind: 'stopping' });
    case 'run-ended':
      return withRunStatus(state, event.data.run, event.data.end);
    case 'playhead-moved': {
      const { left, ...playhead } = event.data;
      const seen = left === null ? state : withShown(state, left.run, left.step);
      return { ...seen, playhead, playheadBefore: playheadAt(state, event.at) };
    }
    case 'pin-set': {
      const { pin: id, ...rest } = event.data;
      const pins = { ...state.pins, [id]: { id, at: event.at, ...rest } };
      return { ...state, pins, pinsMade: state.pinsMade + 1 };
    }
    case 'pin-removed': {
      const { [event.data.pin]: _removed, ...pins } = state.pins;
      return { ...state, pins };
    }
    case 'guess-opened': {
      const { guess: id, run, step, asks, closesAt } = event.data;
      const standing = { kind: 'open', closesAt } as const;
      const guess: Guess = { id, run, at: event.at, step, asks, round: 1, answered: [[]], standing };
      return { ...state, guesses: { ...state.guesses, [id]: guess } };
    }
    case 'guess-answered': {
      const { guess, round, person } = event.data;
      return withGuess(state, guess, ({ answered }) => ({
        answered: answered.map((people, n) =>
          n !== round - 1 || people.includes(person) ? people : [...people, person],
        ),
      }));
    }
    case 'hands-counted':
      return state;
    case 'guess-discussed': {
      const { guess, until } = event.data;
      return withGuess(state, guess, () => ({ standing: { kind: 'discussing', until } }));
    }
    case 'guess-reopened': {
      const { guess, closesAt } = event.data;
      const standing = { kind: 'open', closesAt } as const;
      return withGuess(state, guess, ({ answered }) => ({ round: 2, answered: [...answered, []], standing }));
    }
    case 'guess-closed':
      return withGuess(state, event.data.guess, () => ({ standing: { kind: 'closed' } }));
    case 'guess-revealed': {
      const { guess: id, truth, tallies, end } = event.data;
      const revealed = withGuess(state, id, () => ({ standing: { kind: 'revealed', truth, tallies } }));
      return end === null ? revealed : withRunStatus(revealed, known(state.guesses, id).run, end);
    }
    case 'poll-opened':
    case 'poll-answered':
    case 'poll-hands-counted':
    case 'poll-closed':
    case 'poll-reopened':
    case 'poll-revealed':
    case 'poll-text-judged':
      return { ...state, polls: evolvePolls(state.polls, event) };
    case 'question-asked':
    case 'question-wanted':
    case 'question-answered':
    case 'question-hidden':
      return { ...state, questions: evolveQuestions(state.questions, event) };
    case 'question-rules-set':
      return { ...state, questionRules: event.data };
    case 'view-shown':
    case 'view-locked':
    case 'everybody-called':
    case 'spotlight-set':
    case 'spotlight-asked':
    case 'spotlight-declined':
      return { ...state, lead: evolveLead(state.lead, event) };
    case 'lesson-moved': {
      const { step, explaining } = event.data;
      return withLesson(state, () => ({ step, explaining }));
    }
    case 'lesson-asked': {
      const { step, guess } = event.data;
      return withLesson(state, ({ guesses }) => ({ guesses: { ...guesses, [step]: guess } }));
    }
    case 'lesson-made': {
      const { step, made } = event.data;
      return withLesson(state, (lesson) => ({ made: { ...lesson.made, [step]: made } }));
    }
    case 'lesson-hinted':
      return withLesson(state, ({ hinted }) => ({ hinted: [...hinted, event.data.step] }));
    case 'chat-set':
    case 'chat-said':
    case 'chat-hidden':
      return { ...state, chat: evolveChat(state.chat, event) };
    case 'record-shared':
      return { ...state, record: event.data };
    case 'proposal-made':
    case 'proposal-withdrawn':
    case 'proposal-accepted':
    case 'proposal-rejected':
    case 'vote-cast':
    case 'comment-made':
    case 'comment-hidden':
    case 'board-set':
    case 'sweep-started':
    case 'sweep-handed-out':
    case 'sweep-measured':
    case 'sweep-ended':
      return evolveBoard(state, event);
    case 'challenge-opened':
    case 'cells-claimed':
    case 'rescue-tried':
    case 'match-answered':
    case 'challenge-measured':
    case 'challenge-revealed':
      return { ...state, challenges: evolveChallenges(state.challenges, event) };
    default:
      return assertNever(event);
  }
}

function withRunStatus(state: RoomState, id: string, status: RoomRun['status']): RoomState {
  const run = known(state.runs, id);
  return { ...state, runs: { ...state.runs, [id]: { ...run, status } } };
}

function withShown(state: RoomState, id: string, step: number): RoomState {
  const run = known(state.runs, id);
  return { ...state, runs: { ...state.runs, [id]: { ...run, shownTo: Math.max(run.shownTo, step) } } };
}

function withGuess(state: RoomState, id: string, change: (guess: Guess) => Partial<Guess>): RoomState {
  const guess = known(state.guesses, id);
  return { ...state, guesses: { ...state.guesses, [id]: { ...guess, ...change(guess) } } };
}

function withLesson(state: RoomState, change: (lesson: LessonStanding) => Partial<LessonStanding>): RoomState {
  const { lesson } = state;
  if (lesson === null) throw new Error('invariant violation: an event moves a lesson that the room does not have');
  return { ...state, lesson: { ...lesson, ...change(lesson) } };
}
