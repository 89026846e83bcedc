/** Decides about challenges: opening one, claiming cells, trying a rescue, matching curves, revealing. Rules Z1 to Z9. */
import type { RunConfiguration } from '../core/configuration.ts';
import { flopsOf } from '../core/plan.ts';
import { uniform } from '../core/random.ts';
import {
  cellCount,
  type Challenge,
  type ChallengeTask,
  confusionOf,
  flopsOfTask,
  isMap,
  isMatch,
  isRescue,
  type MapChallenge,
  type MatchChallenge,
  type MatchKey,
  type MatchTruth,
  missingOf,
  nthCell,
  pointFor,
  type RescueChallenge,
  runOfIndex,
} from './challenges.ts';
import { changesOf } from './changes.ts';
import type { Command, ServerCommand } from './commands.ts';
import { applyChange } from './configuration.ts';
import { overRoom } from './decide-runs.ts';
import { engineOfAll } from './decide-sweeps.ts';
import type { Circumstances, Decision } from './decision.ts';
import type { RoomEvent } from './events.ts';
import { fixedLimits } from './limits.ts';
import { type Refusal, refused } from './refusal.ts';
import { within } from './schema-errors.ts';
import { lookUp, type Person, type RoomState } from './state.ts';
import { toldByEnd } from './telling.ts';

type ChallengeCommand = Extract<Command, { type: 'claim-cell' | 'fill-map' | 'try-rescue' | 'match' }>;
type Data<T extends ChallengeCommand['type']> = Extract<ChallengeCommand, { type: T }>['data'];

export function decideChallenges(
  state: RoomState,
  person: Person,
  command: ChallengeCommand,
  given: Circumstances,
): Decision {
  const { challenge: id } = command.data;
  const challenge = lookUp(state.challenges ?? {}, id);
  if (challenge === undefined) return refused('not-found', `there is no challenge ${id}`, 'data.challenge');
  switch (command.type) {
    case 'claim-cell':
      return isMap(challenge) ? decideClaim(state, challenge, person, command.data) : isNo(challenge, 'map');
    case 'fill-map':
      return isMap(challenge) ? decideFill(state, challenge) : isNo(challenge, 'map');
    case 'try-rescue':
      return isRescue(challenge) ? decideTry(state, challenge, person, command.data, given) : isNo(challenge, 'rescue');
    case 'match':
      return isMatch(challenge) ? decideMatch(challenge, person, command.data) : isNo(challenge, 'match');
    default:
      return command satisfies never;
  }
}

const isNo = ({ id, task }: Challenge, wanted: string): { ok: false; error: Refusal } =>
  refused('invalid', `${id} is a ${task.kind}, not a ${wanted}`, 'data.challenge');

const done = (...events: RoomEvent[]): Decision => ({ ok: true, events });

/** Opens the challenge of a lesson's step. */
export function openChallenge(state: RoomState, task: ChallengeTask, given: Circumstances): Decision {
  const flops = flopsOfTask(task, fixedLimits.rescuesPerChallenge);
  const over = overRoom(state, flops, given);
  if (over !== null) return { ok: false, error: over };
  const engine = engineOfAll(
    task.kind === 'match' ? task.configurations.map((one) => one.configuration) : [task.configuration],
    given,
  );
  if (!engine.ok) return engine;
  const challenge = `challenge-${Object.keys(state.challenges ?? {}).length + 1}`;
  const data = { challenge, task, engine: engine.value, flops };
  const opened: RoomEvent =
    task.kind === 'match'
      ? { type: 'challenge-opened', data, private: keyFrom(given.seed, task.configurations.length) }
      : { type: 'challenge-opened', data };
  return { ok: true, events: [opened], result: { challenge } };
}

/** Draws which curve is of which configuration, and a seed for each, from a seed that nobody can foretell. */
function keyFrom(seed: number, count: number): MatchKey {
  const draw = (index: number): number => uniform({ seed, purpose: 'data', index: 1 }, index);
  const order = Array.from({ length: count }, (_, n) => n)
    .map((n) => ({ n, at: draw(n) }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ n }) => n);
  // Below 2^52, so that they are whole; from values that order does not use.
  const seeds = order.map((_, n) => Math.floor(draw(count + n) * 2 ** 52));
  return { order, seeds };
}

