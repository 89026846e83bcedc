/** Guesses: what stands between a run and the room, and what is told when it falls. */
import { describe, expect, test } from 'vitest';
import { choiceNearest, isSealed } from '../../shared/protocol/guesses.ts';
import { readableStepAt, shownRuns } from '../../shared/protocol/playhead.ts';
import { secretsFor } from '../../shared/protocol/secrets.ts';
import { small, TestRoom } from './room.ts';

/** A host, two students, and a run behind a guess. */
function guessing(asks: object = {}) {
  const room = new TestRoom();
  const host = room.join('host');
  const ada = room.join('student', 'Ada');
  const bob = room.join('student', 'Bob');
  room.do(host, 'start', { configuration: small, guess: asks });
  room.fronts['run-1'] = 10;
  room.speeds['run-1@0'] = [0.001, 0.118, 0.5];
  const guess = { guess: 'guess-1' };
  return { room, host, ada, bob, guess };
}

describe('A guess', () => {
  test('[G1] begins a run that nobody looks at', () => {
    const { room } = guessing();
    expect(room.types.slice(-2)).toEqual(['run-started', 'guess-opened']);
    expect(room.state.playhead).toBeNull();
    expect(isSealed(room.state, 'run-1')).toBe(true);
    expect(shownRuns(room.state)).toEqual([]);
  });

  test('[G1] leaves the playhead on the run that was shown', () => {
    const room = new TestRoom();
    const host = room.join('host');
    room.start(host);
    room.do(host, 'start', { configuration: small, guess: {} });
    expect(room.playhead.run).toBe('run-1');
    expect(shownRuns(room.state).map(({ id }) => id)).toEqual(['run-1']);
  });

  test.each([
    [{ configuration: { ...small, hidden: [4] }, guess: {} }, 'data.guess', /1 hidden layer/],
    [{ configuration: { ...small, measureEvery: 5 }, guess: { step: 3 } }, 'data.guess.step', /step is 3/],
    [{ configuration: small, guess: { step: 11 } }, 'data.guess.step', /steps 0 to 10/],
    [{ configuration: small, guess: { seconds: 1 } }, 'data', /./],
  ])('[G1] that cannot be is refused, and no run begins: %j', (data, path, message) => {
    const room = new TestRoom();
    const host = room.join('host');
    const refusal = room.refused(host, 'start', data);
    expect(refusal).toMatchObject({ code: 'invalid', message: expect.stringMatching(message) });
    expect(refusal.path).toContain(path);
    expect(room.state.runs).toEqual({});
  });

  test('[G1] on a fork is about where it begins, and not about what its parent has shown', () => {
    const room = new TestRoom();
    const host = room.join('host');
    room.start(host);
    room.do(host, 'propose', { base: 'run-1', fork: 3, change: { measureEvery: 4 } });
    room.do(host, 'accept', { proposal: 'proposal-1' });
    const before = room.refused(host, 'start', { proposal: 'proposal-1', guess: { step: 2 } });
    expect(before).toMatchObject({ path: 'data.guess.step', message: expect.stringMatching(/steps 3 to 10/) });
    room.do(host, 'start', { proposal: 'proposal-1', guess: {} });
    expect(room.state.guesses['guess-1']?.step).toBe(3);
  });

  test('[G2] keeps the run from everybody’s playhead, from forks and from readers, and its end from the log', () => {
    const { room, host, ada } = guessing();
    const run = room.state.runs['run-1'];
    if (run === undefined) throw new Error('there is no run');
    expect(readableStepAt(room.state, run, room.now + 60_000)).toBe(-1);
    room.start(host, 10, { ...small, seed: 2 });
    expect(room.refused(host, 'seek', { run: 'run-1', step: 0 }).code).toBe('conflict');
    expect(room.refused(host, 'fork', { run: 'run-1', step: 2 }).code).toBe('conflict');
    const goingOn = { base: 'run-1', fork: 2, change: { epochs: 9 } };
    expect(room.refused(ada, 'propose', goingOn)).toMatchObject({ code: 'conflict', path: 'data.base' });
    const { length } = room.log;
    const end = { kind: 'diverged', step: 4, digest: 'f00d', layer: 2, what: 'cost' } as const;
    expect(room.serve({ type: 'end-run', data: { run: 'run-1', end } })).toMatchObject({ error: { code: 'conflict' } });
    expect(room.log).toHaveLength(length);
    expect(room.state.runs['run-1']?.status).toEqual({ kind: 'live' });
  });

  test('[G3] tells who has answered, and what they said to nobody but them and those who lead', () => {
    const { room, host, ada, bob, guess } = guessing({ slowest: true });
    room.do(ada, 'guess', { ...guess, choice: '10', slowest: 2, reason: 'a feeling' });
    room.do(ada, 'guess', { ...guess, choice: '100', slowest: 1 });
    room.do(bob, 'guess', { ...guess, choice: 'equal' });
    expect(room.state.guesses['guess-1']?.answered).toEqual([[ada, bob]]);
    expect(JSON.stringify(room.state)).not.toMatch(/feeling|"100"|equal/);
    const answersFor = (id: string) => {
      const person = room.state.people[id];
      if (person === undefined) throw new Error(`there is no ${id}`);
      return secretsFor(room.secrets, person).guesses['guess-1']?.[0]?.answers;
    };
    const last = { choice: '100', slowest: 1, line: null, reason: '' };
    expect(answersFor(ada)).toEqual({ [ada]: last });
    expect(answersFor(host)).toEqual({
      [ada]: last,
      [bob]: { choice: 'equal', slowest: null, line: null, reason: '' },
    });
  });

  test('[G3] keeps of an answer only what was asked for, and refuses a layer that is not there', () => {
    const { room, ada, guess } = guessing();
    const line = [
      [0, 0],
      [1, 2],
    ];
    room.do(ada, 'guess', { ...guess, choice: '3', slowest: 2, line });
    expect(room.log.at(-1)).toMatchObject({ private: { choice: '3', slowest: null, line: null } });
    const refusal = room.refused(ada, 'guess', { ...guess, choice: '3', slowest: 3 });
    expect(refusal).toMatchObject({ code: 'invalid', path: 'data.slowest', message: expect.stringMatching(/1 to 2/) });
    expect(room.refused(ada, 'guess', { ...guess, choice: '42' })).toMatchObject({ path: 'data.choice' });
  });

  test('[G4] takes answers half a second longer than its timer says', () => {
    const { room, ada, guess } = guessing({ seconds: 20 });
    expect(room.state.guesses['guess-1']?.standing).toEqual({ kind: 'open', closesAt: room.now + 20_000 });
    room.now += 20_500;
    room.do(ada, 'guess', { ...guess, choice: '3' });
    room.now += 1;
    expect(room.refused(ada, 'guess', { ...guess, choice: '10' })).toMatchObject({ code: 'conflict' });
  });

  test('[G5] is discussed and opened once more, with the answers of the first round kept', () => {
    const { room, host, ada, bob, guess } = guessing();
    room.do(ada, 'guess', { ...guess, choice: '3' });
    room.do(bob, 'guess', { ...guess, choice: '10' });
    room.do(host, 'discuss', { ...guess, seconds: 120 });
    expect(room.refused(ada, 'guess', { ...guess, choice: '30' }).code).toBe('conflict');
    room.do(host, 'guess-again', guess);
    room.do(ada, 'guess', { ...guess, choice: '100' });
    room.do(host, 'close-guess', guess);
    expect(room.refused(host, 'discuss', guess).code).toBe('conflict');
    expect(room.refused(host, 'guess-again', guess).code).toBe('conflict');
    room.do(host, 'reveal', guess);
    expect(room.state.guesses['guess-1']?.standing).toMatchObject({
      tallies: [
        { choices: { '3': 1, '10': 1 }, slowest: {} },
        { choices: { '100': 1 }, slowest: {} },
      ],
    });
  });

  test('[G6] counts raised hands beside the answers, the last count of each round', () => {
    const { room, host, ada, guess } = guessing({ slowest: true });
    room.do(host, 'count-hands', { ...guess, choices: { '3': 9 } });
    room.do(host, 'count-hands', { ...guess, choices: { '3': 7, faster: 2 } });
    room.do(ada, 'guess', { ...guess, choice: '3', slowest: 1 });
    expect(JSON.stringify(room.state)).not.toContain('faster');
    room.do(host, 'reveal', guess);
    const tallies = [{ choices: { '3': 8, faster: 2 }, slowest: { 1: 1 } }];
    expect(room.state.guesses['guess-1']?.standing).toMatchObject({ tallies });
  });

  test('[G7] is revealed to everybody at once, with the end of the training, and the run plays', () => {
    const { room, host, guess } = guessing();
    room.end('run-1', { kind: 'finished', step: 10, digest: 'f00d' });
    room.do(host, 'reveal', guess);
    expect(room.state.guesses['guess-1']?.standing).toEqual({
      kind: 'revealed',
      truth: { speeds: [0.001, 0.118, 0.5], ratio: 118, slowest: 1 },
      tallies: [{ choices: {}, slowest: {} }],
    });
    expect(room.types.slice(-3)).toEqual(['guess-revealed', 'run-ended', 'playhead-moved']);
    expect(room.state.runs['run-1']?.status).toEqual({ kind: 'finished', step: 10, digest: 'f00d' });
    expect(room.playhead).toMatchObject({ run: 'run-1', step: 0, pace: 0.5 });
    expect(isSealed(room.state, 'run-1')).toBe(false);
    expect(room.refused(host, 'reveal', guess).code).toBe('conflict');
    room.do(host, 'fork', { run: 'run-1', step: 2 });
  });

  test('[G7] waits for the measurement it is about, and has no truth where training ended before it', () => {
    const { room, host, guess } = guessing({ step: 8 });
    expect(room.refused(host, 'reveal', guess)).toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/step 8 yet/),
    });
    room.end('run-1', { kind: 'failed', step: 4, reason: 'no memory' });
    room.do(host, 'reveal', guess);
    expect(room.state.guesses['guess-1']?.standing).toMatchObject({ kind: 'revealed', truth: null });
    expect(room.state.runs['run-1']?.status).toMatchObject({ kind: 'failed' });
  });

  test('[G7] a run that is still in training goes on in the open', () => {
    const { room, host, guess } = guessing();
    room.do(host, 'reveal', guess);
    expect(room.state.runs['run-1']?.status).toEqual({ kind: 'live' });
    room.end('run-1');
    expect(room.state.runs['run-1']?.status).toMatchObject({ kind: 'finished' });
  });
});

