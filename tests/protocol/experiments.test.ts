/** The experiments and lessons as texts and settings: whole in both languages, in the glossary's words, and ready to be taught. */
import { expect, test } from 'vitest';
import { experiments } from '../../shared/experiments/experiments.ts';
import { lessons } from '../../shared/experiments/lessons/lessons.ts';
import { parseLesson } from '../../shared/protocol/parse-lesson.ts';
import { lessonSchema } from '../../shared/protocol/lesson-schema.ts';
import { type LessonStep, type LessonText, trainedBy } from '../../shared/protocol/lessons.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import { readFollowed, writeFollowed, defaultView } from '../../client/view/view.ts';

/** Every text of a step, with where it stands. */
function textsOf(step: LessonStep<unknown>): [string, LessonText][] {
  const { title, text, note, hint, of, formulas = [], checks = [], printed = [], tries = [] } = step;
  const asked = step.kind === 'question' ? step.options : [];
  return [
    ['title', title],
    ['text', text],
    ...(note === undefined ? [] : [['note', note] as [string, LessonText]]),
    ...(hint === undefined ? [] : [['hint', hint] as [string, LessonText]]),
    ...(of === undefined ? [] : [['of', of] as [string, LessonText]]),
    ...('lead' in step ? [['lead', step.lead] as [string, LessonText]] : []),
    ...(step.kind === 'question' ? [['question', step.question] as [string, LessonText]] : []),
    ...asked.flatMap(({ text: option, why }): [string, LessonText][] => [
      ['option', option],
      ['why', why],
    ]),
    ...formulas.map(({ spoken }): [string, LessonText] => ['formula', spoken]),
    ...[...checks, ...printed, ...tries].map((one): [string, LessonText] => ['extra', one.text]),
  ];
}

test.each(lessons)('$id can be taught', (lesson) => {
  const read = lessonSchema.safeParse(lesson);
  expect(read.error?.issues ?? []).toEqual([]);
  expect(parseLesson(lesson, defaultLimits)).toMatchObject({ ok: true });
});

test.each(lessons)('$id says the same in both languages', ({ steps }) => {
  for (const [n, step] of steps.entries()) {
    for (const [where, text] of textsOf(step)) {
      const at = `step ${n}, ${where}: ${text.en.slice(0, 40)}`;
      expect(text.en.trim(), at).not.toBe('');
      expect(text.en, at).not.toMatch(/\p{Script=Han}/u);
      // Choices may be numbers alone.
      const isWords = /\p{Letter}{3}/u.test(text.en);
      expect(!isWords || /\p{Script=Han}/u.test(text['zh-CN']), at).toBe(true);
      const paragraphs = (one: string): string[] => one.split('\n\n').map((part) => /^\[\d+\]$/.exec(part)?.[0] ?? '');
      expect(paragraphs(text['zh-CN']), at).toEqual(paragraphs(text.en));
      expect(numbersIn(text['zh-CN']), at).toEqual(numbersIn(text.en));
    }
  }
});

/** Numbers with a digit of their own, which no translation changes; small ones are often words in one of the languages. */
const numbersIn = (text: string): string[] =>
  [...new Set(text.match(/\d[\d,]*\.\d+|\d{1,3}(?:,\d{3})+|\d{3,}/g) ?? [])].toSorted();

const banned: readonly [RegExp, string][] = [
  [/学习速率/, '学习速度 (speed) or 学习率 (learning rate)'],
  [/深层|浅层/, '靠近输出的层, 靠近输入的层'],
  [/时代|纪元/, '轮'],
  [/预测/, '猜测 (of a student), 回答 (of a network)'],
  [/偏差/, '偏置'],
  [/种子(?!）)/, '随机种子'],
];

test('keeps to the glossary in Chinese', () => {
  for (const { id, steps } of lessons) {
    for (const step of steps) {
      for (const [where, text] of textsOf(step)) {
        const words = text['zh-CN'].replaceAll('随机种子', '');
        for (const [word, instead] of banned) expect(words, `${id}, ${where}: say ${instead}`).not.toMatch(word);
      }
    }
  }
});

test('refers to formulas, runs and views that are there', () => {
  for (const { id, steps } of lessons) {
    for (const step of steps) {
      const { formulas = [], checks = [], printed = [], view, tries = [] } = step;
      const at = `${id}: ${step.title.en}`;
      const named = [...step.text.en.matchAll(/^\[(\d+)\]$/gm)].map(([, n]) => Number(n));
      expect(new Set(named), at).toEqual(new Set(formulas.map((_, n) => n + 1)));
      const runs = trainedBy(step).length;
      for (const { reading } of [...checks, ...printed]) expect(reading.run, at).toBeLessThan(runs);
      for (const { least, most } of checks) expect(least ?? most, at).not.toBeNull();
      expect(tries.length === 0 || runs > 0, at).toBe(true);
      // Every part of a view is one that the page knows.
      const address = new URLSearchParams((view ?? '').replace('{runs}', 'run-1').replace('plot=layers', ''));
      const understood = writeFollowed({ ...defaultView, ...readFollowed(address.toString()) }, 500);
      expect([...new URLSearchParams(understood).keys()].toSorted(), at).toEqual([...address.keys()].toSorted());
    }
  }
});

test('numbers the experiments in the order of the chapter', () => {
  expect(experiments.map(({ number }) => number)).toEqual(Array.from({ length: 14 }, (_, n) => n + 1));
  expect(new Set(lessons.map(({ id }) => id)).size).toBe(lessons.length);
});

test('has in each lesson about the minutes of its name', () => {
  const minutesOf = (id: string): number =>
    lessons.find((lesson) => lesson.id === id)?.steps.reduce((sum, { minutes = 0 }) => sum + minutes, 0) ?? 0;
  expect(minutesOf('minutes-15')).toBeGreaterThanOrEqual(13);
  expect(minutesOf('minutes-15')).toBeLessThanOrEqual(17);
  expect(minutesOf('minutes-45')).toBeGreaterThanOrEqual(40);
  expect(minutesOf('minutes-45')).toBeLessThanOrEqual(48);
  for (const half of ['double-1', 'double-2']) {
    expect(minutesOf(half), half).toBeGreaterThanOrEqual(40);
    expect(minutesOf(half), half).toBeLessThanOrEqual(48);
  }
});

test('takes all that goes deeper home, and every step of a lesson has its minutes', () => {
  const lessonNamed = (id: string) => lessons.find((lesson) => lesson.id === id)?.steps ?? [];
  const deeper = experiments.filter((one) => one.deeper);
  expect(deeper.map(({ number }) => number)).toEqual([1, 2, 9, 11, 12]);
  expect(lessonNamed('home').map(({ title }) => title)).toEqual(
    deeper.flatMap(({ parts }) => Object.values(parts).map(({ title }) => title)),
  );
  for (const { id, steps } of lessons.filter(({ id: name }) => name !== 'depth')) {
    for (const { title, minutes } of steps) expect(minutes ?? 0, `${id}: ${title.en}`).toBeGreaterThan(0);
  }
  // What an experiment says that it takes is what its steps take.
  for (const { id, minutes, parts } of experiments) {
    const sum = Object.values(parts).reduce((all, part) => all + (part.minutes ?? 0), 0);
    expect(Math.abs(sum - minutes), id).toBeLessThanOrEqual(3);
  }
});
