/** What events do to the polls of a room. */
import type { NumberedEvent } from './events.ts';
import { inOrder, type Poll, type PollTally } from './polls.ts';
import type { PollId } from './state.ts';

export type PollEvent = Extract<
  NumberedEvent,
  {
    type:
      | 'poll-opened'
      | 'poll-answered'
      | 'poll-hands-counted'
      | 'poll-closed'
      | 'poll-reopened'
      | 'poll-revealed'
      | 'poll-text-judged';
  }
>;
type Polls = Readonly<Record<PollId, Poll>>;

/** Returns the polls after one more event. */
export function evolvePolls(polls: Polls, event: PollEvent): Polls {
  switch (event.type) {
    case 'poll-opened': {
      const { poll: id, closesAt, ...rest } = event.data;
      const standing = { kind: 'open', closesAt } as const;
      return { ...polls, [id]: { id, at: event.at, ...rest, round: 1, answered: [[]], standing } };
    }
    case 'poll-answered': {
      const { poll, round, person } = event.data;
      return withPoll(polls, poll, ({ answered }) => ({
        answered: answered.map((people, n) =>
          n !== round - 1 || people.includes(person) ? people : [...people, person],
        ),
      }));
    }
    case 'poll-hands-counted':
      return polls;
    case 'poll-closed':
      return withPoll(polls, event.data.poll, () => ({ standing: { kind: 'closed' } }));
    case 'poll-reopened': {
      const { poll, closesAt } = event.data;
      const standing = { kind: 'open', closesAt } as const;
      return withPoll(polls, poll, ({ answered }) => ({ round: 2, answered: [...answered, []], standing }));
    }
    case 'poll-revealed': {
      const { poll, tallies, right } = event.data;
      return withPoll(polls, poll, () => ({ standing: { kind: 'revealed', at: event.at, tallies, right } }));
    }
    case 'poll-text-judged': {
      const { poll, told } = event.data;
      if (told === null) return polls;
      return withPoll(polls, poll, ({ standing }) => {
        if (standing.kind !== 'revealed') throw new Error(`invariant violation: a text of ${poll} before its reveal`);
        const tallies = standing.tallies.map((tally, n) => withText(tally, told.text, told.counts[n] ?? 0));
        return { standing: { ...standing, tallies } };
      });
    }
    default:
      return event satisfies never;
  }
}

function withText(tally: PollTally, text: string, count: number): PollTally {
  if (!('texts' in tally)) return tally;
  const others = tally.texts.filter(([one]) => one !== text);
  return { ...tally, texts: count === 0 ? others : inOrder([...others, [text, count]]) };
}

function withPoll(polls: Polls, id: PollId, change: (poll: Poll) => Partial<Poll>): Polls {
  const poll = polls[id];
  if (poll === undefined) throw new Error(`invariant violation: an event names ${id}, which the room does not have`);
  return { ...polls, [id]: { ...poll, ...change(poll) } };
}
