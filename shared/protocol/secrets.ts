/**
 * Secrets: what an event's private part adds to what is known, folded on the server from all of them and on a page from those
 * it is sent. A person's own answers come to their pages, everybody's to the hosts'. Nothing here is part of the room's state.
 */
import {
  type ChallengeSecrets,
  evolveChallengeSecrets,
  mergedChallengeSecrets,
  ownChallengeSecrets,
} from './challenge-secrets.ts';
import type { NumberedEvent } from './events.ts';
import type { GuessAnswer, GuessChoice, RightAnswers } from './guesses.ts';
import { evolvePollSecrets, mergedPollSecrets, ownPollSecrets, type PollSecrets } from './poll-secrets.ts';
import { leads } from './roles.ts';
import { type GuessId, lookUp, type Person, type PersonId, type RunEnd, type RunId } from './state.ts';

/** Hands that a host has counted for each choice of a guess. */
export type Hands = Readonly<Partial<Record<GuessChoice, number>>>;

/** One round of a guess: what each person answered, what a host counted in the room, and when it was closed how many were right. */
export type SecretRound = {
  readonly answers: Readonly<Record<PersonId, GuessAnswer>>;
  readonly hands: Hands;
  readonly right: RightAnswers | null;
};

export type Secrets = {
  readonly guesses: Readonly<Record<GuessId, readonly SecretRound[]>>;
  /** How training ended behind a guess that is not revealed. */
  readonly ends: Readonly<Record<RunId, RunEnd>>;
  readonly polls: PollSecrets;
  /** Absent until there is one. */
  readonly challenges?: ChallengeSecrets;
};

export const noSecrets: Secrets = { guesses: {}, ends: {}, polls: {} };
const emptyRound: SecretRound = { answers: {}, hands: {}, right: null };

/** Returns what is known after one more event. To fold an event twice changes nothing, so that a page may hear it again. */
export function evolveSecrets(secrets: Secrets, event: NumberedEvent): Secrets {
  switch (event.type) {
    case 'guess-answered': {
      const answer = event.private;
      if (answer === undefined) return secrets;
      const { guess, round, person } = event.data;
      const change = (was: SecretRound): SecretRound => ({ ...was, answers: { ...was.answers, [person]: answer } });
      return withRound(secrets, guess, round, change);
    }
    case 'hands-counted': {
      const hands = event.private;
      if (hands === undefined) return secrets;
      return withRound(secrets, event.data.guess, event.data.round, (was) => ({ ...was, hands }));
    }
    case 'guess-closed': {
      const right = event.private;
      if (right === undefined) return secrets;
      return withRound(secrets, event.data.guess, event.data.round, (was) => ({ ...was, right }));
    }
    case 'run-ended': {
      const end = event.private;
      return end === undefined ? secrets : { ...secrets, ends: { ...secrets.ends, [event.data.run]: end } };
    }
    case 'people-merged':
      return withMerged(secrets, event.data.person, event.data.into);
    case 'poll-answered':
    case 'poll-hands-counted':
    case 'poll-text-judged':
      return { ...secrets, polls: evolvePollSecrets(secrets.polls, event) };
    case 'challenge-opened':
    case 'match-answered':
      return withChallenges(secrets, evolveChallengeSecrets(secrets.challenges, event));
    default:
      return secrets;
  }
}

/** What somebody answered under a later entry counts for the first one. */
function withMerged(secrets: Secrets, from: PersonId, into: PersonId): Secrets {
  const merged = (round: SecretRound): SecretRound => {
    const { [from]: moved, ...answers } = round.answers;
    return moved === undefined ? round : { ...round, answers: { ...answers, [into]: moved } };
  };
  const guesses = Object.entries(secrets.guesses).map(([id, rounds]) => [id, rounds.map(merged)] as const);
  return withChallenges(
    { ...secrets, guesses: Object.fromEntries(guesses), polls: mergedPollSecrets(secrets.polls, from, into) },
    mergedChallengeSecrets(secrets.challenges, from, into),
  );
}

const withChallenges = (secrets: Secrets, challenges: ChallengeSecrets | undefined): Secrets =>
  challenges === undefined ? secrets : { ...secrets, challenges };

function withRound(
  secrets: Secrets,
  guess: GuessId,
  round: number,
  change: (was: SecretRound) => SecretRound,
): Secrets {
  const rounds = lookUp(secrets.guesses, guess) ?? [];
  const changed = Array.from({ length: Math.max(rounds.length, round) }, (_, n) => {
    const was = rounds[n] ?? emptyRound;
    return n === round - 1 ? change(was) : was;
  });
  return { ...secrets, guesses: { ...secrets.guesses, [guess]: changed } };
}

/** Returns what one person may know of the secrets: hosts everything, others what they said themselves. */
export function secretsFor(secrets: Secrets, person: Pick<Person, 'id' | 'role'>): Secrets {
  if (leads(person.role)) return secrets;
  const own = ({ answers }: SecretRound): SecretRound => {
    const answer = lookUp(answers, person.id);
    return { answers: answer === undefined ? {} : { [person.id]: answer }, hands: {}, right: null };
  };
  const guesses = Object.entries(secrets.guesses).map(([id, rounds]) => [id, rounds.map(own)] as const);
  return withChallenges(
    { guesses: Object.fromEntries(guesses), ends: {}, polls: ownPollSecrets(secrets.polls, person.id) },
    ownChallengeSecrets(secrets.challenges, person.id),
  );
}

/** Whether an event's private part may be sent to somebody. */
export const mayKnow = (event: NumberedEvent, person: Pick<Person, 'id' | 'role'>): boolean =>
  event.by === person.id || leads(person.role);

/** Returns an event as somebody may see it who is neither its author nor a host. */
export function withoutPrivate(event: NumberedEvent): NumberedEvent {
  if (!('private' in event)) return event;
  const { private: _secret, ...told } = event;
  return told;
}
