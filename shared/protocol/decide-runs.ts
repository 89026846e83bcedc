/** Decides about runs: starting, stopping, forking and pinning them. Rules R1 to R8, N1 to N3. */
import type { RunConfiguration } from '../core/configuration.ts';
import { flopsOf, planOf } from '../core/plan.ts';
import type { Command } from './commands.ts';
import { applyChange, configurationDifference, parseConfiguration } from './configuration.ts';
import type { Circumstances, Decision } from './decision.ts';
import { currentPosition, move } from './decide-playhead.ts';
import type { RoomEvent } from './events.ts';
import { fixedLimits } from './limits.ts';
import { type Refusal, refused, type Result, accepted } from './refusal.ts';
import { runLabel } from './labels.ts';
import { within } from './schema-errors.ts';
import { hasEnded, lookUp, type Person, type RoomRun, type RoomState, type ShowTime } from './state.ts';

type RunCommand = Extract<Command, { type: 'start' | 'stop' | 'fork' | 'pin' | 'unpin' }>;
type Data<T extends RunCommand['type']> = Extract<RunCommand, { type: T }>['data'];

const DEFAULT_SHOW_TIME: ShowTime = 20;

/** What a fork may change: nothing that gives the parameters or the images another meaning. */
const FORKABLE = [
  'optimizer',
  'regularization',
  'gradientClip',
  'dropout',
  'frozen',
  'epochs',
  'measureEvery',
  'evaluateEvery',
];

export function decideRuns(state: RoomState, person: Person, command: RunCommand, given: Circumstances): Decision {
  switch (command.type) {
    case 'start':
      return decideStart(state, person, command.data, given);
    case 'fork':
      return decideFork(state, person, command.data, given);
    case 'stop':
      return decideStop(state, person, command.data);
    case 'pin':
      return decidePin(state, person, command.data);
    case 'unpin':
      return decideUnpin(state, person, command.data);
  }
}

function decideStart(state: RoomState, person: Person, data: Data<'start'>, given: Circumstances): Decision {
  const chosen =
    'proposal' in data ? configurationOfProposal(state, data.proposal) : configurationGiven(data.configuration, given);
  if (!chosen.ok) return chosen;
  const over = overLimit(state, chosen.value, given);
  if (over !== null) return { ok: false, error: over };
  const proposal = 'proposal' in data ? data.proposal : null;
  const started = { configuration: chosen.value, proposal, origin: null };
  return begin(state, person, started, 0, given);
}

function configurationOfProposal(state: RoomState, id: string): Result<RunConfiguration> {
  const proposal = lookUp(state.proposals, id);
  if (proposal === undefined) return refused('not-found', `there is no proposal ${id}`, 'data.proposal');
  const { kind } = proposal.standing;
  if (kind !== 'accepted')
    return refused('conflict', `${id} is ${kind}; it must be accepted before it starts`, 'data.proposal');
  return accepted(proposal.configuration);
}

function configurationGiven(input: unknown, given: Circumstances): Result<RunConfiguration> {
  const parsed = parseConfiguration(input, given.limits);
  if (parsed.ok) return parsed;
  return refused(parsed.error.code, parsed.error.message, within('data.configuration', parsed.error.path));
}

function decideFork(state: RoomState, person: Person, data: Data<'fork'>, given: Circumstances): Decision {
  const parent = lookUp(state.runs, data.run);
  if (parent === undefined) return refused('not-found', `there is no run ${data.run}`, 'data.run');
  const front = given.front(parent.id);
  const step = data.step ?? Math.max(0, Math.min(shownStepOf(state, parent, given), front));
  if (front < 0) return refused('conflict', `${parent.id} has not been trained yet`, 'data.run');
  if (step > front) {
    return refused('conflict', `step is ${step}; ${parent.id} has been trained to step ${front}`, 'data.step');
  }
  const changed = applyChange(parent.configuration, data.change ?? {}, given.limits);
  if (!changed.ok) return refused(changed.error.code, changed.error.message, within('data.change', changed.error.path));
  for (const { path } of configurationDifference(parent.configuration, changed.value)) {
    if (FORKABLE.some((field) => path === field || path.startsWith(`${field}.`))) continue;
    return refused(
      'invalid',
      `${path} cannot change in a fork; these can: ${FORKABLE.join(', ')}`,
      `data.change.${path}`,
    );
  }
  const { steps } = planOf(changed.value);
  if (step >= steps) {
    return refused('invalid', `step is ${step}; a fork with ${steps} steps in all must begin before that`, 'data.step');
  }
  const over = overLimit(state, changed.value, given);
  if (over !== null) return { ok: false, error: over };
  const started = { configuration: changed.value, proposal: null, origin: { run: parent.id, step } };
  return begin(state, person, started, step, given);
}

