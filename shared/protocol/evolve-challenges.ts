/** Folds what happens to challenges. */
import { type Challenge, type ChallengeId, isMap, isMatch, isRescue } from './challenges.ts';
import type { NumberedEvent } from './events.ts';
import { assertNever } from './refusal.ts';
import { known, type RoomState } from './state.ts';

type ChallengeEvent = Extract<
  NumberedEvent,
  { readonly type: `challenge-${string}` | 'cells-claimed' | 'rescue-tried' | 'match-answered' }
>;
type Challenges = Readonly<Record<ChallengeId, Challenge>>;

/** Returns the challenges after one more event. */
export function evolveChallenges(challenges: RoomState['challenges'] = {}, event: ChallengeEvent): Challenges {
  const { challenge: id } = event.data;
  if (event.type === 'challenge-opened') {
    const { task, engine, flops } = event.data;
    const common = { id, at: event.at, engine, flops, revealed: false, points: [] };
    return { ...challenges, [id]: { ...common, ...beginning(task) } };
  }
  const was = known(challenges, id);
  return { ...challenges, [id]: changed(was, event) };
}

function beginning(task: Challenge['task']) {
  switch (task.kind) {
    case 'map':
      return { task, cells: {} };
    case 'rescue':
      return { task, rescues: [] };
    case 'match':
      return { task, answered: [], truth: null };
    default:
      return assertNever(task);
  }
}

function changed(was: Challenge, event: Exclude<ChallengeEvent, { type: 'challenge-opened' }>): Challenge {
  switch (event.type) {
    case 'cells-claimed': {
      if (!isMap(was)) return was;
      const { cells, person } = event.data;
      const claimed = cells.map(
        (cell) => [cell, [...(was.cells[cell] ?? []), ...(person === null ? [] : [person])]] as const,
      );
      return { ...was, cells: { ...was.cells, ...Object.fromEntries(claimed) } };
    }
    case 'rescue-tried': {
      if (!isRescue(was)) return was;
      const { rescue, person, configuration } = event.data;
      return configuration === undefined
        ? { ...was, rescues: was.rescues.map((one, n) => (n === rescue ? { ...one, by: [...one.by, person] } : one)) }
        : { ...was, rescues: [...was.rescues, { configuration, by: [person] }] };
    }
    case 'match-answered': {
      const { person } = event.data;
      return isMatch(was) && !was.answered.includes(person) ? { ...was, answered: [...was.answered, person] } : was;
    }
    case 'challenge-measured':
      return { ...was, points: [...was.points, ...event.data.points] };
    case 'challenge-revealed': {
      const { truth } = event.data;
      return isMatch(was) ? { ...was, revealed: true, truth } : { ...was, revealed: true };
    }
    default:
      return assertNever(event);
  }
}
