/** What somebody answered to a guess, a choice a round; only rounds that were answered are there. */
import type { GuessChoice } from '../../shared/protocol/guesses.ts';
import type { Secrets } from '../../shared/protocol/secrets.ts';
import { type GuessId, lookUp, type PersonId } from '../../shared/protocol/state.ts';

/** Reads the choices of one person. */
export const secretRounds = (secrets: Secrets, guess: GuessId, person: PersonId): GuessChoice[] =>
  (lookUp(secrets.guesses, guess) ?? []).flatMap(({ answers }) => lookUp(answers, person)?.choice ?? []);
