/** A run in a thread's hands, without the thread: when it is saved, where it stops, what a fork and a resumed run come to. */
import { describe, expect, test } from 'vitest';
import { LiveRun } from '../../server/training/live-run.ts';
import type { Beginning, FromThread } from '../../server/training/messages.ts';
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { createRun } from '../../shared/core/run.ts';
import { configured, imagesOf, trained } from '../core/networks.ts';

const configuration = configured({
  dataset: { name: 'mnist', train: 20, test: 0 },
  hidden: [4],
  batchSize: 5,
  epochs: 10,
  measureEvery: 1,
});

type Kind<T extends FromThread['type']> = Extract<FromThread, { type: T }>;

/** A live run on a clock that says that every slice takes `sliceMs`. */
function live(beginning: Beginning = { kind: 'new' }, as: RunConfiguration = configuration, sliceMs = 1) {
  const posted: FromThread[] = [];
  let time = 0;
  // The clock is read before and after a slice, so it moves on at every second reading.
  let readings = 0;
  const clock = () => (++readings % 2 === 0 ? (time += sliceMs) : time);
  const request = { ticket: 7, room: 'room', configuration: as, engine: referenceKernels.engine, beginning };
  const run = new LiveRun(request, imagesOf(as), referenceKernels, (message) => posted.push(message), clock);
  const of = <T extends FromThread['type']>(type: T) =>
    posted.filter((message): message is Kind<T> => message.type === type);
  return {
    run,
    posted,
    of,
    steps: () => of('measured').flatMap((message) => message.measurements.map((m) => m.step)),
    end: () => of('ended')[0]?.end,
    finish: () => {
      while (!run.slice());
    },
  };
}

const undisturbed = () => {
  const run = createRun(configuration, imagesOf(configuration), referenceKernels);
  const measurements = trained(run);
  return { digest: run.digest(), digests: measurements.map((m) => m.digest), steps: run.step() };
};

