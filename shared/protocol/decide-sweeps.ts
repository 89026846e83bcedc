/** Decides about class sweeps: beginning them, handing their values out, taking in what was measured. Rules W1 to W7. */
import type { RunConfiguration } from '../core/configuration.ts';
import type { Command, ServerCommand } from './commands.ts';
import { applyChange } from './configuration.ts';
import { overRoom } from './decide-runs.ts';
import type { Circumstances, Decision } from './decision.ts';
import { fixedLimits } from './limits.ts';
import { accepted, refused, type Result } from './refusal.ts';
import { quote, within } from './schema-errors.ts';
import { lookUp, type Person, type RoomState } from './state.ts';
import { toldByEnd, toldByRun } from './telling.ts';
import { changeTo, flopsOfPoint, receivers, type Sweep } from './sweeps.ts';

type SweepCommand = Extract<Command, { type: 'sweep' | 'hand-out' | 'end-sweep' }>;
type Data<T extends SweepCommand['type']> = Extract<SweepCommand, { type: T }>['data'];

export function decideSweeps(state: RoomState, person: Person, command: SweepCommand, given: Circumstances): Decision {
  if (command.type === 'sweep') return decideSweep(state, person, command.data, given);
  const { sweep: id } = command.data;
  const sweep = lookUp(state.sweeps, id);
  if (sweep === undefined) return refused('not-found', `there is no sweep ${id}`, 'data.sweep');
  if (command.type === 'end-sweep') {
    return { ok: true, events: sweep.onStage ? [{ type: 'sweep-ended', data: { sweep: id } }] : [] };
  }
  if (sweep.groups.length > 0) return refused('conflict', `the values of ${id} are handed out already`, 'data.sweep');
  const groups = receivers(state, command.data.to);
  if (groups.length === 0) return refused('conflict', 'there are no students to hand values out to', 'data.sweep');
  return { ok: true, events: [{ type: 'sweep-handed-out', data: { sweep: id, groups } }] };
}

function decideSweep(state: RoomState, person: Person, data: Data<'sweep'>, given: Circumstances): Decision {
  const from = startOf(state, data, given);
  return from.ok ? startSweep(state, person, from.value, data, given) : from;
}

/** Begins a sweep over a configuration that has been parsed. */
export function startSweep(
  state: RoomState,
  person: Person,
  configuration: RunConfiguration,
  data: Pick<Data<'sweep'>, 'base' | 'field' | 'values' | 'trained' | 'to'>,
  given: Circumstances,
): Decision {
  const count = Object.keys(state.sweeps).length;
  const { sweepsPerRoom } = fixedLimits;
  if (count >= sweepsPerRoom) {
    return refused('limit-reached', `the room has had ${count} sweeps; the limit is ${sweepsPerRoom}`);
  }
  const { base, field, values, trained, to } = data;
  const all: RunConfiguration[] = [];
  const seen = new Set<number | string>();
  for (const [index, value] of values.entries()) {
    const path = `data.values.${index}`;
    if (seen.has(value)) return refused('invalid', `${quote(value)} is there twice`, path);
    seen.add(value);
    const changed = applyChange(configuration, changeTo(configuration, field, value), given.limits);
    if (!changed.ok) return refused(changed.error.code, changed.error.message, path);
    all.push(changed.value);
  }
  const told = trained ? toldByEnd : toldByRun;
  for (const [index, one] of all.entries()) {
    const tells = told(state, { configuration: one, origin: null }, `data.values.${index}`);
    if (tells !== null) return { ok: false, error: tells };
  }
  const engine = engineOfAll(all, given);
  if (!engine.ok) return engine;
  const flops = all.reduce((sum, one) => sum + flopsOfPoint(one, trained), 0);
  const over = overRoom(state, flops, given);
  if (over !== null) return { ok: false, error: over };
  const sweep = `sweep-${count + 1}`;
  const groups = receivers(state, to);
  const facts = { author: person.id, base, configuration, field, values, trained, engine: engine.value, flops, groups };
  return { ok: true, events: [{ type: 'sweep-started', data: { sweep, ...facts } }], result: { sweep } };
}

/** What the values are laid over: the base, shortened where that is wanted. */
function startOf(state: RoomState, { base, epochs }: Data<'sweep'>, given: Circumstances): Result<RunConfiguration> {
  const run = base === null ? undefined : lookUp(state.runs, base);
  if (base !== null && run === undefined) return refused('not-found', `there is no run ${base}`, 'data.base');
  const configuration = run?.configuration ?? state.base;
  if (epochs === undefined) return accepted(configuration);
  const shortened = applyChange(configuration, { epochs }, given.limits);
  return shortened.ok
    ? accepted(shortened.value)
    : refused(shortened.error.code, shortened.error.message, within('data', shortened.error.path));
}

/** One engine for all values, so that they can be compared: the first one that can train each of them. */
export function engineOfAll(all: readonly RunConfiguration[], given: Circumstances): Result<string> {
  const wanted = new Set(all.map((configuration) => given.engineFor(configuration, null)));
  for (const engine of wanted) {
    if (engine !== null && all.every((one) => given.engineFor(one, engine) !== null)) return accepted(engine);
  }
  return refused('invalid', 'these values need different engines, whose numbers cannot be compared', 'data.values');
}

/** Takes in what was measured, each value once, or that it cannot be. */
export function decidePoints(
  state: RoomState,
  command: Extract<ServerCommand, { type: 'take-points' | 'fail-sweep' }>,
): Decision {
  const sweep = lookUp(state.sweeps, command.data.sweep);
  if (sweep === undefined) return refused('not-found', `there is no sweep ${command.data.sweep}`);
  if (sweep.standing !== 'measuring') return { ok: true, events: [] };
  if (command.type === 'fail-sweep') return { ok: true, events: [{ type: 'sweep-ended', data: { sweep: sweep.id } }] };
  const known = new Set(sweep.points.map(([index]) => index));
  const points = command.data.points.filter(([index]) => !known.has(index));
  if (points.length === 0) return { ok: true, events: [] };
  const done = isDone(sweep, points.length);
  return { ok: true, events: [{ type: 'sweep-measured', data: { sweep: sweep.id, points, done } }] };
}

const isDone = ({ values, points }: Sweep, more: number): boolean => points.length + more >= values.length;
