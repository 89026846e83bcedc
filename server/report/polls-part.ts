/** The polls that were revealed: their questions, and how the answers of each round were spread. */
import { questionOfPoll } from '../../shared/protocol/lessons.ts';
import type { Poll, PollTally } from '../../shared/protocol/polls.ts';
import { type Html, markup, typed } from './html.ts';
import type { Lesson } from './lesson.ts';

/** Writes the section; nothing where no poll was revealed. */
export function polls({ state, words }: Lesson): Html | null {
  const { say, language } = words;
  const revealed = Object.values(state.polls).flatMap((asked): Revealed[] => {
    const { standing } = asked;
    if (standing.kind !== 'revealed') return [];
    const ofLesson = questionOfPoll(state.lesson, asked.id);
    // In the language of the report, where the lesson has it.
    const worded =
      ofLesson === undefined
        ? asked
        : {
            ...asked,
            question: ofLesson.question[language],
            options: ofLesson.options.map(({ text }) => text[language]),
          };
    const { tallies, right } = standing;
    return [{ poll: worded, item: ofLesson?.item ?? null, tallies, right }];
  });
  const before = (one: Revealed): Revealed | undefined =>
    revealed.slice(0, revealed.indexOf(one)).findLast(({ item }) => item !== null && item === one.item);
  if (revealed.length === 0) return null;
  return markup`<section><h2>${say('polls.title')}</h2>${revealed.map((one) => {
    const { poll, tallies, right } = one;
    const earlier = before(one);
    return markup`<article><h3>${typed(poll.question)}</h3>${earlier === undefined ? null : markup`<p>${say('polls.change', { before: saidRight(earlier), after: saidRight(one) })}</p>`}
<table class="spread"><thead><tr><th scope="col">${say('guess.choice')}</th>${tallies.map(
      ({ people }, index) =>
        markup`<th scope="col">${say('guess.round', { round: index + 1, answers: say('guess.answers', { count: people }) })}</th>`,
    )}</tr></thead><tbody>${rowsOf(poll, tallies).map(
      ({ name, counts }, index) =>
        markup`<tr${right.includes(index) ? markup` class="truth"` : null}><th scope="row">${typed(name)}${right.includes(index) ? markup` <em>◂ ${say('polls.right')}</em>` : null}</th>${counts.map((count) => markup`<td>${count}</td>`)}</tr>`,
    )}</tbody></table></article>`;
  })}</section>`;
}

type Revealed = {
  readonly poll: Poll;
  /** By what the lesson knows the question, where it asks it twice. */
  readonly item: string | null;
  readonly tallies: readonly PollTally[];
  readonly right: readonly number[];
};

/** The share of right answers in the first round, before anybody had talked about it. */
function saidRight({ tallies, right }: Revealed): string {
  const [first] = tallies;
  const counts = first !== undefined && 'options' in first ? first.options : [];
  const rightly = right.reduce((sum, option) => sum + (counts[option] ?? 0), 0);
  return `${rightly}/${first?.people ?? 0}`;
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
