/** Decides about proposals: changes that people suggest and the host takes up or not. Rules P1 to P7. */
import type { RunConfiguration } from '../core/configuration.ts';
import type { Command } from './commands.ts';
import { applyChange, configurationDifference } from './configuration.ts';
import { judgeFork } from './decide-fork.ts';
import type { Circumstances, Decision } from './decision.ts';
import { fixedLimits } from './limits.ts';
import { accepted, refused, type Result } from './refusal.ts';
import { leads } from './roles.ts';
import { within } from './schema-errors.ts';
import { lookUp, type Person, type Proposal, type RoomRun, type RoomState } from './state.ts';

type ProposeData = Extract<Command, { type: 'propose' }>['data'];
type ProposalCommand = Extract<Command, { type: 'propose' | 'withdraw' | 'accept' | 'reject' }>;

export function decideProposals(
  state: RoomState,
  person: Person,
  command: ProposalCommand,
  given: Circumstances,
): Decision {
  if (command.type === 'propose') return decidePropose(state, person, command.data, given);
  const id = command.data.proposal;
  const proposal = lookUp(state.proposals, id);
  if (proposal === undefined) return refused('not-found', `there is no proposal ${id}`, 'data.proposal');
  if (command.type === 'withdraw' && proposal.author !== person.id) {
    return refused('unauthorized', `only its author may withdraw ${id}`, 'data.proposal');
  }
  if (proposal.standing.kind !== 'open') {
    return refused(
      'conflict',
      `${id} is ${proposal.standing.kind} already; only an open proposal can change`,
      'data.proposal',
    );
  }
  switch (command.type) {
    case 'withdraw':
      return { ok: true, events: [{ type: 'proposal-withdrawn', data: { proposal: id } }] };
    case 'accept':
      return { ok: true, events: [{ type: 'proposal-accepted', data: { proposal: id, person: person.id } }] };
    case 'reject': {
      const { reason } = command.data;
      return { ok: true, events: [{ type: 'proposal-rejected', data: { proposal: id, person: person.id, reason } }] };
    }
  }
}

function decidePropose(state: RoomState, person: Person, data: ProposeData, given: Circumstances): Decision {
  const { base, reason } = data;
  const run = base === null ? undefined : lookUp(state.runs, base);
  if (base !== null && run === undefined) return refused('not-found', `there is no run ${base}`, 'data.base');
  const proposals = Object.values(state.proposals);
  const { openProposalsPerPerson, proposalsPerRoom } = fixedLimits;
  if (proposals.length >= proposalsPerRoom) {
    return refused('limit-reached', `the room has ${proposals.length} proposals; the limit is ${proposalsPerRoom}`);
  }
  const open = proposals.filter((made) => isOpenOf(made, person));
  if (!leads(person.role) && open.length >= openProposalsPerPerson) {
    return refused(
      'limit-reached',
      `you have ${open.length} open proposals; the limit is ${openProposalsPerPerson}: withdraw one first`,
    );
  }
  const changed = proposedConfiguration(state, run, data, given);
  if (!changed.ok) return changed;
  const { fork } = data;
  const proposal = `proposal-${proposals.length + 1}`;
  const made = { proposal, author: person.id, base, configuration: changed.value, reason };
  const event = { type: 'proposal-made', data: fork === null ? made : { ...made, fork } } as const;
  return { ok: true, events: [event], result: { proposal } };
}

function proposedConfiguration(
  state: RoomState,
  run: RoomRun | undefined,
  { change, fork }: ProposeData,
  given: Circumstances,
): Result<RunConfiguration> {
  const from = run?.configuration ?? state.base;
  if (fork !== null) {
    if (run === undefined) return refused('invalid', 'fork needs a run to start from as base', 'data.fork');
    const judged = judgeFork(
      state,
      run,
      fork,
      change,
      { run: 'data.base', step: 'data.fork', change: 'data.change' },
      given,
    );
    if (!judged.ok) return judged;
    return hasChanged(from, judged.value.configuration);
  }
  const changed = applyChange(from, change, given.limits);
  if (changed.ok) return hasChanged(from, changed.value);
  return refused(changed.error.code, changed.error.message, within('data.change', changed.error.path));
}

const hasChanged = (from: RunConfiguration, to: RunConfiguration): Result<RunConfiguration> =>
  configurationDifference(from, to).length > 0
    ? accepted(to)
    : refused('invalid', 'the proposal changes nothing; give at least one field another value', 'data.change');

const isOpenOf = (proposal: Proposal, person: Person) =>
  proposal.author === person.id && proposal.standing.kind === 'open';