describe('A live run', () => {
  test('[R2] posts every measurement once and in order, and its end with the digest of an undisturbed run', () => {
    const { finish, steps, end, posted, of } = live();
    finish();
    const expected = undisturbed();
    expect(expected.steps).toBe(40);
    expect(steps()).toEqual(Array.from({ length: 41 }, (_, step) => step));
    const lines = of('measured').flatMap((message) =>
      message.measurements.map((m) => JSON.parse(m.line) as { digest: string }),
    );
    expect(lines.map((line) => line.digest)).toEqual(expected.digests);
    expect(end()).toEqual({ kind: 'finished', step: 40, digest: expected.digest });
    expect(posted.slice(-2).map((message) => message.type)).toEqual(['saved', 'ended']);
    expect(posted.every((message) => message.type === 'left' || message.ticket === 7)).toBe(true);
  });

  test('is saved after 1.5 s of its own training, again and again, never later than 2 s', () => {
    const longer = configured({ ...configuration, epochs: 1000 });
    const { run, of } = live({ kind: 'new' }, longer, 100);
    for (let slices = 1; slices <= 14; slices++) run.slice();
    expect(of('saved')).toHaveLength(0);
    run.slice();
    expect(of('saved')).toHaveLength(1);
    for (let slices = 1; slices <= 30; slices++) run.slice();
    expect(of('saved')).toHaveLength(3);
    const saved = of('saved').map((message) => message.step);
    expect(saved).toEqual(saved.toSorted((a, b) => a - b));
    expect(saved[0]).toBeGreaterThan(0);
    // How long it has trained is told with the measurements.
    const seconds = of('measured').map((message) => message.seconds);
    expect(seconds[0]).toBeCloseTo(0.1);
    expect(seconds).toEqual(seconds.toSorted((a, b) => a - b));
    expect(seconds.at(-1)).toBeGreaterThan(3);
    expect(seconds.at(-1)).toBeLessThanOrEqual(4.5001);
  });

  test('takes smaller slices when they last too long, and larger ones when they are over at once', () => {
    const longer = configured({ ...configuration, epochs: 1000 });
    const perSlice = (sliceMs: number) => {
      const { run, steps } = live({ kind: 'new' }, longer, sliceMs);
      for (let slices = 0; slices < 5; slices++) run.slice();
      const before = steps().length;
      run.slice();
      return steps().length - before;
    };
    expect(perSlice(50)).toBeLessThanOrEqual(1);
    expect(perSlice(0.5)).toBeGreaterThan(20);
  });

  test('[F6] goes on from any checkpoint to the same end', () => {
    const longer = configured({ ...configuration, epochs: 60 });
    const first = live({ kind: 'new' }, longer, 400);
    first.finish();
    const checkpoints = first.of('saved');
    expect(checkpoints.length).toBeGreaterThan(3);
    for (const { step, bytes } of [checkpoints[0], checkpoints[2]].filter((saved) => saved !== undefined)) {
      const second = live({ kind: 'resume', saved: bytes }, longer, 1);
      second.finish();
      expect(second.end()).toEqual(first.end());
      expect(second.steps()[0]).toBeGreaterThanOrEqual(step);
      expect(second.steps()[0]).toBeLessThanOrEqual(step + 1);
    }
  });

  test('[R3] stopped ends at its last whole step, which is measured and saved', () => {
    const { run, steps, end, of } = live({ kind: 'new' }, configuration, 50);
    while (steps().length < 12) run.slice();
    run.stop();
    const stopped = end();
    if (stopped?.kind !== 'stopped') throw new Error(`${stopped?.kind}`);
    expect(stopped.step).toBe(steps().at(-1));
    expect(of('saved').at(-1)?.step).toBe(stopped.step);
    const same = createRun(configuration, imagesOf(configuration), referenceKernels);
    same.advance(Infinity, stopped.step);
    expect(stopped.digest).toBe(same.digest());
    expect(steps()).toEqual(Array.from({ length: stopped.step + 1 }, (_, step) => step));
  });

  test('[R3] stopped before its first slice ends at step 0', () => {
    const { run, steps, end } = live();
    run.stop();
    expect(end()).toMatchObject({ kind: 'stopped', step: 0 });
    expect(steps()).toEqual([0]);
  });

  test.each([0, 1, 17, 39])('[R2][R5] forked at step %i without a change ends as its parent does', (step) => {
    const expected = undisturbed();
    const parent = createRun(configuration, imagesOf(configuration), referenceKernels);
    parent.advance(Infinity, Math.floor(step / 2));
    for (const saved of [null, parent.save()]) {
      const fork = live({ kind: 'fork', step, parent: configuration, saved });
      fork.finish();
      expect(fork.end()).toEqual({ kind: 'finished', step: 40, digest: expected.digest });
      expect(fork.steps()).toEqual(Array.from({ length: 41 - step }, (_, n) => step + n));
      // Its own first checkpoint comes before its first measurement, so that it can be resumed and forked in turn.
      expect(fork.posted[0]).toMatchObject({ type: 'saved', step });
    }
  });

  test('[R5] forked with a change has the parent’s parameters at its first step and others at its end', () => {
    const changed = configured({ ...configuration, optimizer: { name: 'sgd', learningRate: 2 } });
    const fork = live({ kind: 'fork', step: 10, parent: configuration, saved: null }, changed);
    fork.finish();
    const expected = undisturbed();
    const [first] = fork.of('measured').flatMap((message) => message.measurements);
    expect(JSON.parse(first?.line ?? '')).toMatchObject({ step: 10, digest: expected.digests[10] });
    expect(fork.end()).toMatchObject({ kind: 'finished', step: 40 });
    expect(fork.end()).not.toMatchObject({ digest: expected.digest });
  });

  test('does not begin with bytes that are no checkpoint', () => {
    expect(() => live({ kind: 'resume', saved: Uint8Array.of(1, 2, 3) })).toThrow(/\w/);
  });
});
