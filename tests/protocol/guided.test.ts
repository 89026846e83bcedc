/** The steps of a guided experiment: runs, sweeps and questions, led with the one button. */
import { describe, expect, test } from 'vitest';
import type { Lesson, QuestionOption } from '../../shared/protocol/lessons.ts';
import { nextMove, skipMove } from '../../shared/protocol/next-move.ts';
import { configured } from '../core/networks.ts';
import { small, TestRoom } from './room.ts';

const said = (text: string) => ({ en: text, 'zh-CN': `${text}。` });
const option = (text: string, right = false): QuestionOption => ({
  text: said(text),
  right,
  why: said(`Since ${text}`),
});

/** Two runs, a sweep, a question; a guess with a hint. */
const guided: Lesson = {
  id: 'guided',
  title: said('Guided'),
  steps: [
    {
      kind: 'runs',
      title: said('Two runs'),
      lead: said('Watch.'),
      runs: [configured(small), configured({ ...small, hidden: [4, 4, 3] })],
      text: said('So it is.'),
    },
    {
      kind: 'sweep',
      title: said('Many draws'),
      lead: said('Each has one.'),
      configuration: configured(small),
      field: 'seed',
      values: [1, 2, 3, 4],
      trained: false,
      text: said('They agree.'),
    },
    {
      kind: 'question',
      title: said('A question'),
      question: said('Which layer?'),
      options: [option('The first', true), option('The last')],
      hint: said('Count the factors.'),
      text: said('The first.'),
    },
    {
      kind: 'guess',
      title: said('A guess'),
      lead: said('How many?'),
      configuration: configured(small),
      step: null,
      asks: { slowest: false, line: false },
      hint: said('Think in powers of ten.'),
      text: said('So many.'),
    },
    {
      kind: 'question',
      title: said('What will come'),
      question: said('Will it learn?'),
      options: [option('Yes', true), option('No')],
      runs: [configured(small)],
      text: said('It does.'),
    },
  ],
};

function teaching(students: number) {
  const room = new TestRoom('zh-CN', configured(small), guided);
  const host = room.join('host');
  const people = Array.from({ length: students }, (_, n) => room.join('student', `S${n}`));
  const next = () => nextMove(room.state, room.secrets);
  const press = (type: 'next' | 'skip' = 'next') => {
    const move = type === 'next' ? next() : skipMove(room.state, room.secrets);
    if (move === null) throw new Error(`there is nothing to ${type}`);
    room.do(host, type, { expects: move.id });
    for (const run of Object.keys(room.state.runs)) room.speeds[`${run}@0`] = [0.001, 0.1, 0.5];
    return move.kind;
  };
  const skipTo = (step: number) => {
    while (room.state.lesson?.step !== step) press('skip');
  };
  const answer = (n: number, which: number) =>
    room.do(people[n] ?? '', 'answer-poll', { poll: 'poll-1', answer: { options: [which] } });
  return { room, host, people, next, press, skipTo, answer };
}

describe('[M7] A step', () => {
  test('with runs starts all of them and looks at the first', () => {
    const { room, host, press, next } = teaching(2);
    expect(next()).toMatchObject({ kind: 'run', step: 0 });
    expect(press()).toBe('run');
    expect(Object.values(room.state.runs).map(({ label, configuration }) => [label, configuration.hidden])).toEqual([
      ['A', [4, 3]],
      ['B', [4, 4, 3]],
    ]);
    expect(room.playhead).toMatchObject({ run: 'run-1', step: 0 });
    expect(room.state.lesson?.made).toEqual({ 0: { kind: 'runs', runs: ['run-1', 'run-2'] } });
    expect([press(), next()?.kind]).toEqual(['explain', 'next']);
    press();
    room.do(host, 'back', { from: 1 });
    expect(room.state.lesson).toMatchObject({ step: 0, explaining: true });
    expect(Object.keys(room.state.runs)).toHaveLength(2);
  });

  test('with runs beyond what a room may have starts none', () => {
    const { room, host, next } = teaching(0);
    room.limits = { ...room.limits, maxRuns: 1 };
    expect(room.refused(host, 'next', { expects: String(next()?.id) }).code).toBe('limit-reached');
    expect(room.state).toMatchObject({ runs: {}, lesson: { made: {} } });
  });

  test('with a sweep gives each student a value, and leaves the stage with it', () => {
    const { room, press, skipTo } = teaching(3);
    skipTo(1);
    expect(press()).toBe('measure');
    const sweep = room.state.sweeps['sweep-1'];
    expect(sweep).toMatchObject({ field: 'seed', values: [1, 2, 3, 4], trained: false, onStage: true });
    expect(sweep?.groups).toEqual([['person-2'], ['person-3'], ['person-4']]);
    expect([press(), press()]).toEqual(['explain', 'next']);
    expect(room.state.sweeps['sweep-1']?.onStage).toBe(false);
  });
});

