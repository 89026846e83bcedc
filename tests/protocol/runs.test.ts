/** Runs and pins: how they begin, end, are forked and annotated. */
import { describe, expect, test } from 'vitest';
import { flopsOf } from '../../shared/core/plan.ts';
import { runLabel } from '../../shared/protocol/labels.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import type { RunEnd } from '../../shared/protocol/state.ts';
import { configured } from '../core/networks.ts';
import { small, TestRoom } from './room.ts';

function classroom() {
  const room = new TestRoom();
  return { room, host: room.join('host'), ada: room.join('student', 'Ada'), bob: room.join('student', 'Bob') };
}

describe('A run', () => {
  test('[R1] starts with the playhead at its step 0, on the way', () => {
    const { room, host } = classroom();
    expect(room.do(host, 'start', { configuration: small })).toEqual({ run: 'run-1' });
    expect(room.types.slice(-2)).toEqual(['run-started', 'playhead-moved']);
    expect(room.state.runs['run-1']).toEqual({
      id: 'run-1',
      label: 'A',
      author: host,
      at: room.now,
      configuration: configured(small),
      engine: 'float64-2',
      proposal: null,
      origin: null,
      status: { kind: 'live' },
      shownTo: -1,
    });
    expect(room.state.playhead).toEqual({ run: 'run-1', step: 0, at: room.now + 150, pace: 10 / 20, showTime: 20 });
  });

  test('[R1] is called by the next letter', () => {
    expect([0, 1, 25, 26, 27, 51, 52, 701, 702, 703].map(runLabel)).toEqual([
      'A',
      'B',
      'Z',
      'AA',
      'AB',
      'AZ',
      'BA',
      'ZZ',
      'AAA',
      'AAB',
    ]);
    expect(new Set(Array.from({ length: 2000 }, (_, index) => runLabel(index))).size).toBe(2000);
    const { room, host } = classroom();
    for (let n = 0; n < 3; n++) room.start(host);
    expect(Object.values(room.state.runs).map((run) => run.label)).toEqual(['A', 'B', 'C']);
  });

  test('[R3] is stopping until the server says that it has ended; stopping twice changes nothing', () => {
    const { room, host } = classroom();
    const run = room.start(host);
    room.do(host, 'stop', { run });
    expect(room.state.runs[run]?.status).toEqual({ kind: 'stopping' });
    const { length } = room.log;
    expect(room.decide(host, 'stop', { run })).toEqual({ ok: true, events: [] });
    expect(room.log).toHaveLength(length);
    room.end(run, { kind: 'stopped', step: 4, digest: 'd' });
    expect(room.refused(host, 'stop', { run })).toMatchObject({ code: 'conflict', path: 'data.run' });
    expect(room.refused(host, 'stop', { run: 'run-2' }).code).toBe('not-found');
  });

  test.each<RunEnd>([
    { kind: 'finished', step: 10, digest: 'd' },
    { kind: 'stopped', step: 3, digest: 'd' },
    { kind: 'diverged', step: 3, digest: 'd', layer: 2, what: 'parameter' },
    { kind: 'failed', step: 0, reason: 'the thread died' },
  ])('[R4] ends once, as it was told first: $kind', (end) => {
    const { room, host } = classroom();
    const run = room.start(host);
    const other = room.start(host);
    const before = room.state.runs[other];
    room.end(run, end);
    expect(room.state.runs[run]?.status).toEqual(end);
    expect(room.state.runs[other]).toBe(before);
    const again = room.serve({ type: 'end-run', data: { run, end: { kind: 'stopped', step: 9, digest: 'e' } } });
    expect(again).toEqual({ ok: true, events: [] });
    expect(room.state.runs[run]?.status).toEqual(end);
    const unknown = room.serve({ type: 'end-run', data: { run: 'run-7', end } });
    expect(unknown).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });

  test('[R6] is the last one at the limit of runs', () => {
    const { room, host } = classroom();
    room.limits = { ...defaultLimits, maxRuns: 2 };
    room.start(host);
    room.start(host);
    expect(room.refused(host, 'start', { configuration: small })).toMatchObject({
      code: 'limit-reached',
      message: expect.stringMatching(/2 runs; the limit is 2/),
    });
    expect(room.refused(host, 'fork', { run: 'run-1', step: 2 }).code).toBe('limit-reached');
  });

  test('[R6] is too expensive when the room’s operations are used up', () => {
    const { room, host } = classroom();
    const cost = flopsOf(configured(small));
    room.limits = { ...defaultLimits, maxRoomFlops: 2 * cost };
    room.start(host);
    room.start(host);
    const refusal = room.refused(host, 'start', { configuration: small });
    expect(refusal.code).toBe('too-expensive');
    expect(refusal.message).toContain(cost.toExponential(1));
    expect(refusal.message).toContain((2 * cost).toExponential(1));
    room.limits = { ...defaultLimits, maxRunFlops: cost - 1 };
    expect(room.refused(host, 'start', { configuration: small })).toMatchObject({
      code: 'too-expensive',
      path: 'data.configuration.epochs',
    });
  });
});

