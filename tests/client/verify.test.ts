/** Verifying a run against what a server trained: everything that may be wrong on one side is found on the other. */
import { describe, expect, test } from 'vitest';
import { type Claim, claimOf, firstDifference, readClaim } from '../../shared/verify/compare.ts';
import type { Link, Task } from '../../shared/verify/task.ts';
import { type Outcome, type Progress, type Sources, verify } from '../../shared/verify/verify.ts';
import { LiveRun, type Post } from '../../shared/training/live-run.ts';
import type { Beginning, FromThread, RunRequest } from '../../shared/training/messages.ts';
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { createRun } from '../../shared/core/run.ts';
import { configured, imagesOf } from '../core/networks.ts';

const { engine } = referenceKernels;
const shape = { dataset: { name: 'mnist', train: 20, test: 10 }, hidden: [4], batchSize: 5, epochs: 60 } as const;
/** 240 steps, measured at every second one and where it is tested. */
const configuration = configured({ ...shape, measureEvery: 2, evaluateEvery: 10 });
const bolder = configured({ ...configuration, optimizer: { name: 'sgd', learningRate: 2 } });
/** Its weights leave what can be counted within some steps. */
const wild = configured({
  ...shape,
  activation: 'linear',
  output: 'linear',
  cost: 'quadratic',
  measureEvery: 1,
  optimizer: { name: 'sgd', learningRate: 1e6 },
});

type Trained = { readonly lines: readonly string[]; readonly end: Task['end']; readonly own: Link };

/** A live run on a clock that moves on whenever it is read. */
function liveRun(request: RunRequest, post: Post): LiveRun {
  let time = 0;
  const means = () => ({ dataset: imagesOf(request.configuration), kernels: referenceKernels });
  return new LiveRun(request, means, post, () => time++);
}

/** Trains a run as a thread of the server does; `stopAfter` stops it once so many measurements are there. */
function trainedBy(
  beginning: Beginning = { kind: 'new' },
  as: RunConfiguration = configuration,
  stopAfter = Infinity,
): Trained {
  const posted: FromThread[] = [];
  const request = { ticket: 1, room: 'room', configuration: as, engine, beginning };
  const run = liveRun(request, (message) => posted.push(message));
  const lines = () => posted.flatMap((m) => (m.type === 'measured' ? m.measurements.map(({ line }) => line) : []));
  let over = false;
  while (!over && lines().length < stopAfter) over = run.slice();
  if (!over) run.halt();
  while (!over) over = run.slice();
  const end = posted.flatMap((message) => (message.type === 'ended' ? [message.end] : []))[0];
  if (end === undefined || end.kind === 'failed') throw new Error(`the run has ended ${end?.kind}`);
  const from = beginning.kind === 'fork' ? beginning.step : 0;
  return { lines: lines(), end, own: { engine, configuration: as, from } };
}

type Asked = { readonly outcome: Outcome; readonly spans: (readonly [number, number])[]; readonly told: Progress[] };

/** Verifies what a server says; `readable` is the last step that it sends. */
async function verified({ lines, end, own }: Trained, change: Partial<Task> = {}, readable = Infinity): Promise<Asked> {
  const spans: (readonly [number, number])[] = [];
  const told: Progress[] = [];
  const sources: Sources = {
    kernels: (name) => Promise.resolve(name === engine ? referenceKernels : null),
    dataset: (wanted, loaded) => {
      loaded(1);
      return Promise.resolve(imagesOf(wanted));
    },
    lines: ([from, to]) => {
      spans.push([from, to]);
      const isAsked = ({ step }: Claim) => step >= from && step <= Math.min(to, readable);
      return Promise.resolve(lines.filter((line) => isAsked(readClaim(line))));
    },
  };
  const task: Task = { ancestors: [], own, end, last: end.step, everything: true, ...change };
  return { outcome: await verify(task, sources, (progress) => told.push(progress)), spans, told };
}

