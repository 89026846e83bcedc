/** What the class measured together: its map, its rescues by rank, and what it took for what. */
import {
  cellOf,
  type Challenge,
  isMap,
  isMatch,
  isRescue,
  type MapChallenge,
  type MatchTruth,
  type MatchChallenge,
  type RescueChallenge,
} from '../../shared/protocol/challenges.ts';
import { leading, ranked } from '../../shared/protocol/rescue-ranking.ts';
import { fromWireNumber } from '../../shared/protocol/wire-numbers.ts';
import { saidThing } from '../../shared/words/difference.ts';
import { percent, plainNumber, wholeNumber } from '../../shared/words/numbers.ts';
import { type Html, markup } from './html.ts';
import type { Lesson } from './lesson.ts';

/** Writes the section; nothing where nothing was measured, and of a match nothing before its reveal. */
export function challenges({ state, words }: Lesson): Html | null {
  const parts = Object.values(state.challenges ?? {}).flatMap((one) => partOf(one, words) ?? []);
  return parts.length === 0 ? null : markup`<section><h2>${words.say('challenges.title')}</h2>${parts}</section>`;
}

function partOf(challenge: Challenge, words: Lesson['words']): Html | null {
  if (challenge.points.length === 0) return null;
  if (isMap(challenge)) return mapPart(challenge, words);
  if (isRescue(challenge)) return rescuePart(challenge, words);
  return isMatch(challenge) && challenge.truth !== null ? matchPart(challenge, challenge.truth, words) : null;
}

function mapPart({ task, points }: MapChallenge, { say, language }: Lesson['words']): Html {
  const known = new Map(points.map(([index, , accuracy]) => [index, accuracy] as const));
  const width = task.variances.length;
  const rows = task.depths
    .map((depth, row) => {
      const cells = task.variances.map((_, column) => {
        const accuracy = known.get(row * width + column);
        return markup`<td>${accuracy === undefined ? '' : percent(fromWireNumber(accuracy), language, 0)}</td>`;
      });
      return markup`<tr><th scope="row">${depth}</th>${cells}</tr>`;
    })
    .toReversed();
  const heads = task.variances.map(
    (_, column) => markup`<th scope="col">${plainNumber(cellOf(task, column).variance, language)}</th>`,
  );
  const count = wholeNumber(points.length, language);
  return markup`<h3>${say('challenges.map', { count })}</h3><table><tbody>${rows}</tbody><tfoot><tr><th scope="row">σw²</th>${heads}</tr></tfoot></table>`;
}

function rescuePart(challenge: RescueChallenge, words: Lesson['words']): Html {
  const { say, language } = words;
  const all = ranked(challenge).filter((one) => one.accuracies.length === one.seeds);
  const clear = leading(all).length === 1;
  const lines = all.map((one) => {
    const share = (value: number): string => percent(value, language);
    const values = { mean: share(one.mean), low: share(one.low), high: share(one.high) };
    const change = saidThing(words, challenge.task.configuration, one.configuration);
    return markup`<li>${say('challenges.rescue.line', { ...values, change })}</li>`;
  });
  const seeds = challenge.task.seeds.length;
  return markup`<h3>${say('challenges.rescue', { seeds })}</h3><p>${say(clear ? 'challenges.rescue.clear' : 'challenges.rescue.unclear')}</p><ol>${lines}</ol>`;
}

function matchPart(
  { task }: MatchChallenge,
  { confusion, people }: MatchTruth,
  { say, language }: Lesson['words'],
): Html {
  const names = task.configurations.map(({ name }) => name[language]);
  const heads = names.map((name) => markup`<th scope="col">${name}</th>`);
  const rows = confusion.map((counts, row) => {
    const cells = counts.map(
      (count, column) => markup`<td>${wholeNumber(count, language)}${row === column ? ' ✓' : ''}</td>`,
    );
    return markup`<tr><th scope="row">${names[row] ?? ''}</th>${cells}</tr>`;
  });
  const head = markup`<tr><th scope="col">${say('challenges.match.truth')}</th>${heads}</tr>`;
  return markup`<h3>${say('challenges.match', { people: wholeNumber(people, language) })}</h3><table><thead>${head}</thead><tbody>${rows}</tbody></table>`;
}