describe('A run that would tell what a guess asks', () => {
  /** A guess on a run of `small` about a step, the first where none is named. */
  function asking(step?: number) {
    const room = new TestRoom();
    const host = room.join('host');
    const ada = room.join('student', 'Ada');
    room.do(host, 'start', { configuration: small, guess: step === undefined ? {} : { step } });
    return { room, host, ada };
  }
  const sameEverywhere = [
    {},
    { epochs: 9 },
    { measureEvery: 2 },
    { evaluateEvery: 5 },
    { probe: 10 },
    { dataset: { ...small.dataset, test: 10 } },
  ];
  const sameAtFirst = [
    { optimizer: { name: 'adam' } },
    { batchSize: 20 },
    { dropout: 0.2 },
    { regularization: { l2: 5 } },
    { frozen: [1] },
    { dataset: { ...small.dataset, train: 40 } },
  ];
  const different = [{ seed: 2 }, { hidden: [4, 4] }, { activation: 'tanh' }, { initialization: { gain: 2 } }];

  test.each(sameEverywhere)('[G10] is not started, whatever step is asked: %j', (change) => {
    for (const step of [undefined, 4]) {
      const { room, host } = asking(step);
      const refusal = room.refused(host, 'start', { configuration: { ...small, ...change } });
      expect(refusal).toMatchObject({ code: 'conflict', message: expect.stringMatching(/guess-1 on run-1/) });
      room.speeds['run-1@0'] = room.speeds['run-1@4'] = [1, 2, 3];
      room.do(host, 'reveal', { guess: 'guess-1' });
      room.start(host, 10, { ...small, ...change });
    }
  });

  test.each(sameAtFirst)(
    '[G10] at the first step is not started where that is asked, and may be elsewhere: %j',
    (change) => {
      const { room, host } = asking();
      expect(room.refused(host, 'start', { configuration: { ...small, ...change } }).code).toBe('conflict');
      const later = asking(4);
      later.room.start(later.host, 10, { ...small, ...change });
    },
  );

  test.each(different)('[G10] is none with another draw or another network: %j', (change) => {
    const { room, host } = asking();
    room.start(host, 10, { ...small, ...change });
    room.do(host, 'sweep', { field: 'seed', values: [7, 8], to: 'nobody' });
  });

  test('[G10] is not started from the board either, nor as one of a batch, nor where everybody runs', () => {
    const { room, host, ada } = asking();
    const same = { change: { optimizer: { learningRate: 0.3 } } };
    room.do(ada, 'propose', same);
    room.do(ada, 'leave');
    room.do(host, 'propose', { change: { seed: 3 } });
    const batch = { proposals: ['proposal-2', 'proposal-1'] };
    expect(room.refused(host, 'start-batch', batch)).toMatchObject({ code: 'conflict', path: 'data.proposals.1' });
    room.do(host, 'accept', { proposal: 'proposal-1' });
    expect(room.refused(host, 'start', { proposal: 'proposal-1' }).code).toBe('conflict');
    room.do(host, 'set-board', { policy: { kind: 'everybody' } });
    expect(room.refused(host, 'propose', { change: { batchSize: 20 } }).code).toBe('conflict');
  });

  test('[G10] may itself be behind a guess', () => {
    const { room, host } = asking();
    room.do(host, 'start', { configuration: { ...small, epochs: 9 }, guess: { step: 3 } });
    expect(isSealed(room.state, 'run-2')).toBe(true);
  });
});

test.each([
  [118, '100'],
  [54, '30'],
  [5.4, '3'],
  [1.7, 'equal'],
  [0.6, 'equal'],
  [0.5, 'faster'],
  [0, 'faster'],
  [4e6, '10000'],
  ['Infinity', '10000'],
  ['NaN', null],
] as const)('A ratio of %s is nearest to %s', (ratio, choice) => {
  expect(choiceNearest(ratio)).toBe(choice);
});
