/** What is secret of polls: everybody's answers, and which texts the host lets be shown. Folded like all secrets, see secrets.ts. */
import type { NumberedEvent } from './events.ts';
import type { SecretPollRound } from './polls.ts';
import { lookUp, type PersonId, type PollId } from './state.ts';

/** `shown`: what the host decided about a text, by the text, so that equal answers are judged once. */
export type PollSecret = {
  readonly rounds: readonly SecretPollRound[];
  readonly shown: Readonly<Record<string, boolean>>;
};
export type PollSecrets = Readonly<Record<PollId, PollSecret>>;

type PollEvent = Extract<NumberedEvent, { type: 'poll-answered' | 'poll-hands-counted' | 'poll-text-judged' }>;

const emptyRound: SecretPollRound = { answers: {}, hands: [] };
const emptySecret: PollSecret = { rounds: [], shown: {} };

/** Returns what is known of polls after one more event; without its private part nothing changes. */
export function evolvePollSecrets(secrets: PollSecrets, event: PollEvent): PollSecrets {
  const was = lookUp(secrets, event.data.poll) ?? emptySecret;
  const withPoll = (changed: PollSecret): PollSecrets => ({ ...secrets, [event.data.poll]: changed });
  switch (event.type) {
    case 'poll-answered': {
      const { private: answer } = event;
      if (answer === undefined) return secrets;
      const { round, person } = event.data;
      return withPoll(
        withRound(was, round, ({ answers, hands }) => ({ hands, answers: { ...answers, [person]: answer } })),
      );
    }
    case 'poll-hands-counted': {
      const { private: hands } = event;
      return hands === undefined
        ? secrets
        : withPoll(withRound(was, event.data.round, ({ answers }) => ({ answers, hands })));
    }
    case 'poll-text-judged': {
      const { private: judged } = event;
      return judged === undefined
        ? secrets
        : withPoll({ ...was, shown: { ...was.shown, [judged.text]: judged.shown } });
    }
    default:
      return event satisfies never;
  }
}

/** One round of a poll as the secrets have it. */
export const secretRound = (secrets: PollSecrets, poll: PollId, round: number): SecretPollRound =>
  lookUp(secrets, poll)?.rounds[round - 1] ?? emptyRound;

/** Whether the host lets a text be shown. */
export const isShown = (secrets: PollSecrets, poll: PollId, text: string): boolean =>
  lookUp(lookUp(secrets, poll)?.shown ?? {}, text) === true;

/** What somebody who does not lead may know: their own answers. */
export function ownPollSecrets(secrets: PollSecrets, person: PersonId): PollSecrets {
  const own = ({ answers }: SecretPollRound): SecretPollRound => {
    const answer = lookUp(answers, person);
    return { answers: answer === undefined ? {} : { [person]: answer }, hands: [] };
  };
  const polls = Object.entries(secrets).map(
    ([id, { rounds }]) => [id, { rounds: rounds.map(own), shown: {} }] as const,
  );
  return Object.fromEntries(polls);
}

/** What somebody answered under a later entry counts for the first one. */
export function mergedPollSecrets(secrets: PollSecrets, from: PersonId, into: PersonId): PollSecrets {
  const merged = (round: SecretPollRound): SecretPollRound => {
    const { [from]: moved, ...answers } = round.answers;
    return moved === undefined ? round : { ...round, answers: { ...answers, [into]: moved } };
  };
  const polls = Object.entries(secrets).map(
    ([id, { rounds, shown }]) => [id, { rounds: rounds.map(merged), shown }] as const,
  );
  return Object.fromEntries(polls);
}

function withRound(
  { rounds, shown }: PollSecret,
  round: number,
  change: (was: SecretPollRound) => SecretPollRound,
): PollSecret {
  const changed = Array.from({ length: Math.max(rounds.length, round) }, (_, n) => {
    const was = rounds[n] ?? emptyRound;
    return n === round - 1 ? change(was) : was;
  });
  return { rounds: changed, shown };
}
