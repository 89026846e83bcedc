/** A guess that has been revealed: what oneself said, what it was, and how the class's answers are spread. */
import { choiceNearest, type Guess, type GuessTally, type GuessTruth } from '../../shared/protocol/guesses.ts';
import type { RoomRun } from '../../shared/protocol/state.ts';
import { wholeNumber } from '../i18n/numbers.ts';
import { useWords, type Words } from '../i18n/words.ts';
import { useYou } from '../room/context.tsx';
import { useSpoken } from '../shell/live-region.tsx';
import { leads } from '../../shared/protocol/roles.ts';
import { DrawnBeside } from './drawn-beside.tsx';
import { useOwnAnswer } from './hooks.ts';
import { saidOfLayer, saidRatio } from './said.ts';
import { Spread } from './spread.tsx';

type Props = { readonly guess: Guess; readonly run: RoomRun };

/** The verdict in one sentence: you said 10, it was 118. */
export function Verdict({ guess, run }: Props) {
  const words = useWords();
  const { role } = useYou();
  const first = useOwnAnswer(guess, 1);
  const second = useOwnAnswer(guess, 2);
  const { standing } = guess;
  const truth = standing.kind === 'revealed' ? standing.truth : null;
  const own = second ?? first;
  const said = saidVerdict(words, truth, own?.choice ?? null, role === 'student', run.configuration.hidden.length);
  useSpoken(said, false);
  if (standing.kind !== 'revealed') return null;
  return (
    <p className="verdict" data-testid="guess-verdict">
      {said}
    </p>
  );
}

function saidVerdict(
  words: Words,
  truth: GuessTruth | null,
  own: Parameters<typeof saidOfLayer>[1] | null,
  asked: boolean,
  last: number,
): string {
  const { say } = words;
  if (truth === null) return say('guess.verdict.unknown');
  const was = saidRatio(words, truth.ratio);
  if (own === null) return say(asked ? 'guess.verdict.none' : 'guess.verdict.plain', { truth: was, last });
  const key = choiceNearest(truth.ratio) === own ? 'guess.verdict.right' : 'guess.verdict.own';
  return say(key, { said: saidOfLayer(words, own), truth: was, last });
}

/** Draws verdict, spread, and what else was asked. */
export function Revealed({ guess, run }: Props) {
  const words = useWords();
  const { say, language } = words;
  const you = useYou();
  const first = useOwnAnswer(guess, 1);
  const second = useOwnAnswer(guess, 2);
  const { standing, asks } = guess;
  if (standing.kind !== 'revealed') return null;
  const { truth, tallies } = standing;
  const nearest = truth === null ? null : choiceNearest(truth.ratio);
  const drawn = (second ?? first)?.line ?? null;
  const rounds = tallies.filter((tally, n) => n === 0 || countOf(tally) > 0);
  const last = rounds.at(-1);
  return (
    <section className="panel revealed" aria-labelledby="revealed-title" data-testid="guess-revealed">
      <h2 id="revealed-title">{say('guess.revealed')}</h2>
      <Verdict guess={guess} run={run} />
      <Spread
        tallies={rounds}
        truth={
          truth === null || nearest === null
            ? null
            : { choice: nearest, said: say('guess.spread.truth', { truth: saidRatio(words, truth.ratio) }) }
        }
        own={
          leads(you.role) && first === null && second === null ? [] : [first?.choice ?? null, second?.choice ?? null]
        }
      />
      {asks.slowest && truth !== null && last !== undefined && (
        <p className="soft" data-testid="guess-slowest">
          {say('guess.slowest.was', {
            layer: truth.slowest,
            right: wholeNumber(last.slowest[truth.slowest] ?? 0, language),
            of: wholeNumber(
              Object.values(last.slowest).reduce((sum, count) => sum + count, 0),
              language,
            ),
          })}
        </p>
      )}
      {drawn !== null && <DrawnBeside run={run} line={drawn} />}
    </section>
  );
}

const countOf = ({ choices }: GuessTally): number => Object.values(choices).reduce((sum, count) => sum + count, 0);
