/** What the class took for what, once a match is revealed: a row for each configuration, a column for what its curve was taken for. */
import type { MatchChallenge, MatchTruth } from '../../shared/protocol/challenges.ts';
import { lookUp } from '../../shared/protocol/state.ts';
import { percent, wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { useSaid } from '../lesson/use-said.ts';
import { useRoomView, useYou } from '../room/context.tsx';
import { outcomeOf } from './match-facts.ts';

/** Draws counts with a bar each; what is right has a frame and a word. */
export function Confusion({ challenge, truth }: { readonly challenge: MatchChallenge; readonly truth: MatchTruth }) {
  const { say, language } = useWords();
  const said = useSaid();
  const you = useYou();
  const own = useRoomView(({ secrets }) => lookUp(secrets.challenges ?? {}, challenge.id)?.answers[you.id] ?? null);
  const { configurations } = challenge.task;
  const nameOf = (n: number): string => {
    const its = configurations[n];
    return its === undefined ? '' : said(its.name);
  };
  const { right, all, mistake } = outcomeOf(truth);
  const number = (value: number): string => wholeNumber(value, language);
  const ownRight = own?.filter((one, curve) => one === truth.order[curve]).length ?? null;
  return (
    <>
      <p className="sentence" data-testid="match-sentence">
        {truth.people === 0
          ? say('match.nobody')
          : say('match.says', { share: percent(right / all, language, 0), people: number(truth.people) })}{' '}
        {mistake !== null &&
          say('match.mistake', {
            from: nameOf(mistake.from),
            to: nameOf(mistake.to),
            count: number(mistake.count),
          })}{' '}
        {ownRight !== null && say('match.own', { right: number(ownRight), of: number(configurations.length) })}
      </p>
      <div className="challenge-scroll">
        <table className="confusion" data-testid="confusion">
          <caption>{say('match.caption')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('match.column.truth')}</th>
              {configurations.map((_, n) => (
                <th key={n} scope="col">
                  {nameOf(n)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {configurations.map((_, row) => (
              <tr key={row}>
                <th scope="row">
                  {nameOf(row)}{' '}
                  <span className="soft">{say('match.curve', { curve: truth.order.indexOf(row) + 1 })}</span>
                </th>
                {configurations.map((__, column) => {
                  const count = truth.confusion[row]?.[column] ?? 0;
                  return (
                    <td key={column} data-right={row === column} data-testid={`confusion-${row}-${column}`}>
                      {number(count)}
                      {row === column && <span aria-hidden="true"> ✓</span>}
                      <span
                        className="confusion-bar"
                        aria-hidden="true"
                        style={{ width: `${truth.people === 0 ? 0 : (100 * count) / truth.people}%` }}
                      />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
