/** The polls that were revealed: their questions, and how the answers of each round were spread. */
import type { Poll, PollTally } from '../../shared/protocol/polls.ts';
import { type Html, markup, typed } from './html.ts';
import type { Lesson } from './lesson.ts';

/** Writes the section; nothing where no poll was revealed. */
export function polls({ state, words }: Lesson): Html | null {
  const { say } = words;
  const revealed = Object.values(state.polls).flatMap((poll) => {
    const { standing } = poll;
    return standing.kind === 'revealed' ? [{ poll, ...standing }] : [];
  });
  if (revealed.length === 0) return null;
  return markup`<section><h2>${say('polls.title')}</h2>${revealed.map(
    ({ poll, tallies, right }) => markup`<article><h3>${typed(poll.question)}</h3>
<table class="spread"><thead><tr><th scope="col">${say('guess.choice')}</th>${tallies.map(
      ({ people }, index) =>
        markup`<th scope="col">${say('guess.round', { round: index + 1, answers: say('guess.answers', { count: people }) })}</th>`,
    )}</tr></thead><tbody>${rowsOf(poll, tallies).map(
      ({ name, counts }, index) =>
        markup`<tr${right.includes(index) ? markup` class="truth"` : null}><th scope="row">${typed(name)}${right.includes(index) ? markup` <em>◂ ${say('polls.right')}</em>` : null}</th>${counts.map((count) => markup`<td>${count}</td>`)}</tr>`,
    )}</tbody></table></article>`,
  )}</section>`;
}

type Row = { readonly name: string; readonly counts: readonly number[] };

/** A row an answer, a count a round. */
function rowsOf({ options }: Poll, tallies: readonly PollTally[]): Row[] {
  const counted = tallies.map((tally) => {
    if ('options' in tally) return new Map(options.map((option, index) => [option, tally.options[index] ?? 0]));
    return new Map<string, number>(
      ('numbers' in tally ? tally.numbers : tally.texts).map(([value, count]) => [String(value), count]),
    );
  });
  const names = options.length > 0 ? options : [...new Set(counted.flatMap((counts) => [...counts.keys()]))];
  return names.map((name) => ({ name, counts: counted.map((counts) => counts.get(name) ?? 0) }));
}
