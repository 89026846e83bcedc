/** Decides about runs: starting, stopping, forking and pinning them. Rules R1 to R8, N1 to N3. */
import type { RunConfiguration } from '../core/configuration.ts';
import { flopsOf, planOf } from '../core/plan.ts';
import type { GuessQuestions } from './command-fields.ts';
import type { Command } from './commands.ts';
import { parseConfiguration } from './configuration.ts';
import type { Circumstances, Decision } from './decision.ts';
import { forkEngine, judgeFork } from './decide-fork.ts';
import { openGuess } from './decide-guesses.ts';
import { currentPosition, move } from './decide-playhead.ts';
import type { RoomEvent } from './events.ts';
import { fixedLimits } from './limits.ts';
import { type Refusal, refused, type Result, accepted } from './refusal.ts';
import { showTimeOf } from './playhead.ts';
import { runLabel } from './labels.ts';
import { leads } from './roles.ts';
import { within } from './schema-errors.ts';
import { toldByRun } from './telling.ts';
import {
  isOver,
  lookUp,
  type Person,
  type PersonId,
  type Proposal,
  type RoomRun,
  type RoomState,
  type RunId,
} from './state.ts';

type RunCommand = Extract<Command, { type: 'start' | 'stop' | 'fork' | 'pin' | 'unpin' }>;
type Data<T extends RunCommand['type']> = Extract<RunCommand, { type: T }>['data'];

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
  const chosen = 'proposal' in data ? proposed(state, data.proposal, given) : fresh(data.configuration, given);
  if (!chosen.ok) return chosen;
  const over = overLimit(state, [chosen.value.configuration], given);
  if (over !== null) return { ok: false, error: over };
  const { guess } = data;
  return begin(state, person, chosen.value, given, guess === undefined ? null : guess);
}

/** Begins a run behind a guess, from a configuration that has been parsed. */
export function startGuess(
  state: RoomState,
  person: Person,
  configuration: RunConfiguration,
  asked: GuessQuestions,
  given: Circumstances,
): Decision {
  const over = overLimit(state, [configuration], given);
  if (over !== null) return { ok: false, error: over };
  const run = { configuration, engine: engineOf(configuration, given), proposal: null, origin: null };
  return begin(state, person, run, given, asked);
}

/** What an accepted proposal begins: a run of its own, or a fork of the one that it starts from. */
function proposed(state: RoomState, id: string, given: Circumstances): Result<Beginning> {
  const proposal = lookUp(state.proposals, id);
  if (proposal === undefined) return refused('not-found', `there is no proposal ${id}`, 'data.proposal');
  const { kind } = proposal.standing;
  if (kind !== 'accepted')
    return refused('conflict', `${id} is ${kind}; it must be accepted before it starts`, 'data.proposal');
  return beginningOf(state, proposal, 'data.proposal', given);
}

/** What a proposal begins, however it stands; `path` names the field that asked for it. */
export function beginningOf(
  state: RoomState,
  proposal: Pick<Proposal, 'id' | 'configuration' | 'base' | 'fork'>,
  path: string,
  given: Circumstances,
): Result<Beginning> {
  const { configuration, base, fork: step } = proposal;
  const parent = base === null ? undefined : lookUp(state.runs, base);
  if (step === null || parent === undefined) {
    return accepted({ configuration, engine: engineOf(configuration, given), proposal: proposal.id, origin: null });
  }
  const engine = forkEngine(parent, configuration, path, given);
  if (!engine.ok) return engine;
  return accepted({ configuration, engine: engine.value, proposal: proposal.id, origin: { run: parent.id, step } });
}

function fresh(input: unknown, given: Circumstances): Result<Beginning> {
  const parsed = parseConfiguration(input, given.limits);
  if (!parsed.ok) {
    return refused(parsed.error.code, parsed.error.message, within('data.configuration', parsed.error.path));
  }
  const configuration = parsed.value;
  return accepted({ configuration, engine: engineOf(configuration, given), proposal: null, origin: null });
}

/** The engine of a run that starts now. */
export function engineOf(configuration: RunConfiguration, given: Circumstances): string {
  const engine = given.engineFor(configuration, null);
  if (engine === null) throw new Error('invariant violation: there is an engine for every configuration');
  return engine;
}