const shownStepOf = (state: RoomState, run: RoomRun, given: Circumstances): number =>
  state.playhead?.run === run.id ? currentPosition(state, given) : given.front(run.id);

type Beginning = Pick<RoomRun, 'configuration' | 'proposal' | 'origin'>;

/** A run begins, and the room looks at it from `step` on. */
function begin(state: RoomState, person: Person, run: Beginning, step: number, given: Circumstances): Decision {
  const count = Object.keys(state.runs).length;
  const id = `run-${count + 1}`;
  const { engine } = given;
  const started: RoomEvent = {
    type: 'run-started',
    data: { run: id, label: runLabel(count), author: person.id, ...run, engine },
  };
  const showTime = state.playhead?.showTime ?? DEFAULT_SHOW_TIME;
  const shown = move(state, { run: id, step, showTime, playing: true }, run.configuration, given);
  return { ok: true, events: [started, shown], result: { run: id } };
}

function overLimit(state: RoomState, configuration: RunConfiguration, given: Circumstances): Refusal | null {
  const { maxRuns, maxRoomFlops } = given.limits;
  const runs = Object.values(state.runs);
  if (runs.length >= maxRuns) {
    return refused('limit-reached', `the room has ${runs.length} runs; the limit is ${maxRuns}`).error;
  }
  const cost = flopsOf(configuration);
  const spent = runs.reduce((sum, run) => sum + flopsOf(run.configuration), 0);
  if (spent + cost <= maxRoomFlops) return null;
  const message = `the run needs about ${cost.toExponential(1)} floating-point operations and the room has used ${spent.toExponential(1)} of its ${maxRoomFlops.toExponential(1)}`;
  return refused('too-expensive', message).error;
}

function decideStop(state: RoomState, person: Person, data: Data<'stop'>): Decision {
  const run = lookUp(state.runs, data.run);
  if (run === undefined) return refused('not-found', `there is no run ${data.run}`, 'data.run');
  if (hasEnded(run.status)) return refused('conflict', `${run.id} is ${run.status.kind} already`, 'data.run');
  if (run.status.kind === 'stopping') return { ok: true, events: [] };
  return { ok: true, events: [{ type: 'run-stopping', data: { run: run.id, person: person.id } }] };
}

function decidePin(state: RoomState, person: Person, data: Data<'pin'>): Decision {
  const run = lookUp(state.runs, data.run);
  if (run === undefined) return refused('not-found', `there is no run ${data.run}`, 'data.run');
  const { steps, sizes } = planOf(run.configuration);
  if (data.step > steps)
    return refused('invalid', `step is ${data.step}; ${run.id} has steps 0 to ${steps}`, 'data.step');
  const layers = sizes.length - 1;
  if (data.layer !== null && data.layer > layers) {
    return refused('invalid', `layer is ${data.layer}; ${run.id} has layers 1 to ${layers}`, 'data.layer');
  }
  const ids = Object.keys(state.pins);
  if (ids.length >= fixedLimits.pinsPerRoom) {
    return refused(
      'limit-reached',
      `the room has ${ids.length} pins; the limit is ${fixedLimits.pinsPerRoom}: remove one first`,
    );
  }
  const pin = `pin-${state.pinsMade + 1}`;
  return { ok: true, events: [{ type: 'pin-set', data: { pin, author: person.id, ...data } }], result: { pin } };
}

function decideUnpin(state: RoomState, person: Person, data: Data<'unpin'>): Decision {
  const pin = lookUp(state.pins, data.pin);
  if (pin === undefined) return refused('not-found', `there is no pin ${data.pin}`, 'data.pin');
  if (pin.author !== person.id && person.role !== 'host') {
    return refused('forbidden', `only its author or the host may remove ${pin.id}`, 'data.pin');
  }
  return { ok: true, events: [{ type: 'pin-removed', data: { pin: pin.id } }] };
}
