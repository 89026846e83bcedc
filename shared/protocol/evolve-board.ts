/** Folds what happens on the board: proposals with their ballots and comments, its settings, and class sweeps. */
import type { NumberedEvent } from './events.ts';
import { assertNever } from './refusal.ts';
import { known, type Proposal, type RoomState } from './state.ts';
import type { Sweep } from './sweeps.ts';

type BoardEvent = Extract<
  NumberedEvent,
  {
    type:
      | 'proposal-made'
      | 'proposal-withdrawn'
      | 'proposal-accepted'
      | 'proposal-rejected'
      | 'vote-cast'
      | 'comment-made'
      | 'comment-hidden'
      | 'board-set'
      | 'sweep-started'
      | 'sweep-handed-out'
      | 'sweep-measured'
      | 'sweep-ended';
  }
>;

export function evolveBoard(state: RoomState, event: BoardEvent): RoomState {
  switch (event.type) {
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
