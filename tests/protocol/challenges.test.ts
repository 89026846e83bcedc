/** Challenges: cells that are claimed, rescues that are tried, curves that are matched, and what is told when. */
import { describe, expect, test } from 'vitest';
import { type ChallengeTask, isMap, isMatch, isRescue, nthCell, runOfIndex } from '../../shared/protocol/challenges.ts';
import type { RoomEvent } from '../../shared/protocol/events.ts';
import { secretsFor, withoutPrivate } from '../../shared/protocol/secrets.ts';
import { configured } from '../core/networks.ts';
import { small, TestRoom, threeSteps } from './room.ts';

const configuration = configured(small);
const map: ChallengeTask = { kind: 'map', configuration, depths: [2, 3], variances: [0.25, 1, 4] };
const rescue: ChallengeTask = { kind: 'rescue', configuration, seeds: [1, 2, 3], budget: 2 };
const named = (name: string, change: object) => ({
  name: { en: name, 'zh-CN': name },
  configuration: configured({ ...small, ...change }),
});
const match: ChallengeTask = {
  kind: 'match',
  configurations: [named('a', {}), named('b', { activation: 'tanh' }), named('c', { activation: 'relu' })],
};

function opened(task: ChallengeTask) {
  const room = new TestRoom();
  const host = room.join('host');
  const [ada, bob] = [room.join('student', 'Ada'), room.join('student', 'Bob')];
  const id = room.challenge(host, task);
  const challenge = () => {
    const found = room.state.challenges?.[id];
    if (found === undefined) throw new Error(`there is no ${id}`);
    return found;
  };
  return { room, host, ada, bob, id, challenge };
}
const cellsOf = ({ challenge }: ReturnType<typeof opened>) => {
  const one = challenge();
  return isMap(one) ? one.cells : {};
};

describe('A map', () => {
  test('[Z2] gives each who asks the next free cell, far from the one before, and one at a time', () => {
    const one = opened(map);
    const { room, ada, bob, id } = one;
    const [first, second] = [nthCell(6, 0), nthCell(6, 1)];
    expect(room.do(ada, 'claim-cell', { challenge: id })).toEqual({ cell: first });
    expect(room.refused(ada, 'claim-cell', { challenge: id })).toMatchObject({ code: 'conflict', path: 'data.cell' });
    expect(room.do(bob, 'claim-cell', { challenge: id })).toEqual({ cell: second });
    expect(cellsOf(one)).toEqual({ [first]: [ada], [second]: [bob] });
    room.measure(id, [first, 1, 0.9, 'NaN', 1, 2]);
    expect(room.do(ada, 'claim-cell', { challenge: id, cell: 5 })).toEqual({ cell: 5 });
    expect(room.refused(bob, 'claim-cell', { challenge: id, cell: 6 })).toMatchObject({ code: 'invalid' });
  });

  test('[Z2] gives out every cell once, in whatever number there are', () => {
    for (const count of [4, 6, 64, 65, 256]) {
      expect(new Set(Array.from({ length: count }, (_, n) => nthCell(count, n))).size).toBe(count);
    }
  });

  test('[Z2] is shared where people are more than cells, the least shared cell first', () => {
    const one = opened({ ...map, depths: [2], variances: [1, 4] } as ChallengeTask);
    const people = Array.from({ length: 5 }, (_, n) => one.room.join('student', `S${n}`));
    for (const person of people) one.room.do(person, 'claim-cell', { challenge: one.id });
    expect(Object.values(cellsOf(one)).map(({ length }) => length)).toEqual([3, 2]);
  });

  test('[Z3] is filled by the host in one go, and takes each measurement once', () => {
    const one = opened(map);
    const { room, host, ada, id } = one;
    room.do(ada, 'claim-cell', { challenge: id, cell: 1 });
    room.do(host, 'fill-map', { challenge: id });
    expect(Object.keys(cellsOf(one))).toHaveLength(6);
    expect(cellsOf(one)[1]).toEqual([ada]);
    const { length } = room.log;
    room.do(host, 'fill-map', { challenge: id });
    expect(room.log).toHaveLength(length);
    room.measure(id, [1, 2, 0.5, 'NaN', 1, 2], [2, 3, 0.25, 'NaN', 1, 3]);
    room.measure(id, [2, 9, 0.9, 'NaN', 1, 9], [7, 1, 1, 'NaN', 1, 1]);
    expect(one.challenge().points).toEqual([
      [1, 2, 0.5],
      [2, 3, 0.25],
    ]);
    for (const index of [0, 3, 4, 5]) room.measure(id, [index, 1, 0.1, 'NaN', 1, 1]);
    expect(room.log.at(-1)).toMatchObject({ type: 'challenge-measured', data: { done: true } });
  });

  test('[Z1] trains a cell of so many layers and such weights, the same for everybody', () => {
    const { challenge } = opened(map);
    const cell = runOfIndex(challenge(), 5, null);
    expect(cell).toMatchObject({ hidden: [4, 3, 3], initialization: { gain: 2 }, seed: configuration.seed });
    expect(runOfIndex(challenge(), 0, null)).toMatchObject({ hidden: [4, 3], initialization: { gain: 0.5 } });
  });

  test('[G10] does not measure what a guess asks about', () => {
    const { room, host, ada, id } = opened(map);
    room.do(host, 'start', { configuration: small, guess: {} });
    expect(room.refused(ada, 'claim-cell', { challenge: id, cell: 1 })).toMatchObject({ code: 'conflict' });
    expect(room.refused(host, 'fill-map', { challenge: id }).code).toBe('conflict');
    room.do(ada, 'claim-cell', { challenge: id, cell: 0 });
  });
});

