/** Decides about what is said of proposals and how the board is run: ballots, comments, batches, settings. Rules P7, P8, B1 to B8. */
import type { Command } from './commands.ts';
import { afterVote } from './decide-policy.ts';
import { type Beginning, beginningOf, lookAt, overLimit, runStarted } from './decide-runs.ts';
import type { Circumstances, Decision } from './decision.ts';
import type { RoomEvent } from './events.ts';
import { fixedLimits } from './limits.ts';
import { accepted, type Refusal, refused, type Result } from './refusal.ts';
import { toldByRun } from './telling.ts';
import { lookUp, type Person, type Proposal, type RoomState } from './state.ts';

type BoardCommand = Extract<Command, { type: 'vote' | 'comment' | 'hide-comment' | 'start-batch' | 'set-board' }>;
type Data<T extends BoardCommand['type']> = Extract<BoardCommand, { type: T }>['data'];

export function decideBoard(state: RoomState, person: Person, command: BoardCommand, given: Circumstances): Decision {
  if (command.type === 'set-board') return decideSettings(state, command.data);
  if (command.type === 'start-batch') return decideBatch(state, person, command.data, given);
  const id = command.data.proposal;
  const proposal = lookUp(state.proposals, id);
  if (proposal === undefined) return refused('not-found', `there is no proposal ${id}`, 'data.proposal');
  switch (command.type) {
    case 'vote': {
      const { kind } = proposal.standing;
      if (kind !== 'open' && kind !== 'accepted')
        return refused('conflict', `${id} is ${kind} already`, 'data.proposal');
      return { ok: true, events: voted(state, person, proposal, command.data.for, given) };
    }
    case 'comment': {
      const said = commented(state, proposal, person, command.data.text);
      if (!said.ok) return said;
      return { ok: true, events: said.value, result: { comment: nextComment(proposal) } };
    }
    case 'hide-comment': {
      const { comment: wanted, hidden } = command.data;
      const comment = proposal.comments.find((one) => one.id === wanted);
      if (comment === undefined) return refused('not-found', `there is no comment ${wanted} on ${id}`, 'data.comment');
      const data = { proposal: id, comment: wanted, hidden };
      return { ok: true, events: comment.hidden === hidden ? [] : [{ type: 'comment-hidden', data }] };
    }
  }
}

/** A ballot and what follows from it; nothing where it says what the person has said before. */
export function voted(
  state: RoomState,
  person: Person,
  proposal: Proposal,
  isFor: boolean,
  given: Circumstances,
): RoomEvent[] {
  const { id, backers, standing } = proposal;
  if (backers.includes(person.id) === isFor) return [];
  const cast: RoomEvent = { type: 'vote-cast', data: { proposal: id, person: person.id, for: isFor } };
  if (!isFor || standing.kind !== 'open') return [cast];
  return [cast, ...afterVote(state, { ...proposal, backers: [...backers, person.id] }, given)];
}

/** A comment on a proposal. */
export function commented(state: RoomState, proposal: Proposal, person: Person, text: string): Result<RoomEvent[]> {
  const { id, comments } = proposal;
  const { commentsPerProposal, commentsPerRoom } = fixedLimits;
  if (comments.length >= commentsPerProposal) {
    return refused('limit-reached', `${id} has ${comments.length} comments; the limit is ${commentsPerProposal}`);
  }
  const inRoom = Object.values(state.proposals).reduce((sum, one) => sum + one.comments.length, 0);
  if (inRoom >= commentsPerRoom) {
    return refused('limit-reached', `the room has ${inRoom} comments; the limit is ${commentsPerRoom}`);
  }
  const data = { proposal: id, comment: nextComment(proposal), author: person.id, text };
  return accepted([{ type: 'comment-made', data }]);
}

const nextComment = ({ comments }: Proposal): string => `comment-${comments.length + 1}`;

/** Starts several proposals together; open ones are accepted with it. All or none, and the room looks at the first. */
function decideBatch(
  state: RoomState,
  person: Person,
  { proposals: ids }: Data<'start-batch'>,
  given: Circumstances,
): Decision {
  const taken: RoomEvent[] = [];
  const beginnings: Beginning[] = [];
  for (const [index, id] of ids.entries()) {
    const path = `data.proposals.${index}`;
    if (ids.indexOf(id) !== index) return refused('invalid', `${id} is there twice`, path);
    const proposal = lookUp(state.proposals, id);
    if (proposal === undefined) return refused('not-found', `there is no proposal ${id}`, path);
    const { kind } = proposal.standing;
    if (kind !== 'open' && kind !== 'accepted') return refused('conflict', `${id} is ${kind}`, path);
    if (kind === 'open') taken.push({ type: 'proposal-accepted', data: { proposal: id, person: person.id } });
    const beginning = beginningOf(state, proposal, path, given);
    if (!beginning.ok) return beginning;
    const tells = toldByRun(state, beginning.value, path);
    if (tells !== null) return { ok: false, error: tells };
    beginnings.push(beginning.value);
  }
  const configurations = beginnings.map(({ configuration }) => configuration);
  const over: Refusal | null = overLimit(state, configurations, given);
  if (over !== null) return { ok: false, error: over };
  const runs = beginnings.map((beginning, nth) => ({ beginning, ...runStarted(state, person.id, beginning, nth) }));
  const [first] = runs;
  if (first === undefined) throw new Error('invariant violation: a batch without proposals');
  const look = lookAt(state, first.id, first.beginning, given);
  const events = [...taken, ...runs.map(({ event }) => event), look];
  return { ok: true, events, result: { run: first.id, runs: runs.length } };
}

/** Only what changes is a fact. */
function decideSettings({ board }: RoomState, data: Data<'set-board'>): Decision {
  const changed = Object.entries(data).filter(
    ([name, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(Reflect.get(board, name)),
  );
  const events: RoomEvent[] = changed.length === 0 ? [] : [{ type: 'board-set', data: Object.fromEntries(changed) }];
  return { ok: true, events };
}