describe('A fork', () => {
  test('[R5] begins at the step it names, or at the one shown', () => {
    const { room, host } = classroom();
    room.start(host, 8);
    room.do(host, 'fork', { run: 'run-1', step: 3, change: { optimizer: { learningRate: 0.7 } } });
    expect(room.state.runs['run-2']).toMatchObject({
      origin: { run: 'run-1', step: 3 },
      configuration: { ...configured(small), optimizer: { name: 'sgd', learningRate: 0.7 } },
      proposal: null,
    });
    expect(room.playhead).toMatchObject({ run: 'run-2', step: 3 });
    room.do(host, 'seek', { run: 'run-1', step: 0 });
    // Half a step a second, from 150 ms after it was decided: five steps in ten seconds.
    room.now += 10_000;
    room.do(host, 'fork', { run: 'run-1' });
    expect(room.state.runs['run-3']?.origin).toEqual({ run: 'run-1', step: 5 });
    room.do(host, 'fork', { run: 'run-1' });
    expect(room.state.runs['run-4']?.origin).toEqual({ run: 'run-1', step: 8 });
  });

  test('[R5] of what is not trained so far is a conflict', () => {
    const { room, host } = classroom();
    room.start(host, 8);
    expect(room.refused(host, 'fork', { run: 'run-1', step: 9 })).toMatchObject({
      code: 'conflict',
      path: 'data.step',
    });
    const untrained = room.start(host, -1);
    expect(room.refused(host, 'fork', { run: untrained })).toMatchObject({ code: 'conflict', path: 'data.run' });
    expect(room.refused(host, 'fork', { run: untrained, step: 0 }).code).toBe('conflict');
    room.do(host, 'pause', { step: 9 });
    room.fronts[untrained] = 4;
    room.do(host, 'fork', { run: untrained });
    expect(room.state.runs['run-3']?.origin).toEqual({ run: untrained, step: 4 });
  });

  test('[R5] begins before its own last step', () => {
    const { room, host } = classroom();
    room.start(host, 10);
    expect(room.refused(host, 'fork', { run: 'run-1', step: 10 })).toMatchObject({
      code: 'invalid',
      path: 'data.step',
    });
    expect(room.refused(host, 'fork', { run: 'run-1', step: 8, change: { epochs: 4 } }).code).toBe('invalid');
    room.do(host, 'fork', { run: 'run-1', step: 10, change: { epochs: 6 } });
    expect(room.state.runs['run-2']?.configuration.epochs).toBe(6);
  });

  test.each([
    { optimizer: { learningRate: 1 } },
    { regularization: { l2: 1 } },
    { epochs: 9 },
    { measureEvery: 2 },
    { evaluateEvery: 2 },
  ])('[R5] may change %j', (change) => {
    const { room, host } = classroom();
    room.start(host);
    expect(room.do(host, 'fork', { run: 'run-1', step: 2, change })).toEqual({ run: 'run-2' });
  });

  test.each([
    [{ hidden: [4, 4] }, 'hidden'],
    [{ activation: 'tanh' }, 'activation'],
    [{ seed: 2 }, 'seed'],
    [{ batchSize: 5 }, 'batchSize'],
    [{ shuffle: false }, 'shuffle'],
    [{ dataset: { train: 30 } }, 'dataset.train'],
    [{ initialization: { gain: 2 } }, 'initialization.gain'],
    [{ probe: 10 }, 'probe'],
    [{ cost: 'quadratic' }, 'cost'],
  ])('[R5] may not change %j', (change, path) => {
    const { room, host } = classroom();
    room.start(host);
    expect(room.refused(host, 'fork', { run: 'run-1', step: 2, change })).toMatchObject({
      code: 'invalid',
      path: `data.change.${path}`,
      message: expect.stringMatching(/cannot change in a fork; these can: optimizer/),
    });
  });
});