describe('A rescue', () => {
  const tried = (person: string, one: ReturnType<typeof opened>, change: object) =>
    one.room.do(person, 'try-rescue', { challenge: one.id, change });
  const refusedTry = (one: ReturnType<typeof opened>, change: object) =>
    one.room.refused(one.ada, 'try-rescue', { challenge: one.id, change });
  const rescuesOf = ({ challenge }: ReturnType<typeof opened>) => {
    const one = challenge();
    return isRescue(one) ? one.rescues : [];
  };

  test('[Z4] is one change of the network, trained once however many came to it', () => {
    const one = opened(rescue);
    expect(tried(one.ada, one, { activation: 'tanh' })).toEqual({ rescue: 0 });
    expect(tried(one.bob, one, { residual: true })).toEqual({ rescue: 1 });
    expect(tried(one.bob, one, { activation: 'tanh' })).toEqual({ rescue: 0 });
    const { length } = one.room.log;
    tried(one.bob, one, { activation: 'tanh' });
    expect(one.room.log).toHaveLength(length);
    expect(rescuesOf(one).map(({ by }) => by)).toEqual([[one.ada, one.bob], [one.bob]]);
    expect([3, 4, 5].map((index) => runOfIndex(one.challenge(), index, null)?.seed)).toEqual([1, 2, 3]);
    expect(runOfIndex(one.challenge(), 4, null)).toMatchObject({ residual: true, evaluateEvery: 5 });
    expect(runOfIndex(one.challenge(), 6, null)).toBeNull();
  });

  test('[Z4] leaves data and draw alone, and changes neither nothing nor two things', () => {
    const one = opened(rescue);
    expect(refusedTry(one, {})).toMatchObject({ code: 'invalid', path: 'data.change' });
    expect(refusedTry(one, { activation: 'tanh', residual: true })).toMatchObject({ code: 'invalid' });
    expect(refusedTry(one, { seed: 5 })).toMatchObject({ code: 'forbidden', path: 'data.change.seed' });
    expect(refusedTry(one, { dataset: { name: 'mnist', train: 40 } })).toMatchObject({ code: 'forbidden' });
    expect(refusedTry(one, { activation: 'magic' })).toMatchObject({ code: 'invalid', path: 'data.change.activation' });
    expect(tried(one.ada, one, { optimizer: { name: 'adam' } })).toEqual({ rescue: 0 });
  });

  test('[Z5] costs no more than the budget, and a person has three', () => {
    const one = opened(rescue);
    expect(refusedTry(one, { epochs: 11 })).toMatchObject({ code: 'too-expensive', path: 'data.change' });
    for (const epochs of [6, 7, 8]) tried(one.ada, one, { epochs });
    expect(refusedTry(one, { epochs: 9 }).code).toBe('limit-reached');
    expect(tried(one.bob, one, { epochs: 9 })).toEqual({ rescue: 3 });
  });

  test('[Z6] is judged on the test images, with the ratio beside it', () => {
    const one = opened(rescue);
    tried(one.ada, one, { activation: 'tanh' });
    one.room.measure(one.id, [0, 2, 0.99, 0.4, 1, 2], [1, 3, 0.98, 0.5, 1, 3]);
    expect(one.challenge().points).toEqual([
      [0, 2, 0.4],
      [1, 3, 0.5],
    ]);
    expect(one.room.log.at(-1)).toMatchObject({ data: { done: false } });
  });
});

