/** What one person did in a room: guesses against what came out, proposals and what became of them, notes. */
import { secretRounds } from './own-guesses.ts';
import type { Guess } from '../../shared/protocol/guesses.ts';
import { lookUp, type Person, type RoomState } from '../../shared/protocol/state.ts';
import { choiceSaid, guessSaid } from '../../shared/words/guess-said.ts';
import { guessWordsIn } from '../../shared/words/guess-words.ts';
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { onOneLine, saidDifferences } from '../../shared/words/difference.ts';
import { baseOf, nameOfBase, runOfProposal } from '../panels/lineage.ts';
import type { Session } from './session.ts';

type Of = { readonly state: RoomState; readonly you: Person };

/** Draws the person's guesses, those that wait for their reveal too. */
export function MyGuesses({ session, you }: { readonly session: Session; readonly you: Person }) {
  const { say } = useWords();
  const guesses = Object.values(session.state.guesses);
  if (guesses.length === 0) return null;
  return (
    <section>
      <h2>{say('me.guesses.title')}</h2>
      {guesses.map((guess) => (
        <MyGuess key={guess.id} session={session} you={you} guess={guess} />
      ))}
    </section>
  );
}

type GuessProps = { readonly session: Session; readonly you: Person; readonly guess: Guess };

function MyGuess({ session: { state, secrets }, you, guess }: GuessProps) {
  const { say, language } = useWords();
  const words = guessWordsIn(language);
  const run = lookUp(state.runs, guess.run);
  const rounds = secretRounds(secrets, guess.id, you.id);
  const question = words.say('guess.question', {
    last: run?.configuration.hidden.length ?? 0,
    step: wholeNumber(guess.step, language),
  });
  const own = rounds.map((choice) => choiceSaid(words, choice));
  const [first = '', second = first] = own;
  return (
    <article data-testid={`my-${guess.id}`}>
      <h3>
        {say('me.guess.of', { label: run?.label ?? '' })} {question}
      </h3>
      <p>
        {own.length === 0
          ? say('me.guess.none')
          : first === second
            ? say('me.guess.said', { choice: first })
            : say('me.guess.changed', { choice: second, before: first })}
        {language === 'en' ? ' ' : ''}
        {guessSaid(words, guess).join(language === 'en' ? ' ' : '')}
      </p>
    </article>
  );
}

/** Draws the person's proposals. */
export function MyProposals({ state, you }: Of) {
  const words = useWords();
  const { say } = words;
  const own = Object.values(state.proposals).filter(({ author }) => author === you.id);
  if (own.length === 0) return null;
  return (
    <section>
      <h2>{say('me.proposals.title')}</h2>
      <ul>
        {own.map((proposal) => {
          const base = baseOf(state, proposal.base);
          const changes = saidDifferences(words, base.configuration, proposal.configuration).map(onOneLine).join('; ');
          const started = runOfProposal(state, proposal);
          const standing =
            started === undefined
              ? say(`board.standing.${proposal.standing.kind}`)
              : say('board.standing.started', { label: started.label });
          return (
            <li key={proposal.id}>
              {nameOfBase(say, base)}: {changes} <span className="soft">({standing})</span>
              {proposal.reason !== '' && <blockquote>{proposal.reason}</blockquote>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Draws the person's notes. */
export function MyNotes({ state, you }: Of) {
  const { say, language } = useWords();
  const own = Object.values(state.pins).filter(({ author }) => author === you.id);
  if (own.length === 0) return null;
  return (
    <section>
      <h2>{say('me.notes.title')}</h2>
      <ul>
        {own.map((pin) => (
          <li key={pin.id}>
            <strong>
              {say('me.note', {
                label: lookUp(state.runs, pin.run)?.label ?? '',
                step: wholeNumber(pin.step, language),
              })}
            </strong>{' '}
            {pin.text}
          </li>
        ))}
      </ul>
    </section>
  );
}
