/** A guess in the report: the question, how the class's answers were spread in each round, and what came out. */
import type { Guess, GuessAnswer, GuessChoice, GuessTally } from '../../shared/protocol/guesses.ts';
import { choiceNearest, guessChoices } from '../../shared/protocol/guesses.ts';
import { lookUp, type PersonId, type RoomRun } from '../../shared/protocol/state.ts';
import { wholeNumber } from '../../shared/words/numbers.ts';
import { markup, type Html, typed } from './html.ts';
import { called, isPretend, type Lesson } from './lesson.ts';
import { answersIn, choiceSaid, guessSaid } from '../../shared/words/guess-said.ts';

/** Reasons that are told of one guess; a class of 200 would fill pages. */
const mostReasons = 12;

export function guessPart(lesson: Lesson, run: RoomRun, guess: Guess): Html {
  const { say, language } = lesson.words;
  const question = say('guess.question', {
    last: run.configuration.hidden.length,
    step: wholeNumber(guess.step, language),
  });
  const { standing } = guess;
  const revealed = standing.kind === 'revealed' ? standing : null;
  const came = revealed?.truth ?? null;
  const truth = came === null ? null : choiceNearest(came.ratio);
  const tallies = revealed?.tallies.filter((tally) => answersIn(tally) > 0) ?? [];
  return markup`<section class="guess">
    <h3>${say('run.guess')}</h3>
    <p class="question">${question}</p>
    ${tallies.length === 0 ? null : spread(lesson, run, tallies, truth)}
    <p>${guessSaid(lesson.words, guess).join(language === 'en' ? ' ' : '')}</p>
    ${revealed === null ? null : reasons(lesson, guess)}
  </section>`;
}

function spread({ words }: Lesson, run: RoomRun, tallies: readonly GuessTally[], truth: GuessChoice | null): Html {
  const { say, language } = words;
  const most = Math.max(1, ...tallies.flatMap(({ choices }) => Object.values(choices)));
  const heading = (tally: GuessTally, round: number): string => {
    const answers = say('guess.answers', { count: answersIn(tally) });
    return tallies.length === 1 ? answers : say('guess.round', { round, answers });
  };
  return markup`<table class="spread">
    <caption class="hidden">
      ${say('guess.caption', { label: run.label })}
    </caption>
    <thead>
      <tr>
        <th scope="col">${say('guess.choice')}</th>
        ${tallies.map((tally, index) => markup`<th scope="col">${heading(tally, index + 1)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${guessChoices.map(
        (choice) =>
          markup`<tr${choice === truth ? markup` class="truth"` : null}><th scope="row">${choiceSaid(words, choice)}${choice === truth ? markup` <em>◂ ${say('guess.truth')}</em>` : null}</th>
${tallies.map(({ choices }) => bar(choices[choice] ?? 0, most, wholeNumber(choices[choice] ?? 0, language)))}</tr>`,
      )}
    </tbody>
  </table>`;
}

const bar = (count: number, most: number, said: string): Html =>
  markup`<td><span class="bar" style="width:${Math.round((count / most) * 75)}%"></span> ${said}</td>`;

/** Some of the reasons, for those who may know them: of each choice in turn, so that no opinion is left out. */
function reasons(lesson: Lesson, guess: Guess): Html | null {
  const rounds = lookUp(lesson.secrets.guesses, guess.id) ?? [];
  const given = rounds
    .flatMap(({ answers }) => Object.entries(answers))
    .filter(([person, { reason }]) => reason !== '' && !isPretend(lesson.state, person));
  const byChoice = Map.groupBy(given, ([, { choice }]) => choice);
  const chosen: [PersonId, GuessAnswer][] = [];
  for (let rank = 0; chosen.length < mostReasons && rank < given.length; rank++) {
    for (const choice of guessChoices) {
      const one = byChoice.get(choice)?.[rank];
      if (one !== undefined && chosen.length < mostReasons) chosen.push(one);
    }
  }
  if (chosen.length === 0) return null;
  return markup`<h4>${lesson.words.say('guess.reasons')}</h4>
    <ul class="reasons">
      ${chosen.map(
        ([person, { choice, reason }]) =>
          markup`<li>
            <strong>${choiceSaid(lesson.words, choice)}</strong>
            ${typed(reason)}${lesson.names ? markup` <span class="soft">(${called(lesson, person)})</span>` : null}
          </li>`,
      )}
    </ul>`;
}
