/** The class on one screen, for who leads: what it believed, what changed, which question divided it, what to teach again. */
import type { RoomState } from '../../shared/protocol/state.ts';
import { choiceSaid } from '../../shared/words/guess-said.ts';
import { guessWordsIn } from '../../shared/words/guess-words.ts';
import { fromWireNumber } from '../../shared/protocol/wire-numbers.ts';
import { percent, times } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { lookBack, type LookedBack, mostDivided, toReteach } from './looked-back.ts';

/** Draws the table of guesses and what follows from it. */
export function ClassPart({ state }: { readonly state: RoomState }) {
  const { say } = useWords();
  const all = lookBack(state);
  if (all.length === 0) return <p>{say('class.none')}</p>;
  const divided = mostDivided(all);
  const again = all.filter(({ right }) => right !== null && right.after < toReteach);
  return (
    <section data-testid="class-part">
      <table className="after-table">
        <caption>{say('class.title')}</caption>
        <thead>
          <tr>
            {(['run', 'believed', 'truth', 'right', 'answers'] as const).map((column) => (
              <th key={column} scope="col">
                {say(`class.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {all.map((one) => (
            <Row key={one.guess.id} one={one} />
          ))}
        </tbody>
      </table>
      {divided !== undefined && all.length > 1 && <p>{say('class.divided', { label: divided.run.label })}</p>}
      <p>
        {again.length === 0
          ? say('class.again.none')
          : say('class.again', { labels: again.map(({ run }) => run.label).join(', ') })}
      </p>
    </section>
  );
}

function Row({ one: { guess, run, answers, believed, right } }: { readonly one: LookedBack }) {
  const { say, language } = useWords();
  const words = guessWordsIn(language);
  const truth = guess.standing.kind === 'revealed' ? guess.standing.truth : null;
  const share = (value: number): string => percent(value, language, 0);
  const ratio = truth === null ? Number.NaN : fromWireNumber(truth.ratio);
  return (
    <tr>
      <th scope="row">{run.label}</th>
      <td>{say('class.believed', { choice: choiceSaid(words, believed.choice), share: share(believed.share) })}</td>
      <td>
        {Number.isNaN(ratio)
          ? '–'
          : ratio < 1
            ? say('class.faster', { ratio: times(1 / ratio, language) })
            : say('class.slower', { ratio: times(ratio, language) })}
      </td>
      <td>
        {right === null
          ? '–'
          : guess.round === 1
            ? share(right.before)
            : say('class.right', { before: share(right.before), after: share(right.after) })}
      </td>
      <td>{answers}</td>
    </tr>
  );
}