describe('A pin', () => {
  test('[N1] marks a step of a run, at a layer where it names one', () => {
    const { room, host, ada } = classroom();
    room.start(host);
    expect(room.do(ada, 'pin', { run: 'run-1', step: 10, text: ' a\u200b  b ' })).toEqual({ pin: 'pin-1' });
    room.do(ada, 'pin', { run: 'run-1', step: 0, layer: 3, text: 'x'.repeat(280) });
    expect(room.state.pins['pin-1']).toEqual({
      id: 'pin-1',
      author: ada,
      at: room.now,
      run: 'run-1',
      layer: null,
      step: 10,
      text: 'a b',
    });
    expect(room.state.pins['pin-2']).toMatchObject({ layer: 3, step: 0 });
    expect(room.refused(ada, 'pin', { run: 'run-1', step: 0, layer: 4, text: 'x' }).path).toBe('data.layer');
    expect(room.refused(ada, 'pin', { run: 'run-1', step: 11, text: 'x' }).path).toBe('data.step');
    expect(room.refused(ada, 'pin', { run: 'run-2', step: 1, text: 'x' }).code).toBe('not-found');
    expect(room.refused(ada, 'pin', { run: 'run-1', step: 0, text: 'x'.repeat(281) }).path).toBe('data.text');
    expect(room.refused(ada, 'pin', { run: 'run-1', step: 0, text: '\u200b' }).path).toBe('data.text');
  });

  test('[N1] is removed by its author or a host, and its number is never given again', () => {
    const { room, host, ada, bob } = classroom();
    room.start(host);
    for (const text of ['a', 'b', 'c']) room.do(ada, 'pin', { run: 'run-1', step: 1, text });
    expect(room.refused(bob, 'unpin', { pin: 'pin-1' })).toMatchObject({ code: 'unauthorized', path: 'data.pin' });
    room.do(ada, 'unpin', { pin: 'pin-1' });
    room.do(host, 'unpin', { pin: 'pin-2' });
    expect(room.refused(ada, 'unpin', { pin: 'pin-1' }).code).toBe('not-found');
    expect(room.do(bob, 'pin', { run: 'run-1', step: 1, text: 'd' })).toEqual({ pin: 'pin-4' });
    room.do(bob, 'unpin', { pin: 'pin-4' });
    expect(room.do(bob, 'pin', { run: 'run-1', step: 1, text: 'e' })).toEqual({ pin: 'pin-5' });
    expect(Object.values(room.state.pins).map((pin) => pin.text)).toEqual(['c', 'e']);
  });

  test('[N1] is the last one when the room has 500', () => {
    const { room, host } = classroom();
    room.start(host);
    for (let n = 1; n <= 500; n++) room.do(host, 'pin', { run: 'run-1', step: 1, text: `${n}` });
    expect(room.refused(host, 'pin', { run: 'run-1', step: 1, text: 'x' })).toMatchObject({
      code: 'limit-reached',
      message: expect.stringMatching(/500/),
    });
    room.do(host, 'unpin', { pin: 'pin-250' });
    expect(room.do(host, 'pin', { run: 'run-1', step: 1, text: 'x' })).toEqual({ pin: 'pin-501' });
  });
});
