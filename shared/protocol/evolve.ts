/**
 * Folds events into the state of a room. Pure, and the same on the server and on every client; it judges nothing:
 * an event in the log is a fact.
 */
import { withTeam } from './board.ts';
import type { NumberedEvent } from './events.ts';
import type { Guess } from './guesses.ts';
import { playheadAt } from './playhead.ts';
import { assertNever } from './refusal.ts';
import { noFacts, type Proposal, type RoomRun, type RoomState } from './state.ts';
import type { Sweep } from './sweeps.ts';

/** Returns the state after one more event; `state` is null before the first one, which creates the room. */
export function evolve(state: RoomState | null, event: NumberedEvent): RoomState {
  if (event.type === 'room-created') {
    const { id, code, title, language, experiment, base } = event.data;
    return { id, code, title, language, experiment, createdAt: event.at, base, ...noFacts };
  }
  if (state === null) throw new Error(`invariant violation: event ${event.seq} (${event.type}) before room-created`);
  switch (event.type) {
    case 'person-joined': {
      const { person: id, name, role } = event.data;
      const joined = { ...state, people: { ...state.people, [id]: { id, name, role, here: true } } };
      return role === 'student' ? { ...joined, teams: withTeam(state.teams, id) } : joined;
    }
    case 'person-left':
      return withPerson(state, event.data.person, false);
    case 'person-returned':
      return withPerson(state, event.data.person, true);
    case 'proposal-made': {
      const { proposal: id, fork = null, split = null, ...rest } = event.data;
      const standing = { kind: 'open' } as const;
      const made: Proposal = { id, at: event.at, ...rest, fork, standing, backers: [rest.author], comments: [], split };
      return { ...state, proposals: { ...state.proposals, [id]: made } };
    }
    case 'proposal-withdrawn':
      return withStanding(state, event.data.proposal, { kind: 'withdrawn' });
    case 'proposal-accepted':
      return withStanding(state, event.data.proposal, { kind: 'accepted', by: event.data.person });
    case 'proposal-rejected': {
      const { proposal, person, reason } = event.data;
      return withStanding(state, proposal, { kind: 'rejected', by: person, reason });
    }
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
    case 'vote-cast': {
      const { proposal, person, for: isFor } = event.data;
      return withProposal(state, proposal, ({ backers }) => {
        const others = backers.filter((backer) => backer !== person);
        return { backers: isFor ? [...others, person] : others };
      });
    }
    case 'comment-made': {
      const { proposal, comment: id, author, text } = event.data;
      const made = { id, author, at: event.at, text, hidden: false };
      return withProposal(state, proposal, ({ comments }) => ({ comments: [...comments, made] }));
    }
    case 'comment-hidden': {
      const { proposal, comment: id, hidden } = event.data;
      return withProposal(state, proposal, ({ comments }) => ({
        comments: comments.map((comment) => (comment.id === id ? { ...comment, hidden } : comment)),
      }));
    }
    case 'board-set':
      return { ...state, board: { ...state.board, ...event.data } };
    case 'sweep-started': {
      const { sweep: id, ...rest } = event.data;
      const sweep: Sweep = { id, at: event.at, ...rest, standing: 'measuring', points: [], onStage: true };
      return { ...state, sweeps: { ...state.sweeps, [id]: sweep } };
    }
    case 'sweep-handed-out':
      return withSweep(state, event.data.sweep, () => ({ groups: event.data.groups }));
    case 'sweep-measured': {
      const { sweep, points: measured, done } = event.data;
      return withSweep(state, sweep, ({ points, standing }) => ({
        points: [...points, ...measured],
        standing: done ? 'done' : standing,
      }));
    }
    case 'sweep-ended':
      return withSweep(state, event.data.sweep, ({ standing }) => ({
        standing: standing === 'measuring' ? 'stopped' : standing,
        onStage: false,
      }));
    default:
      return assertNever(event);
  }
}

function withPerson(state: RoomState, id: string, here: boolean): RoomState {
  const person = known(state.people, id);
  return { ...state, people: { ...state.people, [id]: { ...person, here } } };
}

const withStanding = (state: RoomState, id: string, standing: Proposal['standing']): RoomState =>
  withProposal(state, id, () => ({ standing }));

function withProposal(state: RoomState, id: string, change: (proposal: Proposal) => Partial<Proposal>): RoomState {
  const proposal = known(state.proposals, id);
  return { ...state, proposals: { ...state.proposals, [id]: { ...proposal, ...change(proposal) } } };
}

function withSweep(state: RoomState, id: string, change: (sweep: Sweep) => Partial<Sweep>): RoomState {
  const sweep = known(state.sweeps, id);
  return { ...state, sweeps: { ...state.sweeps, [id]: { ...sweep, ...change(sweep) } } };
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

function known<T>(record: Readonly<Record<string, T>>, id: string): T {
  const found = record[id];
  if (found === undefined) throw new Error(`invariant violation: an event names ${id}, which the room does not have`);
  return found;
}
