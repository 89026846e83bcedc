/** Decides about proposals: changes that people suggest, and what becomes of them. Rules P1 to P9. */
import type { RunConfiguration } from '../core/configuration.ts';
import { splitChange } from './changes.ts';
import type { Command } from './commands.ts';
import { applyChange, configurationDifference } from './configuration.ts';
import { commented, voted } from './decide-board.ts';
import { judgeFork } from './decide-fork.ts';
import { atOnce } from './decide-policy.ts';
import type { Circumstances, Decision } from './decision.ts';
import type { RoomEvent } from './events.ts';
import { evolveAll } from './evolve-all.ts';
import { fixedLimits } from './limits.ts';
import { mayNotPropose, outsideSettings, overOpen } from './quotas.ts';
import { accepted, type Refusal, refused, type Result } from './refusal.ts';
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
  const { base } = data;
  const run = base === null ? undefined : lookUp(state.runs, base);
  if (base !== null && run === undefined) return refused('not-found', `there is no run ${base}`, 'data.base');
  const barred = mayNotPropose(state, person);
  if (barred !== null) return { ok: false, error: barred };
  const whole = proposedConfiguration(state, run, data, given);
  if (!whole.ok) return whole;
  const from = run?.configuration ?? state.base;
  const parts = data.split ? splitChange(from, whole.value) : [];
  if (parts.length < 2) return proposeOne(state, person, data, run, whole.value, null, given);
  const barredWhole = outsideSettings(state, person, from, whole.value, data.fork, given);
  return barredWhole === null
    ? proposeParts(state, person, data, run, parts, given)
    : { ok: false, error: barredWhole };
}

/** Proposes the parts of a change, all or none; together they count as one. */
function proposeParts(
  state: RoomState,
  person: Person,
  data: ProposeData,
  run: RoomRun | undefined,
  parts: readonly Record<string, unknown>[],
  given: Circumstances,
): Decision {
  let room = state;
  const events: RoomEvent[] = [];
  const made: string[] = [];
  for (const change of parts) {
    const part = { ...data, change };
    const configuration = proposedConfiguration(state, run, part, given);
    if (!configuration.ok) {
      const { code, message } = configuration.error;
      return refused(code, `the change cannot be split: ${message}`, 'data.split');
    }
    const one = proposeOne(room, person, part, run, configuration.value, made[0] ?? null, given);
    if (!one.ok) return one;
    events.push(...one.events);
    if (one.result?.['vote'] === undefined) made.push(String(one.result?.['proposal']));
    room = evolveAll(room, one.events, person.id, given.now);
  }
  return { ok: true, events, result: { proposal: made[0] ?? '', proposals: made.length } };
}

/** One proposal; or where there is the same one already, a vote for that. `split` is the first of those made in one go. */
function proposeOne(
  state: RoomState,
  person: Person,
  data: ProposeData,
  run: RoomRun | undefined,
  configuration: RunConfiguration,
  split: string | null,
  given: Circumstances,
): Decision {
  const { base, fork, reason } = data;
  const same = sameAs(state, run, fork, configuration);
  if (same !== undefined) return vote(state, person, same, reason, given);
  const over = overProposals(state) ?? (split === null ? overOpen(state, person) : null);
  if (over !== null) return { ok: false, error: over };
  const from = run?.configuration ?? state.base;
  const outside = outsideSettings(state, person, from, configuration, fork, given);
  if (outside !== null) return { ok: false, error: outside };
  const proposal = `proposal-${Object.keys(state.proposals).length + 1}`;
  const made: RoomEvent = {
    type: 'proposal-made',
    data: {
      proposal,
      author: person.id,
      base,
      configuration,
      reason,
      ...(fork === null ? {} : { fork }),
      ...(split === null ? {} : { split }),
    },
  };
  const started = atOnce(state, person, { id: proposal, configuration, base, fork }, given);
  if (!started.ok) return started;
  return { ok: true, events: [made, ...started.events], result: { proposal, ...started.result } };
}

/** To propose what is there already is to vote for it, with the reason under it. */
function vote(state: RoomState, person: Person, same: Proposal, reason: string, given: Circumstances): Decision {
  const ballot = voted(state, person, same, true, given);
  const words = reason === '' ? accepted([]) : commented(state, same, person, reason);
  if (!words.ok) return words;
  return { ok: true, events: [...words.value, ...ballot], result: { proposal: same.id, vote: 'for' } };
}

/** The proposal of the same difference that is still to be decided or has been accepted. */
function sameAs(
  state: RoomState,
  run: RoomRun | undefined,
  fork: number | null,
  configuration: RunConfiguration,
): Proposal | undefined {
  const to = JSON.stringify(configuration);
  const from = JSON.stringify(run?.configuration ?? state.base);
  return Object.values(state.proposals).find((made) => {
    const { kind } = made.standing;
    if ((kind !== 'open' && kind !== 'accepted') || made.fork !== fork) return false;
    if (fork !== null && made.base !== run?.id) return false;
    const before = made.base === null ? state.base : lookUp(state.runs, made.base)?.configuration;
    return JSON.stringify(made.configuration) === to && JSON.stringify(before) === from;
  });
}

function overProposals(state: RoomState): Refusal | null {
  const { proposalsPerRoom } = fixedLimits;
  const count = Object.keys(state.proposals).length;
  if (count < proposalsPerRoom) return null;
  return refused('limit-reached', `the room has ${count} proposals; the limit is ${proposalsPerRoom}`).error;
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
