/** A look in a thread's hands, without the thread: how the run is brought to its step, and what becomes of one that cannot be. */
import { describe, expect, test } from 'vitest';
import { readMnist } from '../../server/data/mnist.ts';
import { LiveLook } from '../../shared/training/live-look.ts';
import type { FromThread } from '../../shared/training/messages.ts';
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { digitsOf } from '../../shared/core/digits.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { createRun } from '../../shared/core/run.ts';
import { finish } from '../../shared/core/work.ts';
import { writeLook } from '../../shared/protocol/look.ts';
import { configured, imagesOf, trained } from '../core/networks.ts';

const configuration = configured({
  dataset: { name: 'mnist', train: 60, test: 20 },
  hidden: [6, 6],
  batchSize: 5,
  epochs: 4,
  measureEvery: 7,
  optimizer: { name: 'momentum', learningRate: 0.1 },
  dropout: 0.2,
});
const digits = digitsOf(readMnist());

/** Looks on a clock that moves on by `pieceMs` with every piece of work; tells how many slices that took. */
function looking(step: number, saved: Uint8Array | null = null, as: RunConfiguration = configuration, pieceMs = 1) {
  const posted: FromThread[] = [];
  let time = 0;
  const clock = () => (time += pieceMs);
  const request = { ticket: 7, room: 'room', configuration: as, engine: referenceKernels.engine, saved, step };
  const means = () => ({ dataset: imagesOf(as), kernels: referenceKernels, digits: () => digits });
  const look = new LiveLook(request, means, (message) => posted.push(message), clock);
  let slices = 1;
  while (!look.slice()) slices++;
  return { posted, slices };
}

function expectedAt(step: number, as: RunConfiguration = configuration) {
  const run = createRun(as, imagesOf(as), referenceKernels);
  run.advance(Infinity, step);
  const look = finish(run.look(() => digits));
  return {
    type: 'looked',
    ticket: 7,
    digest: run.digest(),
    images: look.images,
    look: writeLook(look),
    saved: run.save(),
  };
}

describe('A live look', () => {
  test.each([0, 1, 7, 23, 48])('[L1] at step %i sees what a new run sees that is brought there', (step) => {
    const expected = expectedAt(step);
    expect(looking(step).posted).toEqual([expected]);
    // From any state that was saved on the way, the look of another step among them.
    for (const from of [0, 1, 6, 22].filter((earlier) => earlier <= step)) {
      const run = createRun(configuration, imagesOf(configuration), referenceKernels);
      run.advance(Infinity, from);
      expect(looking(step, run.save()).posted).toEqual([expected]);
    }
  });

  test('is worked in slices that end after some milliseconds', () => {
    const { slices, posted } = looking(40, null, configuration, 5);
    expect(slices).toBeGreaterThan(20);
    expect(posted).toEqual([expectedAt(40)]);
    expect(looking(40, null, configuration, 0).slices).toBe(1);
  });

  test('says of a run that ends before the step where it ends', () => {
    const wild = configured({
      ...configuration,
      activation: 'linear',
      output: 'linear',
      epochs: 200,
      cost: 'quadratic',
      dropout: 0,
      optimizer: { name: 'sgd', learningRate: 1e6 },
    });
    const run = createRun(wild, imagesOf(wild), referenceKernels);
    trained(run);
    const last = run.step();
    expect(run.standing().kind).toBe('diverged');
    expect(looking(last + 1, null, wild).posted).toEqual([
      { type: 'look-failed', ticket: 7, reason: `it ends at step ${last}` },
    ]);
    expect(looking(last, null, wild).posted).toEqual([expectedAt(last, wild)]);
  });

  test('says what is wrong with a state that cannot be taken up', () => {
    const broken = looking(3, Uint8Array.of(1, 2, 3)).posted;
    expect(broken).toEqual([{ type: 'look-failed', ticket: 7, reason: 'not a saved run' }]);
    const other = configured({ ...configuration, seed: 2 });
    const foreign = createRun(other, imagesOf(other), referenceKernels).save();
    expect(looking(3, foreign).posted).toMatchObject([{ type: 'look-failed', reason: /another/ }]);
  });
});