describe('A match', () => {
  const measure = ({ room, id }: ReturnType<typeof opened>): void =>
    room.measure(id, [0, 9, 0.1, 'NaN', 1, 9], [1, 8, 0.1, 'NaN', 1, 8], [2, 7, 0.1, 'NaN', 1, 7]);
  const told = (events: readonly RoomEvent[]): string => JSON.stringify(events);

  test('[Z7] tells nobody who does not lead which curve is which, nor from which seed', () => {
    const one = opened(match);
    measure(one);
    const { room, ada, host, id } = one;
    const key = room.secrets.challenges?.[id]?.key;
    expect(key?.order.toSorted()).toEqual([0, 1, 2]);
    expect(secretsFor(room.secrets, { id: host, role: 'host' }).challenges?.[id]?.key).toEqual(key);
    room.do(ada, 'match', { challenge: id, answer: [2, 0, 1] });
    expect(secretsFor(room.secrets, { id: ada, role: 'student' }).challenges?.[id]).toEqual({
      key: null,
      answers: { [ada]: [2, 0, 1] },
    });
    expect(secretsFor(room.secrets, { id: one.bob, role: 'student' }).challenges?.[id]).toEqual({
      key: null,
      answers: {},
    });
    const open = told(room.log.map(withoutPrivate));
    for (const seed of key?.seeds ?? []) expect(open).not.toContain(String(seed));
    expect(open).not.toContain('order');
    expect(one.challenge().points).toEqual([
      [0, 1, 9],
      [1, 1, 8],
      [2, 1, 7],
    ]);
  });

  test('[Z7] draws order and seeds anew from what nobody can foretell', () => {
    const keys = Array.from({ length: 12 }, (_, n) => {
      const room = new TestRoom();
      room.seed = 1000 + n;
      const id = room.challenge(room.join('host'), match);
      return room.secrets.challenges?.[id]?.key;
    });
    expect(new Set(keys.map((key) => key?.order.join())).size).toBeGreaterThan(2);
    const seeds = keys.flatMap((key) => key?.seeds ?? []);
    expect(new Set(seeds).size).toBe(36);
    expect(seeds.every((seed) => Number.isSafeInteger(seed) && seed >= 0)).toBe(true);
  });

  test('[Z8] takes each configuration once, when all curves are there; the last answer counts', () => {
    const one = opened(match);
    const { room, ada, id } = one;
    const answered = (answer: readonly number[]) => room.refused(ada, 'match', { challenge: id, answer });
    expect(answered([0, 1, 2])).toMatchObject({ code: 'conflict' });
    measure(one);
    for (const answer of [
      [0, 1],
      [0, 1, 1],
      [0, 1, 3],
      [0, 1, 2, 2],
    ]) {
      expect(answered(answer)).toMatchObject({ code: 'invalid', path: 'data.answer' });
    }
    room.do(ada, 'match', { challenge: id, answer: [0, 1, 2] });
    room.do(ada, 'match', { challenge: id, answer: [2, 1, 0] });
    const now = one.challenge();
    expect(isMatch(now) && now.answered).toEqual([ada]);
    expect(room.secrets.challenges?.[id]?.answers).toEqual({ [ada]: [2, 1, 0] });
  });

  test('[A5] an answer under a later entry is that of the first', () => {
    const one = opened(match);
    measure(one);
    const { room, host, ada, bob, id } = one;
    room.do(bob, 'match', { challenge: id, answer: [0, 1, 2] });
    room.do(host, 'merge', { person: bob, into: ada });
    expect(room.secrets.challenges?.[id]?.answers).toEqual({ [ada]: [0, 1, 2] });
    const now = one.challenge();
    expect(isMatch(now) && now.answered).toEqual([ada]);
  });
});

