/** What all parts of a report share: the room at its moment, for whom it is written, and how people are called in it. */
import type { Secrets } from '../../shared/protocol/secrets.ts';
import { leads } from '../../shared/protocol/roles.ts';
import type { Reader } from '../../shared/protocol/session-file.ts';
import { lookUp, type PersonId, type RoomRun, type RoomState } from '../../shared/protocol/state.ts';
import type { RunStore } from '../store/runs.ts';
import type { Curves } from '../../shared/serving/curves.ts';
import { type Html, markup, typed } from './html.ts';
import type { ReportWords } from './words.ts';

export type Lesson = {
  readonly state: RoomState;
  /** What people told the room in confidence, as far as the reader may know it. */
  readonly secrets: Secrets;
  readonly reader: Reader;
  readonly at: number;
  /** Whether people are called by their names; otherwise by number. */
  readonly names: boolean;
  readonly timeZone: string | undefined;
  readonly words: ReportWords;
  readonly runs: RunStore;
  readonly curves: Curves;
};

/** Everybody who took part: who came to learn, in the order of coming. */
export const participants = ({ people }: RoomState) =>
  Object.values(people).filter(
    ({ role, out, pretend }) => role === 'student' && out?.kind !== 'merged' && pretend === undefined,
  );

/** Whether somebody is a student whom the server plays in a rehearsal; what they said is nobody's opinion. */
export const isPretend = ({ people }: RoomState, id: PersonId): boolean => lookUp(people, id)?.pretend === true;

/** What somebody is called: those who lead by what they are, others by name or, where names are not wanted, by number. */
export function called({ state, names, words }: Lesson, id: PersonId): Html {
  const person = lookUp(state.people, id);
  if (person === undefined) return markup``;
  if (names) return typed(person.name);
  if (leads(person.role)) return markup`${words.say('person.host')}`;
  const number = participants(state).findIndex((one) => one.id === id) + 1;
  return markup`${words.say('person.student', { number })}`;
}

/** Whether the class looked at a run together: it was shown, guessed about or noted upon. */
export const wasLookedAt = ({ playhead, guesses, pins }: RoomState, { id, shownTo }: RoomRun): boolean =>
  shownTo >= 0 ||
  playhead?.run === id ||
  Object.values(guesses).some((guess) => guess.run === id) ||
  Object.values(pins).some((pin) => pin.run === id);