describe('[M8] A question of the lesson', () => {
  test('is asked in the room’s language, closed, and revealed with what is right', () => {
    const { room, press, next, skipTo, answer } = teaching(2);
    skipTo(2);
    expect(press()).toBe('ask');
    expect(room.state.polls['poll-1']).toMatchObject({ question: 'Which layer?。', kind: 'choice' });
    expect(next()).toMatchObject({ kind: 'close-poll', answered: 0, of: 2 });
    answer(0, 0);
    answer(1, 0);
    expect(next()).toMatchObject({ kind: 'close-poll', answered: 2, of: 2 });
    expect([press(), press()]).toEqual(['close-poll', 'reveal-poll']);
    expect(room.state.polls['poll-1']?.standing).toMatchObject({ kind: 'revealed', right: [0] });
    expect(room.state.lesson).toMatchObject({ step: 2, explaining: true });
    expect(next()?.kind).toBe('next');
  });

  test.each([
    [[0, 1], 'talk'],
    [[1, 1], 'hint'],
    [[0, 0], 'reveal-poll'],
  ] as const)('after the answers %j goes on with %s', (answers, then) => {
    const { room, press, skipTo, next, answer } = teaching(2);
    skipTo(2);
    press();
    for (const [n, which] of answers.entries()) answer(n, which);
    press();
    expect(next()?.kind).toBe(then);
    if (then === 'reveal-poll') return;
    press();
    expect(room.state.polls['poll-1']).toMatchObject({ round: 2, standing: { kind: 'open' } });
    expect(room.state.lesson?.hinted).toEqual(then === 'hint' ? [2] : []);
    expect([press(), press()]).toEqual(['close-poll', 'reveal-poll']);
  });

  test('with runs begins them with the reveal, and explains after that', () => {
    const { room, press, next, skipTo } = teaching(0);
    skipTo(4);
    expect([press(), room.types.includes('run-started')]).toEqual(['ask', false]);
    expect(press()).toBe('reveal-poll');
    expect(room.state.lesson?.made[4]).toEqual({ kind: 'poll', poll: 'poll-1', runs: ['run-1'] });
    expect(room.playhead).toMatchObject({ run: 'run-1', step: 0 });
    expect(room.state.lesson?.explaining).toBe(false);
    expect([press(), next()?.kind]).toEqual(['explain', 'end']);
  });

  test('can be passed over, before it is asked and after', () => {
    const asked = teaching(1);
    asked.skipTo(2);
    asked.press();
    expect(asked.room.refused(asked.host, 'back', { from: 2 }).message).toMatch(/not revealed/);
    expect(asked.press('skip')).toBe('reveal-poll');
    const unasked = teaching(1);
    unasked.skipTo(3);
    expect(unasked.room.state.polls).toEqual({});
  });

  test('alone is revealed without waiting; hands are counted', () => {
    const { room, host, press, next, skipTo } = teaching(0);
    skipTo(2);
    press();
    expect(next()?.kind).toBe('reveal-poll');
    room.do(host, 'count-poll-hands', { poll: 'poll-1', hands: [3, 3] });
    expect([press(), next()?.kind]).toEqual(['close-poll', 'talk']);
  });

  test('stands apart from what somebody typed', () => {
    const { room, host, next } = teaching(1);
    room.do(host, 'open-poll', { question: 'Ready?', kind: 'choice', options: ['Yes', 'No'] });
    expect(next()?.kind).toBe('run');
  });
});

test('[M2] A guess that few get right is asked again with the step’s hint', () => {
  const { room, people, press, next, skipTo } = teaching(2);
  skipTo(3);
  press();
  for (const person of people) room.do(person, 'guess', { guess: 'guess-1', choice: 'equal' });
  press();
  expect(next()).toMatchObject({ kind: 'hint', step: 3 });
  expect(skipMove(room.state, room.secrets)).toMatchObject({ kind: 'reveal', guess: 'guess-1' });
  press();
  expect(room.state.guesses['guess-1']).toMatchObject({ round: 2, standing: { kind: 'open' } });
  expect(room.state.lesson?.hinted).toEqual([3]);
  expect([press(), press()]).toEqual(['close', 'reveal']);
});