function decideClaim(
  state: RoomState,
  challenge: MapChallenge,
  person: Person,
  { cell }: Data<'claim-cell'>,
): Decision {
  const { id, task, cells } = challenge;
  const count = cellCount(task);
  if (cell !== undefined && cell >= count) {
    return refused('invalid', `cell is ${cell}; ${id} has cells 0 to ${count - 1}`, 'data.cell');
  }
  const missing = new Set(missingOf(challenge));
  const isOwn = (one: number): boolean => cells[one]?.includes(person.id) === true;
  const waiting = [...missing].find(isOwn);
  if (waiting !== undefined && waiting !== cell) {
    return refused('conflict', `your cell ${waiting} is still being measured; then you may have another`, 'data.cell');
  }
  const chosen = cell ?? freeCell(challenge, isOwn);
  if (chosen === null) return refused('conflict', `every cell of ${id} is yours already`, 'data.challenge');
  if (isOwn(chosen)) return { ok: true, events: [], result: { cell: chosen } };
  const tells = tellsTooMuch(state, challenge, [chosen]);
  if (tells !== null) return { ok: false, error: tells };
  const claimed: RoomEvent = { type: 'cells-claimed', data: { challenge: id, cells: [chosen], person: person.id } };
  return { ok: true, events: [claimed], result: { cell: chosen } };
}

/** The next cell that nobody has; where all are claimed, one that as few as possible share. Null where all are one's own. */
function freeCell({ task, cells }: MapChallenge, isOwn: (cell: number) => boolean): number | null {
  const count = cellCount(task);
  const inOrder = Array.from({ length: count }, (_, n) => nthCell(count, n));
  const free = inOrder.find((cell) => cells[cell] === undefined);
  if (free !== undefined) return free;
  const others = inOrder.filter((cell) => !isOwn(cell));
  const sharers = (cell: number): number => cells[cell]?.length ?? 0;
  return others.toSorted((one, other) => sharers(one) - sharers(other))[0] ?? null;
}

function decideFill(state: RoomState, challenge: MapChallenge): Decision {
  const { id, task, cells } = challenge;
  const free = Array.from({ length: cellCount(task) }, (_, n) => nthCell(cellCount(task), n)).filter(
    (cell) => cells[cell] === undefined,
  );
  const tells = tellsTooMuch(state, challenge, free);
  if (tells !== null) return { ok: false, error: tells };
  return free.length === 0
    ? done()
    : done({ type: 'cells-claimed', data: { challenge: id, cells: free, person: null } });
}

function tellsTooMuch(state: RoomState, challenge: Challenge, indices: readonly number[]): Refusal | null {
  for (const index of indices) {
    const configuration = runOfIndex(challenge, index, null);
    const tells = configuration === null ? null : toldByEnd(state, { configuration, origin: null }, 'data.challenge');
    if (tells !== null) return tells;
  }
  return null;
}

/** What a rescue may not touch: on other data, or on another draw, it would be another question. */
const fixed = ['dataset', 'seed', 'probe', 'measureEvery', 'evaluateEvery'];

