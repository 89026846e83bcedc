/** The one button: what it says it will do, what it does, and that two presses do not do two things. */
import { describe, expect, test } from 'vitest';
import { nextMove, skipMove } from '../../shared/protocol/next-move.ts';
import { configured } from '../core/networks.ts';
import { small, TestRoom, threeSteps } from './room.ts';

/** A room with a lesson, a host and some students; layer 1 is 100 times slower than layer 2. */
function teaching(students = 2) {
  const room = new TestRoom('en', configured(small), threeSteps);
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
  const answer = (who: string | undefined, choice: string) =>
    room.do(String(who), 'guess', { guess: 'guess-1', choice });
  return { room, host, people, next, press, answer };
}

describe('The one button', () => {
  test('[M1] teaches a lesson to its end, with a second round where talking helps', () => {
    const { room, people, next, press, answer } = teaching();
    const taught = [press(), press()];
    expect(room.state.guesses['guess-1']).toMatchObject({ run: 'run-1', step: 0, standing: { kind: 'open' } });
    expect(room.state.lesson).toMatchObject({ step: 1, explaining: false, guesses: { 1: 'guess-1' } });
    answer(people[0], '100');
    expect(next()).toMatchObject({ kind: 'close', answered: 1, of: 2 });
    answer(people[1], '3');
    expect(next()).toMatchObject({ kind: 'close', answered: 2, of: 2 });
    taught.push(press());
    expect(next()).toMatchObject({ kind: 'discuss', seconds: 120 });
    taught.push(press(), press());
    answer(people[1], '100');
    expect(next()).toMatchObject({ kind: 'close', answered: 1, of: 2 });
    taught.push(press(), press());
    expect(room.playhead).toMatchObject({ run: 'run-1', step: 0 });
    taught.push(press());
    expect(room.state.lesson).toMatchObject({ step: 1, explaining: true });
    expect(next()).toMatchObject({ kind: 'next', step: 2 });
    taught.push(press(), press());
    expect(taught.join(' ')).toBe('next open close discuss again close reveal explain next end');
    expect(room.state.lesson?.step).toBe(3);
    expect(next()).toBeNull();
    expect(room.refused('person-1', 'next', { expects: 'step-2/end' }).code).toBe('conflict');
  });

  test.each([
    ['nobody', [], 'reveal'],
    ['one of four', ['100', '3', '3', '3'], 'reveal'],
    ['one of three', ['100', '3', '3'], 'discuss'],
    ['two of three', ['100', '100', '3'], 'discuss'],
    ['three of four', ['100', '100', '100', '3'], 'reveal'],
  ])('[M2] after %s was right goes on with %s', (_who, choices, then) => {
    const { people, next, press, answer } = teaching(4);
    press();
    press();
    for (const [n, choice] of choices.entries()) answer(people[n], choice);
    press();
    expect(next()?.kind).toBe(then);
  });

  test('[M2] discusses nothing before it is known who is right, and tells nobody but those who lead', () => {
    const { room, people, next, press, answer } = teaching();
    press();
    press();
    answer(people[0], '100');
    answer(people[1], '3');
    const { speeds } = room;
    delete speeds['run-1@0'];
    press();
    expect(next()?.kind).toBe('reveal');
    expect(room.log.at(-1)).not.toHaveProperty('private');
    speeds['run-1@0'] = [0.001, 0.1, 0.5];
    const again = teaching();
    again.press();
    again.press();
    again.answer(again.people[0], '100');
    again.press();
    expect(again.room.log.at(-1)).toMatchObject({
      data: { guess: 'guess-1', round: 1 },
      private: { right: 1, of: 1 },
    });
    expect(JSON.stringify(again.room.state)).not.toContain('"right"');
  });

  test('[M3] alone, reveals without waiting for anybody; raised hands are somebody', () => {
    const { room, host, next, press } = teaching(0);
    press();
    press();
    expect(next()).toMatchObject({ kind: 'reveal' });
    room.do(host, 'count-hands', { guess: 'guess-1', choices: { '3': 4, '100': 4 } });
    expect(next()?.kind).toBe('close');
    expect([press(), press()]).toEqual(['close', 'discuss']);
  });

  test('[M4] pressed twice, or too late, does one thing', () => {
    const { room, host, next, press } = teaching();
    press();
    const open = next();
    press();
    const late = room.refused(host, 'next', { expects: String(open?.id) });
    expect(late).toMatchObject({ code: 'conflict', path: 'data.expects', message: expect.stringMatching(/close-1/) });
    expect(Object.keys(room.state.runs)).toEqual(['run-1']);
  });

  test('[M5] is passed over by Skip: a step, what is left before the reveal, the explanation', () => {
    const { room, next, press } = teaching();
    expect(skipMove(room.state, room.secrets)).toBeNull();
    press();
    expect(press('skip')).toBe('next');
    expect(room.state.lesson).toMatchObject({ step: 2, guesses: {} });
    const other = teaching();
    other.press();
    other.press();
    expect(other.press('skip')).toBe('reveal');
    expect(other.next()?.kind).toBe('explain');
    expect(other.press('skip')).toBe('next');
    expect(next()?.kind).toBe('end');
  });

  test('[M6] is taken back to the step before, which shows its run and its text again', () => {
    const { room, host, press, next } = teaching();
    expect(room.refused(host, 'back', { from: 0 })).toMatchObject({ code: 'conflict' });
    press();
    press();
    expect(room.refused(host, 'back', { from: 1 })).toMatchObject({ message: expect.stringMatching(/not revealed/) });
    press('skip');
    press();
    press();
    room.start(host);
    expect(room.refused(host, 'back', { from: 1 })).toMatchObject({ code: 'conflict', path: 'data.from' });
    room.do(host, 'back', { from: 2 });
    expect(room.state.lesson).toMatchObject({ step: 1, explaining: true });
    expect(room.playhead).toMatchObject({ run: 'run-1', step: 0 });
    expect(next()).toMatchObject({ kind: 'next', step: 2 });
    room.do(host, 'back', { from: 1 });
    expect(next()).toMatchObject({ kind: 'next', step: 1 });
  });

  test('[M1] leads a guess that was asked by hand to its reveal, with and without a lesson', () => {
    const room = new TestRoom();
    const host = room.join('host');
    room.join('student', 'Ada');
    expect(nextMove(room.state, room.secrets)).toBeNull();
    expect(room.refused(host, 'back', { from: 0 })).toMatchObject({ code: 'conflict' });
    room.do(host, 'start', { configuration: small, guess: {} });
    room.speeds['run-1@0'] = [1, 1, 1];
    const kinds: (string | undefined)[] = [];
    for (let move = nextMove(room.state, room.secrets); move !== null; move = nextMove(room.state, room.secrets)) {
      kinds.push(move.kind);
      room.do(host, 'next', { expects: move.id });
    }
    expect(kinds).toEqual(['close', 'reveal']);
  });
});
