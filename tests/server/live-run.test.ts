/** A run in a thread's hands, without the thread: when it is saved, where it stops, what a fork and a resumed run come to. */
import { describe, expect, test } from 'vitest';
import { LiveRun } from '../../shared/training/live-run.ts';
import type { Beginning, FromThread } from '../../shared/training/messages.ts';
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import type { Kernels } from '../../shared/core/kernels/kernels.ts';
import { createRun } from '../../shared/core/run.ts';
import { configured, imagesOf, trained } from '../core/networks.ts';
import { timed } from '../support/timed-kernels.ts';

const configuration = configured({
  dataset: { name: 'mnist', train: 20, test: 0 },
  hidden: [4],
  batchSize: 5,
  epochs: 10,
  measureEvery: 1,
});

type Kind<T extends FromThread['type']> = Extract<FromThread, { type: T }>;

/** A live run on a clock that only steps move on, each by `stepMs`. */
function live(beginning: Beginning = { kind: 'new' }, as: RunConfiguration = configuration, stepMs = 1) {
  const posted: FromThread[] = [];
  const savedAt: number[] = [];
  const clock = { ms: 0 };
  const costs = { add: 0, infer: 0, update: stepMs };
  const kernels: Kernels = {
    engine: referenceKernels.engine,
    createNetwork: (design, dataset) => timed(referenceKernels.createNetwork(design, dataset), clock, () => costs),
  };
  const request = { ticket: 7, room: 'room', configuration: as, engine: referenceKernels.engine, beginning };
  const post = (message: FromThread) => {
    posted.push(message);
    if (message.type === 'saved') savedAt.push(clock.ms);
  };
  const run = new LiveRun(
    request,
    () => ({ dataset: imagesOf(as), kernels }),
    post,
    () => clock.ms,
  );
  const of = <T extends FromThread['type']>(type: T) =>
    posted.filter((message): message is Kind<T> => message.type === type);
  return {
    run,
    posted,
    savedAt,
    clock,
    costs,
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
    expect(posted.every((message) => 'ticket' in message && message.ticket === 7)).toBe(true);
  });

  test.each([0.2, 7, 100])(
    'is saved after 1.5 s of its own training, never later than 2 s, with steps of %d ms',
    (stepMs) => {
      const longer = configured({ ...configuration, epochs: 10_000, measureEvery: 4 });
      const { run, of, savedAt, clock } = live({ kind: 'new' }, longer, stepMs);
      while (clock.ms < 4900) run.slice();
      expect(savedAt.length).toBeGreaterThanOrEqual(2);
      const times = [0, ...savedAt];
      for (const [n, at] of savedAt.entries()) {
        expect(at - (times[n] ?? 0)).toBeGreaterThanOrEqual(1500);
        expect(at - (times[n] ?? 0)).toBeLessThanOrEqual(2000);
      }
      const saved = of('saved').map((message) => message.step);
      expect(saved).toEqual(saved.toSorted((a, b) => a - b));
      // How long it has trained is told with the measurements.
      const seconds = of('measured').map((message) => message.seconds);
      expect(seconds).toEqual(seconds.toSorted((a, b) => a - b));
      expect(seconds.at(-1)).toBeGreaterThan(4.5);
      expect(seconds.at(-1)).toBeLessThanOrEqual(clock.ms / 1000);
    },
  );

  test('posts what was measured before the checkpoint that counts on it', () => {
    const longer = configured({ ...configuration, epochs: 1000 });
    const { run, posted, clock } = live({ kind: 'new' }, longer, 3);
    while (clock.ms < 4000) run.slice();
    let told = -1;
    const behind: number[] = [];
    for (const message of posted) {
      if (message.type === 'measured') told = message.measurements.at(-1)?.step ?? told;
      if (message.type === 'saved') behind.push(message.step - told);
    }
    expect(behind.length).toBeGreaterThan(1);
    expect(Math.max(...behind)).toBeLessThanOrEqual(1);
  });

  test('works in slices of 5 ms, however fast its steps are, and adapts when they become slow', () => {
    const longer = configured({ ...configuration, epochs: 10_000, measureEvery: 1000 });
    const { run, clock, costs } = live({ kind: 'new' }, longer, 0.01);
    const slice = (): number => {
      const began = clock.ms;
      run.slice();
      return clock.ms - began;
    };
    for (let n = 0; n < 20; n++) slice();
    for (let n = 0; n < 20; n++) {
      const ms = slice();
      expect(ms).toBeGreaterThanOrEqual(5);
      expect(ms).toBeLessThan(7.5);
    }
    // Steps that take thirty times as long are noticed in the first bite.
    costs.update = 0.3;
    expect(slice()).toBeLessThan(50);
    for (let n = 0; n < 20; n++) expect(slice()).toBeLessThan(8);
  });

  test('[F6] goes on from any checkpoint to the same end', () => {
    const longer = configured({ ...configuration, epochs: 60 });
    const first = live({ kind: 'new' }, longer, 400);
    first.finish();
    const checkpoints = first.of('saved');
    expect(checkpoints.length).toBeGreaterThan(3);
    for (const { step, bytes } of [checkpoints[0], checkpoints[2]].filter((saved) => saved !== undefined)) {
      const second = live({ kind: 'resume', step, saved: bytes }, longer, 1);
      second.finish();
      expect(second.end()).toEqual(first.end());
      expect(second.steps()[0]).toBeGreaterThanOrEqual(step);
      expect(second.steps()[0]).toBeLessThanOrEqual(step + 1);
    }
  });

  test('[R3] stopped takes no further step, and ends at its last whole one, which is measured and saved', () => {
    const { run, steps, end, of, posted, finish } = live({ kind: 'new' }, configuration, 50);
    while (steps().length < 12) run.slice();
    const atStop = posted.length;
    run.halt();
    run.halt();
    expect(posted.slice(atStop)).toEqual([{ type: 'halted', ticket: 7 }]);
    finish();
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
    const { run, steps, end, finish } = live();
    run.halt();
    finish();
    expect(end()).toMatchObject({ kind: 'stopped', step: 0 });
    expect(steps()).toEqual([0]);
  });

  test('[R3] stopped while its parent is brought to its step ends where that one is', () => {
    const fork = live({ kind: 'fork', step: 30, parent: configuration, saved: null }, configuration, 3);
    fork.run.slice();
    fork.run.halt();
    fork.finish();
    const stopped = fork.end();
    if (stopped?.kind !== 'stopped') throw new Error(`${stopped?.kind}`);
    expect(stopped.step).toBeGreaterThan(0);
    expect(stopped.step).toBeLessThan(30);
    expect(fork.steps()).toEqual([]);
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

  test('counts no seconds for bringing the parent to where it forks', () => {
    const fork = live({ kind: 'fork', step: 30, parent: configuration, saved: null }, configuration, 100);
    fork.finish();
    expect(fork.clock.ms).toBeGreaterThanOrEqual(4000);
    const seconds = fork.of('measured').map((message) => message.seconds);
    expect(seconds.at(-1)).toBeGreaterThan(0.9);
    expect(seconds.at(-1)).toBeLessThan(1.2);
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

  test('leaves a checkpoint where it has trained since the last one, and none where it has not', () => {
    const { run, of, steps } = live({ kind: 'new' }, configuration, 50);
    run.leave();
    expect(of('saved')).toEqual([]);
    while (steps().length < 7) run.slice();
    run.leave();
    expect(of('saved')).toHaveLength(1);
    const step = of('saved')[0]?.step ?? 0;
    expect(step).toBeGreaterThanOrEqual(6);
    const saved = of('saved')[0]?.bytes ?? new Uint8Array(0);
    const again = live({ kind: 'resume', step, saved });
    again.run.slice();
    const atOnce = live({ kind: 'resume', step, saved });
    atOnce.run.leave();
    expect(atOnce.of('saved')).toEqual([]);
    again.finish();
    expect(again.end()).toMatchObject({ kind: 'finished', digest: undisturbed().digest });
  });

  test('does not begin with bytes that are no checkpoint', () => {
    const { run } = live({ kind: 'resume', step: 3, saved: Uint8Array.of(1, 2, 3) });
    expect(() => run.slice()).toThrow('not a saved run');
  });
});