function decideTry(
  state: RoomState,
  challenge: RescueChallenge,
  person: Person,
  { change }: Data<'try-rescue'>,
  given: Circumstances,
): Decision {
  const { id, task, rescues, revealed, engine } = challenge;
  if (revealed) return refused('conflict', `${id} is over`, 'data.challenge');
  const patient = task.configuration;
  const parsed = applyChange(patient, change, given.limits);
  if (!parsed.ok) return refused(parsed.error.code, parsed.error.message, within('data.change', parsed.error.path));
  const configuration = parsed.value;
  const changes = changesOf(patient, configuration);
  const [first, second] = changes;
  if (first === undefined) return refused('invalid', 'this changes nothing', 'data.change');
  if (second !== undefined) {
    const settings = changes.map(({ setting }) => setting).join(', ');
    return refused('invalid', `this changes ${settings}; a rescue changes one thing`, 'data.change');
  }
  const [field = ''] = first.setting.split('.');
  if (fixed.includes(field)) {
    return refused('forbidden', `a rescue leaves ${field} as it is`, within('data.change', first.setting));
  }
  const share = flopsOf(configuration) / flopsOf(patient);
  if (share > task.budget) {
    const message = `this takes ${share.toFixed(1)} times the computation of the network; the budget is ${task.budget} times`;
    return refused('too-expensive', message, 'data.change');
  }
  if (given.engineFor(configuration, engine) === null) {
    return refused('invalid', `the engine of ${id} cannot train this`, 'data.change');
  }
  const known = rescues.findIndex((one) => JSON.stringify(one.configuration) === JSON.stringify(configuration));
  if (rescues[known]?.by.includes(person.id) === true) return { ok: true, events: [], result: { rescue: known } };
  const own = rescues.filter(({ by }) => by.includes(person.id)).length;
  const { rescuesEach, rescuesPerChallenge } = fixedLimits;
  if (own >= rescuesEach) return refused('limit-reached', `you have tried ${own} rescues; the limit is ${rescuesEach}`);
  if (known < 0 && rescues.length >= rescuesPerChallenge) {
    return refused('limit-reached', `${id} has ${rescues.length} rescues; the limit is ${rescuesPerChallenge}`);
  }
  const tells = toldByEnd(state, { configuration: withSeed(configuration, task.seeds), origin: null }, 'data.change');
  if (tells !== null) return { ok: false, error: tells };
  const rescue = known < 0 ? rescues.length : known;
  const data = { challenge: id, rescue, person: person.id };
  return {
    ok: true,
    events: [{ type: 'rescue-tried', data: known < 0 ? { ...data, configuration } : data }],
    result: { rescue },
  };
}

const withSeed = (
  configuration: RunConfiguration,
  [seed = configuration.seed]: readonly number[],
): RunConfiguration => ({
  ...configuration,
  seed,
});

function decideMatch(challenge: MatchChallenge, person: Person, { answer }: Data<'match'>): Decision {
  const { id, task, points, revealed } = challenge;
  if (revealed) return refused('conflict', `${id} is over`, 'data.challenge');
  const count = task.configurations.length;
  if (points.length < count) return refused('conflict', `the curves of ${id} are not there yet`, 'data.challenge');
  const isPermutation = answer.length === count && new Set(answer).size === count && answer.every((one) => one < count);
  if (!isPermutation) {
    return refused('invalid', `answer must name each of 0 to ${count - 1} once`, 'data.answer');
  }
  return done({ type: 'match-answered', data: { challenge: id, person: person.id }, private: answer });
}

/** Ends what is to be found out, and tells everybody what came of it. */
export function revealChallenge(challenge: Challenge, given: Circumstances): Decision {
  if (challenge.revealed) return refused('conflict', `${challenge.id} is revealed already`);
  const truth = isMatch(challenge) ? truthOf(challenge, given) : null;
  return done({ type: 'challenge-revealed', data: { challenge: challenge.id, truth } });
}

function truthOf({ id }: MatchChallenge, given: Circumstances): MatchTruth {
  const secret = lookUp(given.secrets.challenges ?? {}, id);
  if (secret === undefined || secret.key === null) throw new Error(`invariant violation: ${id} has no key`);
  const answers = Object.values(secret.answers);
  return { ...secret.key, confusion: confusionOf(secret.key, answers), people: answers.length };
}

/** Takes in what was measured, each point once, or that it cannot be. */
export function decideValues(state: RoomState, { data }: Extract<ServerCommand, { type: 'take-values' }>): Decision {
  const challenge = lookUp(state.challenges ?? {}, data.challenge);
  if (challenge === undefined) return refused('not-found', `there is no challenge ${data.challenge}`);
  const missing = new Set(missingOf(challenge));
  const points = data.values.filter(([index]) => missing.delete(index)).map((value) => pointFor(challenge, value));
  if (points.length === 0) return done();
  const measured = { challenge: challenge.id, points, done: missing.size === 0 };
  return done({ type: 'challenge-measured', data: measured });
}