function decideFork(state: RoomState, person: Person, data: Data<'fork'>, given: Circumstances): Decision {
  const parent = lookUp(state.runs, data.run);
  if (parent === undefined) return refused('not-found', `there is no run ${data.run}`, 'data.run');
  const front = given.front(parent.id);
  const step = data.step ?? Math.max(0, Math.min(shownStepOf(state, parent, given), front));
  const paths = { run: 'data.run', step: 'data.step', change: 'data.change' };
  const fork = judgeFork(state, parent, step, data.change ?? {}, paths, given);
  if (!fork.ok) return fork;
  const over = overLimit(state, [fork.value.configuration], given);
  if (over !== null) return { ok: false, error: over };
  return begin(state, person, { ...fork.value, proposal: null, origin: { run: parent.id, step } }, given);
}

const shownStepOf = (state: RoomState, run: RoomRun, given: Circumstances): number =>
  state.playhead?.run === run.id ? currentPosition(state, given) : given.front(run.id);

/** What a run begins with. */
export type Beginning = Pick<RoomRun, 'configuration' | 'proposal' | 'origin' | 'engine'>;

/** A run begins, and the room looks at it from there on; with a guess it is trained unseen until that is revealed. */
function begin(
  state: RoomState,
  person: Person,
  run: Beginning,
  given: Circumstances,
  guess: GuessQuestions | null = null,
): Decision {
  const { id, event: started } = runStarted(state, person.id, run);
  if (guess !== null) {
    const opened = openGuess(state, { ...run, id }, guess, 'data.guess', given);
    if (!opened.ok) return opened;
    return { ok: true, events: [started, opened.event], result: { run: id, guess: opened.guess } };
  }
  const tells = toldByRun(state, run);
  if (tells !== null) return { ok: false, error: tells };
  return { ok: true, events: [started, lookAt(state, id, run, given)], result: { run: id } };
}

/** The fact that a run has begun: the next one of the room, or of several that begin together number `nth` after that. */
export function runStarted(
  state: RoomState,
  author: PersonId,
  run: Beginning,
  nth = 0,
): { id: RunId; event: RoomEvent } {
  const count = Object.keys(state.runs).length + nth;
  const id = `run-${count + 1}`;
  return { id, event: { type: 'run-started', data: { run: id, label: runLabel(count), author, ...run } } };
}

/** The playhead goes to where a run begins, and plays it. */
export function lookAt(state: RoomState, id: RunId, run: Beginning, given: Circumstances): RoomEvent {
  const showTime = showTimeOf(state);
  const step = run.origin?.step ?? 0;
  return move(state, { run: id, step, showTime, playing: true }, run.configuration, given);
}

/** Why a room can have no further runs of these configurations; null where it can. */
export function overLimit(
  state: RoomState,
  configurations: readonly RunConfiguration[],
  given: Circumstances,
): Refusal | null {
  const { maxRuns } = given.limits;
  const count = Object.keys(state.runs).length;
  if (count + configurations.length > maxRuns) {
    return refused('limit-reached', `the room has ${count} runs; the limit is ${maxRuns}`).error;
  }
  return overRoom(
    state,
    configurations.reduce((sum, one) => sum + flopsOf(one), 0),
    given,
  );
}

/** Why a room cannot compute so much more; null where it can. */
export function overRoom(state: RoomState, flops: number, given: Circumstances): Refusal | null {
  const { maxRoomFlops } = given.limits;
  const ofRuns = Object.values(state.runs).reduce((sum, run) => sum + flopsOf(run.configuration), 0);
  const others = [...Object.values(state.sweeps), ...Object.values(state.challenges ?? {})];
  const spent = others.reduce((sum, other) => sum + other.flops, ofRuns);
  if (spent + flops <= maxRoomFlops) return null;
  const message = `the run needs about ${flops.toExponential(1)} floating-point operations and the room has used ${spent.toExponential(1)} of its ${maxRoomFlops.toExponential(1)}`;
  return refused('too-expensive', message).error;
}

function decideStop(state: RoomState, person: Person, data: Data<'stop'>): Decision {
  const run = lookUp(state.runs, data.run);
  if (run === undefined) return refused('not-found', `there is no run ${data.run}`, 'data.run');
  if (isOver(run.status)) return refused('conflict', `${run.id} is ${run.status.kind} already`, 'data.run');
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
  if (pin.author !== person.id && !leads(person.role)) {
    return refused('unauthorized', `only its author or the host may remove ${pin.id}`, 'data.pin');
  }
  return { ok: true, events: [{ type: 'pin-removed', data: { pin: pin.id } }] };
}