const stepsOf = ({ lines }: Trained): number[] => lines.map((line) => readClaim(line).step);

/** Rewrites the measurement of one step. */
const withLine = (run: Trained, step: number, rewrite: (line: string) => string): Trained => ({
  ...run,
  lines: run.lines.map((line) => (readClaim(line).step === step ? rewrite(line) : line)),
});
const without = (run: Trained, ...steps: number[]): Trained => ({
  ...run,
  lines: run.lines.filter((line) => !steps.includes(readClaim(line).step)),
});
const planted = 'f'.repeat(32);
const plantDigest = (line: string): string => line.replace(/"digest":"[^"]*"/, `"digest":"${planted}"`);
const digestAt = (run: Trained, step: number): string | undefined =>
  run.lines.map(readClaim).find((claim) => claim.step === step)?.digest;

const whole = trainedBy();

describe('A finished run', () => {
  test('[R2] is equal in every measurement, which are read a page at a time and each once', async () => {
    expect(stepsOf(whole)).toHaveLength(121);
    const { outcome, spans } = await verified(whole);
    expect(outcome).toEqual({ kind: 'equal', measurements: 121, step: 240 });
    expect(spans).toEqual([
      [0, 199],
      [200, 240],
    ]);
  });

  test('is told of on the way, from nothing to all', async () => {
    const { told } = await verified(whole);
    const shares = told.flatMap(({ phase, share }) => (phase === 'computing' ? [share] : []));
    expect(told[0]).toEqual({ phase: 'loading', share: 1 });
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  test.each([0, 2, 118, 240])('with another digest at step %i differs first there', async (step) => {
    const wrong = withLine(whole, step, plantDigest);
    const ours = digestAt(whole, step);
    expect((await verified(wrong)).outcome).toEqual({ kind: 'differs', step, ours, theirs: planted, field: null });
  });

  test('with two wrong digests differs at the first', async () => {
    const wrong = withLine(withLine(whole, 200, plantDigest), 100, plantDigest);
    expect((await verified(wrong)).outcome).toMatchObject({ kind: 'differs', step: 100 });
  });

  test('with another number beside equal digests differs in it', async () => {
    const wrong = withLine(whole, 50, (line) => line.replace(/"slopeRms":[\d.e-]+/, '"slopeRms":0.25'));
    const digest = digestAt(whole, 50);
    expect((await verified(wrong)).outcome).toEqual({
      kind: 'differs',
      step: 50,
      ours: digest,
      theirs: digest,
      field: 'layers.0.slopeRms',
    });
  });

  test.each([0, 60, 198, 200, 240])('without its measurement of step %i differs there', async (step) => {
    const ours = digestAt(whole, step);
    expect((await verified(without(whole, step))).outcome).toEqual({
      kind: 'differs',
      step,
      ours,
      theirs: null,
      field: null,
    });
  });

  test('with a measurement too many differs there', async () => {
    const extra = (whole.lines[10] ?? '').replace('"step":20', '"step":21');
    const more = { ...whole, lines: whole.lines.toSpliced(11, 0, extra) };
    const theirs = digestAt(whole, 20);
    expect((await verified(more)).outcome).toEqual({ kind: 'differs', step: 21, ours: null, theirs, field: null });
  });

  test('whose end is recorded with another digest differs at its end', async () => {
    const wrong = { ...whole, end: { ...whole.end, digest: planted } };
    const ours = digestAt(whole, 240);
    expect((await verified(wrong)).outcome).toEqual({ kind: 'differs', step: 240, ours, theirs: planted, field: null });
  });

  test('of another configuration differs from the first step that it changes', async () => {
    const other = { ...whole, own: { ...whole.own, configuration: bolder } };
    expect((await verified(other)).outcome).toMatchObject({ kind: 'differs', step: 2 });
  });

  test('whose answer is no measurement is not judged', async () => {
    await expect(verified({ ...whole, lines: ['<html>'] })).rejects.toThrow(/\w/);
    expect(() => readClaim('{"step":"1","digest":"a"}')).toThrow('not a measurement');
    expect(() => readClaim('null')).toThrow('not a measurement');
  });
});

describe('Who may not read everything', () => {
  test.each([
    [100, 51, 100],
    [101, 51, 100],
    [199, 100, 198],
    [200, 101, 200],
    [239, 120, 238],
  ])('up to step %i compares %i measurements, and asks for nothing beyond', async (last, measurements, step) => {
    const { outcome, spans } = await verified(whole, { last, everything: false }, last);
    expect(outcome).toEqual({ kind: 'equal', measurements, step });
    expect(Math.max(...spans.map(([, to]) => to))).toBeLessThanOrEqual(last);
  });

  test('stops where the server sends no more, although it could be read before', async () => {
    const { outcome, spans } = await verified(whole, { everything: false }, 77);
    expect(outcome).toEqual({ kind: 'equal', measurements: 39, step: 76 });
    expect(spans).toHaveLength(1);
  });

  test('is told of a gap before the end', async () => {
    const { outcome } = await verified(without(whole, 40), { last: 100, everything: false }, 100);
    expect(outcome).toMatchObject({ kind: 'differs', step: 40, theirs: null });
  });

  test('has nothing to compare before the first measurement', async () => {
    expect((await verified(whole, { last: -1, everything: false }, -1)).outcome).toEqual({ kind: 'nothing' });
    expect((await verified(whole, { last: 50, everything: false }, -1)).outcome).toEqual({ kind: 'nothing' });
  });
});

describe('A run that was cut short', () => {
  test.each([1, 2, 7])('[R3] stopped after %i measurements is equal up to its last step', async (count) => {
    const stopped = trainedBy({ kind: 'new' }, configuration, count);
    expect(stopped.end.kind).toBe('stopped');
    const { outcome } = await verified(stopped);
    expect(outcome).toEqual({ kind: 'equal', measurements: stopped.lines.length, step: stopped.end.step });
  });

  test('[R3] is measured where it stopped, off the schedule too', async () => {
    const run = createRun(configuration, imagesOf(configuration), referenceKernels);
    const lines = [...run.advance(Infinity, 31), ...run.conclude()].map((made) => claimOf(made).line);
    const end = { kind: 'stopped', step: 31, digest: run.digest() } as const;
    const stopped = { lines, end, own: whole.own };
    expect((await verified(stopped)).outcome).toEqual({ kind: 'equal', measurements: 17, step: 31 });
  });

  test('that diverged is equal in what is not finite, too', async () => {
    const diverged = trainedBy({ kind: 'new' }, wild);
    expect(diverged.end.kind).toBe('diverged');
    expect(diverged.lines.at(-1)).toMatch(/"(?:NaN|Infinity)"/);
    const { outcome } = await verified(diverged);
    expect(outcome).toEqual({ kind: 'equal', measurements: diverged.lines.length, step: diverged.end.step });
  });

  test('that is said to have gone on differs where it diverged here', async () => {
    const diverged = trainedBy({ kind: 'new' }, wild);
    const { step } = diverged.end;
    const extra = (diverged.lines.at(-1) ?? '').replace(`"step":${step}`, `"step":${step + 1}`);
    const longer = { ...diverged, lines: [...diverged.lines, extra], end: { ...diverged.end, step: step + 1 } };
    expect((await verified(longer)).outcome).toMatchObject({ kind: 'differs', step: step + 1, ours: null });
  });
});

describe('A fork', () => {
  const child = trainedBy({ kind: 'fork', step: 31, parent: configuration, saved: null }, bolder);
  const parentAt = (step: number) => {
    const run = createRun(configuration, imagesOf(configuration), referenceKernels);
    run.advance(Infinity, step);
    return run.save();
  };

  test('[R2] is equal from the step at which it left its parent', async () => {
    const { outcome, spans } = await verified(child, { ancestors: [whole.own] });
    expect(outcome).toEqual({ kind: 'equal', measurements: child.lines.length, step: 240 });
    expect(spans[0]?.[0]).toBe(31);
  });

  test('[R2] of a fork is equal through the whole chain', async () => {
    // The server goes on from a checkpoint of the parent; here everything is computed from the beginning.
    const run = createRun(configuration, imagesOf(configuration), referenceKernels);
    run.advance(Infinity, 31);
    const beginning = { kind: 'fork', step: 31, parent: configuration, saved: parentAt(20) } as const;
    const childOfServer = trainedBy(beginning, bolder);
    expect(childOfServer.lines).toEqual(child.lines);
    const posted: FromThread[] = [];
    const request = { ticket: 1, room: 'room', configuration: bolder, engine, beginning };
    const live = liveRun(request, (message) => posted.push(message));
    while (!live.slice());
    const saved = posted.flatMap((message) => (message.type === 'saved' ? [message.bytes] : []))[0] ?? null;
    const grandchild = trainedBy({ kind: 'fork', step: 90, parent: bolder, saved }, configuration);
    const { outcome } = await verified(grandchild, { ancestors: [whole.own, child.own] });
    expect(outcome).toEqual({ kind: 'equal', measurements: grandchild.lines.length, step: 240 });
  });

  test('of another parent differs at its first step', async () => {
    const parent = { ...whole.own, configuration: bolder };
    const { outcome } = await verified(child, { ancestors: [parent] });
    expect(outcome).toMatchObject({ kind: 'differs', step: 31 });
  });

  test.each([0, 30, 31])(
    '[R5] at step %i without a change is equal, with a first measurement or without',
    async (step) => {
      const same = trainedBy({ kind: 'fork', step, parent: configuration, saved: null });
      const { outcome } = await verified(same, { ancestors: [whole.own] });
      expect(outcome).toEqual({ kind: 'equal', measurements: same.lines.length, step: 240 });
      if (step % 2 !== 0) return;
      const shorter = without(same, step);
      expect((await verified(shorter, { ancestors: [whole.own] })).outcome).toMatchObject({
        kind: 'equal',
        measurements: same.lines.length - 1,
      });
    },
  );

  test('of a parent that ends earlier here differs at once', async () => {
    const parent = { engine, configuration: wild, from: 0 };
    const { outcome } = await verified(child, { ancestors: [parent] });
    expect(outcome).toMatchObject({ kind: 'differs', step: 31, ours: null });
  });

  test('that is not shown yet has nothing to compare', async () => {
    const { outcome } = await verified(child, { ancestors: [whole.own], last: 30, everything: false });
    expect(outcome).toEqual({ kind: 'nothing' });
  });
});

describe('A run of another engine', () => {
  test('is not compared', async () => {
    const foreign = { ...whole, own: { ...whole.own, engine: 'float16-9' } };
    const { outcome, spans, told } = await verified(foreign);
    expect(outcome).toEqual({ kind: 'other-engine', engine: 'float16-9' });
    expect([spans, told]).toEqual([[], []]);
  });

  test('is not compared when only what it was forked from is one', async () => {
    const { outcome } = await verified(whole, { ancestors: [{ ...whole.own, engine: 'float16-9' }] });
    expect(outcome).toEqual({ kind: 'other-engine', engine: 'float16-9' });
  });
});

test('Two lines that say the same in another order agree', () => {
  const claim = (line: string): Claim => ({ step: 1, digest: 'a', line });
  const one = claim('{"step":1,"digest":"a","cost":"NaN","layers":[{"speed":0.1}]}');
  expect(firstDifference([one], [claim('{"layers":[{"speed":0.10}],"cost":"NaN","digest":"a","step":1}')])).toBeNull();
  expect(
    firstDifference([one], [claim('{"layers":[{"speed":0.1},{}],"cost":"NaN","digest":"a","step":1}')])?.field,
  ).toBe('layers.1');
  expect(firstDifference([], [])).toBeNull();
});
