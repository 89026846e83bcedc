/** What follows from the room's policy without a host: proposals that start at once, or are accepted by ballots. Rules B1 and B2. */
import { votesFor } from './board.ts';
import { beginningOf, lookAt, overLimit, runStarted } from './decide-runs.ts';
import type { Circumstances, Decision } from './decision.ts';
import type { RoomEvent } from './events.ts';
import { overShare } from './quotas.ts';
import { toldByRun } from './telling.ts';
import { lookUp, type Person, type Proposal, type RoomState } from './state.ts';

type Made = Pick<Proposal, 'id' | 'configuration' | 'base' | 'fork'>;

/** Where everybody runs, what follows a proposal that was just made: its run, or why there can be none. Nothing elsewhere. */
export function atOnce(state: RoomState, author: Person, proposal: Made, given: Circumstances): Decision {
  if (state.board.policy.kind !== 'everybody') return { ok: true, events: [] };
  const begun = started(state, author, proposal, given);
  if (!begun.ok) return begun;
  const taken: RoomEvent = { type: 'proposal-accepted', data: { proposal: proposal.id, person: 'everybody' } };
  return { ...begun, events: [taken, ...begun.events] };
}

/** What follows when one more person is for an open proposal: with enough of them it is accepted, and started where it may be. */
export function afterVote(state: RoomState, proposal: Proposal, given: Circumstances): readonly RoomEvent[] {
  const { policy } = state.board;
  if (policy.kind !== 'votes' || votesFor(proposal) < policy.votes) return [];
  const taken: RoomEvent = { type: 'proposal-accepted', data: { proposal: proposal.id, person: 'votes' } };
  const author = lookUp(state.people, proposal.author);
  if (!policy.start || author === undefined) return [taken];
  const begun = started(state, author, proposal, given);
  // Where its author has had their share, the host may still start it.
  return begun.ok ? [taken, ...begun.events] : [taken];
}

/** The run of a proposal. The class keeps looking at what it looks at, unless there is nothing yet. */
function started(state: RoomState, author: Person, proposal: Made, given: Circumstances): Decision {
  const { configuration, fork } = proposal;
  const over = overShare(state, author, configuration, fork, given) ?? overLimit(state, [configuration], given);
  if (over !== null) return { ok: false, error: over };
  const beginning = beginningOf(state, proposal, 'data.change', given);
  if (!beginning.ok) return beginning;
  const tells = toldByRun(state, beginning.value);
  if (tells !== null) return { ok: false, error: tells };
  const { id, event } = runStarted(state, author.id, beginning.value);
  const look = state.playhead === null ? [lookAt(state, id, beginning.value, given)] : [];
  return { ok: true, events: [event, ...look], result: { run: id } };
}
