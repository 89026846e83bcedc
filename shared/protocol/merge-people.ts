/**
 * Makes one person of two entries: whatever the state says of the one, it says of the other from then on. Every part of the
 * state that names people has its line here; a test looks through the whole state for a name that was forgotten.
 */
import { type Challenge, isMap, isMatch, isRescue } from './challenges.ts';
import type { Guess } from './guesses.ts';
import type { Poll } from './polls.ts';
import type { Question } from './questions.ts';
import { known, lookUp, type Person, type PersonId, type Proposal, type RoomState } from './state.ts';
import type { Sweep } from './sweeps.ts';

/** Returns the state in which `from` is `into`; the entry of `from` stays, so that its token still finds the person. */
export function mergePeople(state: RoomState, from: PersonId, into: PersonId): RoomState {
  const same = (id: PersonId): PersonId => (id === from ? into : id);
  const once = (ids: readonly PersonId[]): readonly PersonId[] =>
    ids.includes(from) ? [...new Set(ids.map(same))] : ids;
  const authored = <T extends { readonly author: PersonId }>(one: T): T => ({ ...one, author: same(one.author) });
  const proposal = (one: Proposal): Proposal => {
    const { standing } = one;
    return {
      ...authored(one),
      standing: 'by' in standing ? { ...standing, by: same(standing.by) } : standing,
      backers: once(one.backers),
      comments: one.comments.map(authored),
    };
  };
  const sweep = (one: Sweep): Sweep => ({ ...authored(one), groups: one.groups.map(once) });
  const { [from]: _team, ...teams } = state.teams;
  const guess = (one: Guess): Guess => ({ ...one, answered: one.answered.map(once) });
  const poll = (one: Poll): Poll => ({ ...one, answered: one.answered.map(once) });
  const question = (one: Question): Question => {
    const { author, standing, hiddenBy } = one;
    return {
      ...one,
      author: same(author),
      // Nobody has a vote for a question of their own.
      votes: once(one.votes).filter((id) => id !== same(author)),
      standing: standing.kind === 'open' ? standing : { ...standing, by: same(standing.by) },
      hiddenBy: hiddenBy === null ? null : same(hiddenBy),
    };
  };
  const challenge = (one: Challenge): Challenge => {
    if (isMap(one)) {
      const cells = Object.entries(one.cells).map(([cell, people]) => [cell, once(people)] as const);
      return { ...one, cells: Object.fromEntries(cells) };
    }
    if (isRescue(one)) return { ...one, rescues: one.rescues.map((its) => ({ ...its, by: once(its.by) })) };
    return isMatch(one) ? { ...one, answered: once(one.answered) } : one;
  };
  const { chat, challenges } = state;
  const { view, spotlight, asked } = state.lead;
  const merged: Person = { ...known(state.people, from), here: false, out: { kind: 'merged', into } };
  const first = known(state.people, into);
  return {
    ...state,
    people: {
      ...state.people,
      [from]: merged,
      [into]: { ...first, here: first.here || known(state.people, from).here },
    },
    raisedHands: once(state.raisedHands),
    ...(chat === undefined ? {} : { chat: { ...chat, messages: chat.messages.map(authored) } }),
    proposals: eachOf(state.proposals, proposal),
    runs: eachOf(state.runs, authored),
    pins: eachOf(state.pins, authored),
    guesses: eachOf(state.guesses, guess),
    polls: eachOf(state.polls, poll),
    questions: eachOf(state.questions, question),
    lead: {
      ...state.lead,
      view: view === null ? null : { ...view, by: same(view.by) },
      spotlight: spotlight === null ? null : same(spotlight),
      ...(asked === undefined ? {} : { asked: once(asked) }),
    },
    teams,
    sweeps: eachOf(state.sweeps, sweep),
    ...(challenges === undefined ? {} : { challenges: eachOf(challenges, challenge) }),
  };
}

const eachOf = <T>(record: Readonly<Record<string, T>>, change: (one: T) => T): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).map(([id, one]) => [id, change(one)]));

/** The entry that somebody has now, whichever of theirs were merged into it; undefined for nobody. */
export function entryOf(state: Pick<RoomState, 'people'>, id: PersonId): Person | undefined {
  const person = lookUp(state.people, id);
  return person?.out?.kind === 'merged' ? entryOf(state, person.out.into) : person;
}

/** The ids of everybody who is this person now: the own one, and those of entries that were merged into it. */
export function idsOf(state: Pick<RoomState, 'people'>, id: PersonId): PersonId[] {
  const merged = Object.values(state.people).filter(({ out }) => out?.kind === 'merged');
  return [id, ...merged.map((person) => person.id).filter((one) => entryOf(state, one)?.id === id)];
}
