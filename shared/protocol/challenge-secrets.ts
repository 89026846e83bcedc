/** What is secret of challenges: which curve of a match is which, and what everybody answered. Folded like all secrets, see secrets.ts. */
import type { ChallengeId, MatchKey } from './challenges.ts';
import type { NumberedEvent } from './events.ts';
import { lookUp, type PersonId } from './state.ts';

/** `key` is null for those who may not know it. */
export type ChallengeSecret = {
  readonly key: MatchKey | null;
  readonly answers: Readonly<Record<PersonId, readonly number[]>>;
};
export type ChallengeSecrets = Readonly<Record<ChallengeId, ChallengeSecret>>;

const nothing: ChallengeSecret = { key: null, answers: {} };

/** Returns what is known after one more event; without its private part nothing changes. */
export function evolveChallengeSecrets(
  secrets: ChallengeSecrets | undefined,
  event: Extract<NumberedEvent, { type: 'challenge-opened' | 'match-answered' }>,
): ChallengeSecrets | undefined {
  const { challenge } = event.data;
  const was = lookUp(secrets ?? {}, challenge) ?? nothing;
  if (event.type === 'challenge-opened') {
    return event.private === undefined ? secrets : { ...secrets, [challenge]: { ...was, key: event.private } };
  }
  if (event.private === undefined) return secrets;
  return { ...secrets, [challenge]: { ...was, answers: { ...was.answers, [event.data.person]: event.private } } };
}

/** What somebody who does not lead may know: their own answers. */
export function ownChallengeSecrets(
  secrets: ChallengeSecrets | undefined,
  person: PersonId,
): ChallengeSecrets | undefined {
  return eachSecret(secrets, ({ answers }) => {
    const answer = lookUp(answers, person);
    return { key: null, answers: answer === undefined ? {} : { [person]: answer } };
  });
}

/** What somebody answered under a later entry counts for the first one. */
export function mergedChallengeSecrets(
  secrets: ChallengeSecrets | undefined,
  from: PersonId,
  into: PersonId,
): ChallengeSecrets | undefined {
  return eachSecret(secrets, ({ key, answers }) => {
    const { [from]: moved, ...others } = answers;
    return { key, answers: moved === undefined ? others : { ...others, [into]: moved } };
  });
}

const eachSecret = (
  secrets: ChallengeSecrets | undefined,
  change: (secret: ChallengeSecret) => ChallengeSecret,
): ChallengeSecrets | undefined =>
  secrets === undefined
    ? undefined
    : Object.fromEntries(Object.entries(secrets).map(([id, secret]) => [id, change(secret)] as const));
