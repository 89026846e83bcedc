/** Makes a template of a room: its lesson, or where it was led by hand, the runs that it looked at, each as a guess. */
import { isMeasured, planOf } from '../../shared/core/plan.ts';
import { configurationWords } from '../../shared/words/configuration-words.ts';
import { shortNetwork } from '../../shared/words/difference.ts';
import { wordsFrom } from '../../shared/words/say.ts';
import type { LessonStep, LessonText } from '../../shared/protocol/lessons.ts';
import type { RoomRun, RoomState } from '../../shared/protocol/state.ts';
import { type EarlierTally, LEAST_ANSWERS, type Template, templateFormat } from '../../shared/protocol/template.ts';
import { wasLookedAt } from './lesson.ts';

/** As many as a template may have; and a guess compares two hidden layers at least. */
const mostSteps = 40;

/** With `tallies` also what the class guessed, where enough did: counts, and nobody's name. */
export function templateOf(state: RoomState, tallies: boolean): Template {
  const { title, base, lesson } = state;
  const steps = Object.values(state.runs)
    .filter((run) => wasLookedAt(state, run) && run.origin === null && run.configuration.hidden.length > 1)
    .slice(0, mostSteps)
    .map((run) => stepOf(state, run));
  const ofRuns = { id: 'template', title: { en: title, 'zh-CN': title }, steps };
  const plan = lesson?.plan ?? (steps.length === 0 ? null : ofRuns);
  const polls = Object.values(state.polls).map(({ question, kind, options }) => ({ question, kind, options }));
  const asked = state.prepared?.polls ?? [];
  const all = [...asked.filter((one) => !polls.some(({ question }) => question === one.question)), ...polls];
  const counted = tallies ? talliesOf(state) : [];
  return {
    kind: 'deltaroom-template',
    format: templateFormat,
    title,
    base,
    lesson: plan,
    board: state.board,
    ...(all.length === 0 ? {} : { polls: all }),
    ...(counted.length === 0 ? {} : { tallies: counted }),
  };
}

/** What was guessed at each step of the lesson, in the last round, where enough people did. */
function talliesOf({ lesson, guesses }: RoomState): EarlierTally[] {
  return Object.entries(lesson?.guesses ?? {}).flatMap(([step, id]) => {
    const { standing } = guesses[id] ?? {};
    const last = standing?.kind === 'revealed' ? standing.tallies.at(-1) : undefined;
    if (last === undefined) return [];
    const answers = Object.values(last.choices).reduce((sum, count) => sum + count, 0);
    return answers < LEAST_ANSWERS ? [] : [{ step: Number(step), choices: last.choices }];
  });
}

function stepOf(state: RoomState, { id, configuration }: RoomRun): LessonStep {
  const guess = Object.values(state.guesses).find(({ run }) => run === id);
  const asked = guess?.step ?? 0;
  return {
    kind: 'guess',
    title: titleOf(configuration),
    lead: { en: '', 'zh-CN': '' },
    configuration,
    step: isMeasured(planOf(configuration), asked) ? asked : null,
    asks: guess?.asks ?? { slowest: false, line: false },
    text: { en: '', 'zh-CN': '' },
  };
}

/** Names a network by its layers and activation, the same words in both languages but for the activation. */
function titleOf({ hidden, activation }: RoomRun['configuration']): LessonText {
  const said = (language: 'en' | 'zh-CN'): string =>
    `${shortNetwork(hidden)}, ${wordsFrom({ ...configurationWords.en, ...configurationWords[language] }, language).say(`activation.${activation}`)}`;
  // A network of many different widths has a long name.
  return { en: said('en').slice(0, 80), 'zh-CN': said('zh-CN').slice(0, 80) };
}