describe('A lesson with a challenge', () => {
  const taught = (task: ChallengeTask) => {
    const [text] = threeSteps.steps;
    if (text === undefined) throw new Error('the lesson has no step');
    const said = { en: 'Look.', 'zh-CN': '看。' };
    const step = { kind: 'challenge', title: said, lead: said, task, text: said } as const;
    const room = new TestRoom('en', configuration, { ...threeSteps, steps: [step, text] });
    return { room, host: room.join('host'), ada: room.join('student', 'Ada') };
  };

  test('[M9] opens it, reveals it with its explanation, and goes on', () => {
    const { room, host, ada } = taught(match);
    room.do(host, 'next', { expects: 'step-0/challenge' });
    expect(room.state.lesson?.made[0]).toEqual({ kind: 'challenge', challenge: 'challenge-1' });
    room.measure('challenge-1', [0, 9, 0.1, 'NaN', 1, 9], [1, 8, 0.1, 'NaN', 1, 8], [2, 7, 0.1, 'NaN', 1, 7]);
    const order = room.secrets.challenges?.['challenge-1']?.key?.order ?? [];
    const [first = 0, second = 0, third = 0] = order;
    room.do(ada, 'match', { challenge: 'challenge-1', answer: [second, first, third] });
    room.do(host, 'next', { expects: 'challenge-1/reveal' });
    const challenge = room.state.challenges?.['challenge-1'];
    if (challenge === undefined || !isMatch(challenge)) throw new Error('there is no match');
    expect(challenge).toMatchObject({ revealed: true, truth: { order, people: 1 } });
    expect(challenge.truth?.confusion[third]?.[third]).toBe(1);
    expect(challenge.truth?.confusion[first]?.[second]).toBe(1);
    expect(challenge.truth?.confusion.flat().reduce((sum, one) => sum + one, 0)).toBe(3);
    expect(room.state.lesson).toMatchObject({ step: 0, explaining: true });
    expect(room.refused(ada, 'match', { challenge: 'challenge-1', answer: [0, 1, 2] }).code).toBe('conflict');
    room.do(host, 'next', { expects: 'step-0/next' });
    room.do(host, 'back', { from: 1 });
    expect(room.state.lesson).toMatchObject({ step: 0, explaining: true });
  });

  test('[Z9] a rescue ends with its reveal, a map goes on being filled', () => {
    const one = taught(rescue);
    one.room.do(one.host, 'next', { expects: 'step-0/challenge' });
    one.room.do(one.host, 'next', { expects: 'challenge-1/reveal' });
    const change = { activation: 'tanh' };
    expect(one.room.refused(one.ada, 'try-rescue', { challenge: 'challenge-1', change }).code).toBe('conflict');
    const other = taught(map);
    other.room.do(other.host, 'next', { expects: 'step-0/challenge' });
    other.room.do(other.host, 'next', { expects: 'challenge-1/reveal' });
    expect(other.room.do(other.ada, 'claim-cell', { challenge: 'challenge-1' })).toHaveProperty('cell');
  });

  test('[M6] is open again where the lesson comes back to it before its reveal', () => {
    const { room, host } = taught(map);
    room.do(host, 'next', { expects: 'step-0/challenge' });
    room.do(host, 'skip', { expects: 'step-0/next' });
    room.do(host, 'back', { from: 1 });
    expect(room.state.lesson).toMatchObject({ step: 0, explaining: false });
    room.do(host, 'next', { expects: 'challenge-1/reveal' });
    expect(room.state.lesson).toMatchObject({ step: 0, explaining: true });
  });

  test('[R6] counts what it may need for the room', () => {
    const { room, host } = taught(map);
    room.limits = { ...room.limits, maxRoomFlops: 10 };
    expect(room.refused(host, 'next', { expects: 'step-0/challenge' }).code).toBe('too-expensive');
  });
});
