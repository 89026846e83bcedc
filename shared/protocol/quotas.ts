/** Judges proposals and what starts without a host by the settings of the board: freezing, locks and quotas. Rules B3 to B6. */
import type { RunConfiguration } from '../core/configuration.ts';
import { planOf } from '../core/plan.ts';
import { byTeams, lockOver, openOf } from './board.ts';
import { configurationDifference } from './configuration.ts';
import type { Circumstances } from './decision.ts';
import { type Refusal, refused } from './refusal.ts';
import { leads } from './roles.ts';
import { within } from './schema-errors.ts';
import type { Person, RoomState } from './state.ts';

/** Why a person may not propose at all just now; null for those who lead. */
export function mayNotPropose(state: RoomState, person: Person): Refusal | null {
  if (leads(person.role)) return null;
  const { frozen } = state.board;
  return frozen ? refused('conflict', 'the host has stopped proposals for now; you can still vote').error : null;
}

/** Why a person may not have one more open proposal; null where they may. */
export function overOpen(state: RoomState, person: Person): Refusal | null {
  if (leads(person.role)) return null;
  const { openEach } = state.board;
  const open = openOf(state, person.id);
  if (open < openEach) return null;
  const who = byTeams(state) ? 'your team has' : 'you have';
  const message = `${who} ${open} open proposals; the limit is ${openEach}: withdraw one first`;
  return refused('limit-reached', message).error;
}

/** Why a person may not propose this configuration: it changes what is locked, or takes too long. */
export function outsideSettings(
  state: RoomState,
  person: Person,
  from: RunConfiguration,
  to: RunConfiguration,
  fork: number | null,
  given: Circumstances,
): Refusal | null {
  if (leads(person.role)) return null;
  for (const { path } of configurationDifference(from, to)) {
    const locked = lockOver(state.board, path);
    if (locked === undefined) continue;
    return refused('forbidden', `the host has locked ${locked}; leave ${path} as it is`, within('data.change', path))
      .error;
  }
  const { secondsPerRun } = state.board;
  const seconds = secondsLeft(to, fork, given);
  if (secondsPerRun === null || seconds === null || seconds <= secondsPerRun) return null;
  const message = `the run needs about ${Math.round(seconds)} s of training; the room allows ${secondsPerRun} s a run`;
  return refused('too-expensive', message, 'data.change').error;
}

/** Why a run of a student may not start without a host: too many of theirs have, or they have taken too long. */
export function overShare(
  state: RoomState,
  person: Person,
  configuration: RunConfiguration,
  fork: number | null,
  given: Circumstances,
): Refusal | null {
  if (leads(person.role)) return null;
  const { runsEach, secondsEach } = state.board;
  const own = Object.values(state.runs).filter((run) => run.author === person.id);
  if (runsEach !== null && own.length >= runsEach) {
    return refused('limit-reached', `you have had ${own.length} runs; the limit is ${runsEach}`).error;
  }
  const seconds = secondsLeft(configuration, fork, given);
  if (secondsEach === null || seconds === null) return null;
  const spent = own.reduce(
    (sum, run) => sum + (secondsLeft(run.configuration, run.origin?.step ?? null, given) ?? 0),
    0,
  );
  if (spent + seconds <= secondsEach) return null;
  const message = `the run needs about ${Math.round(seconds)} s of training and your runs have had ${Math.round(spent)} s; the limit is ${secondsEach} s`;
  return refused('too-expensive', message).error;
}

/** Estimated seconds of one thread for what is left to train of a configuration; null while nobody knows. */
function secondsLeft(configuration: RunConfiguration, fork: number | null, given: Circumstances): number | null {
  const seconds = given.secondsOf(configuration);
  return seconds === null ? null : seconds * Math.max(0, 1 - (fork ?? 0) / planOf(configuration).steps);
}
