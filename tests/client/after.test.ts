/** What people keep of a class: runs in a link, and guesses looked back on. */
import { describe, expect, test } from 'vitest';
import { fragmentOf, parcelOf, readParcel } from '../../client/after/parcel.ts';
import { lookBack, mostDivided } from '../../client/after/looked-back.ts';
import type { GuessChoice } from '../../shared/protocol/guesses.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { createRun } from '../../shared/core/run.ts';
import { rerun, type RerunNews } from '../../shared/verify/rerun.ts';
import { configured, imagesOf } from '../core/networks.ts';
import { small, TestRoom } from '../protocol/room.ts';

const DIGEST = 'f00df00df00df00df00df00df00df00d';

/** A room with a run that ended as its configuration does, and a fork of it. */
function ended(digest = DIGEST) {
  const room = new TestRoom();
  const host = room.join('host');
  const first = room.start(host);
  room.end(first, { kind: 'finished', step: 10, digest });
  const fork = String(room.do(host, 'fork', { run: first, step: 4, change: { epochs: 7 } })['run']);
  room.fronts[fork] = 14;
  room.end(fork, { kind: 'finished', step: 14, digest });
  const run = (id: string) => {
    const found = room.state.runs[id];
    if (found === undefined) throw new Error(`there is no ${id}`);
    return found;
  };
  return { room, host, first: run(first), fork: run(fork) };
}

describe('A run in a link', () => {
  test('comes back whole, with the runs that it was forked from', () => {
    const { room, fork } = ended();
    const parcel = parcelOf(room.state, fork);
    if (parcel === null) throw new Error('nothing to take home');
    const fragment = fragmentOf(parcel);
    expect(fragment).toMatch(/^[\w-]+$/);
    const read = readParcel(fragment);
    expect(read).toEqual(parcel);
    expect(read?.task.ancestors).toHaveLength(1);
    expect(read?.task.own.from).toBe(4);
  });

  test('is not there before it has ended, or behind a guess', () => {
    const { room, host } = ended();
    room.do(host, 'start', { configuration: small });
    room.do(host, 'start', { configuration: small, guess: {} });
    room.end('run-4');
    for (const id of ['run-3', 'run-4']) {
      const run = room.state.runs[id];
      expect(run === undefined ? undefined : parcelOf(room.state, run)).toBeNull();
    }
  });

  test.each([
    '',
    'x',
    '%%%',
    btoa('null'),
    btoa('{"label":"A","links":[],"end":{}}'),
    btoa(
      JSON.stringify({
        label: 'A',
        links: [{ engine: 'e', configuration: { hidden: [1e9] }, from: 0 }],
        end: { kind: 'finished', step: 1, digest: DIGEST },
      }),
    ),
    btoa(
      JSON.stringify({
        label: '<b>long</b>',
        links: [{ engine: 'e', configuration: small, from: 0 }],
        end: { kind: 'finished', step: 1, digest: DIGEST },
      }),
    ),
  ])('that is none is not read: %j', (fragment) => {
    expect(readParcel(fragment)).toBeNull();
  });

  test('is trained again to the same digest, and to another one where a digit of it is another', async () => {
    const configuration = configured(small);
    const original = createRun(configuration, imagesOf(configuration), referenceKernels);
    original.advance(Infinity);
    const { room, first } = ended(original.digest());
    const parcel = parcelOf(room.state, first);
    if (parcel === null) throw new Error('nothing to take home');
    const sources = {
      kernels: () => Promise.resolve(referenceKernels),
      dataset: () => Promise.resolve(imagesOf(configuration)),
    };
    const news: RerunNews[] = [];
    const outcome = await rerun(parcel.task, sources, (one) => news.push(one));
    expect(outcome).toEqual({ kind: 'ended', step: 10, digest: original.digest(), same: true });
    const steps = news.flatMap((one) => (one.kind === 'trained' ? one.measurements.map(({ step }) => step) : []));
    expect(steps).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const own = { ...parcel.task.own, configuration: { ...configuration, seed: 2 } };
    expect(await rerun({ ...parcel.task, own }, sources, () => undefined)).toMatchObject({ same: false, step: 10 });
    const other = { ...parcel.task, own: { ...own, engine: 'float32-older' } };
    expect(await rerun(other, sources, () => undefined)).toEqual({ kind: 'other-engine', engine: 'float32-older' });
  });

  test('that was stopped ends where it was stopped', async () => {
    const configuration = configured({ ...small, measureEvery: 4 });
    const original = createRun(configuration, imagesOf(configuration), referenceKernels);
    original.advance(Infinity, 6);
    original.conclude();
    const task = {
      ancestors: [],
      own: { engine: referenceKernels.engine, configuration, from: 0 },
      end: { kind: 'stopped', step: 6, digest: original.digest() },
      last: 6,
      everything: true,
    } as const;
    const sources = {
      kernels: () => Promise.resolve(referenceKernels),
      dataset: () => Promise.resolve(imagesOf(configuration)),
    };
    expect(await rerun(task, sources, () => undefined)).toMatchObject({ step: 6, same: true });
  });
});

describe('Guesses looked back on', () => {
  /** A guess in which these were chosen; layer 1 is slower by `ratio`. */
  function asked(
    room: TestRoom,
    host: string,
    people: readonly string[],
    rounds: readonly GuessChoice[][],
    ratio: number,
  ) {
    const { run = '', guess = '' } = room.do(host, 'start', { configuration: small, guess: {} });
    room.speeds[`${run}@0`] = [0.1 / ratio, 0.1, 0.5];
    room.fronts[run] = 10;
    rounds.forEach((choices, round) => {
      if (round > 0) room.do(host, 'guess-again', (room.do(host, 'discuss', { guess }), { guess }));
      choices.forEach((choice, n) => room.do(people[n] ?? '', 'guess', { guess, choice }));
    });
    room.do(host, 'reveal', { guess });
  }

  test('say what was believed, what changed, and what divided the class', () => {
    const room = new TestRoom();
    const host = room.join('host');
    const people = ['Ada', 'Bob', 'Cem', 'Dan'].map((name) => room.join('student', name));
    asked(
      room,
      host,
      people,
      [
        ['10', '10', '10', '100'],
        ['100', '100', '10', '100'],
      ],
      118,
    );
    asked(room, host, people, [['3', '10', '30', '100']], 1000);
    asked(room, host, people, [['equal', 'equal', 'equal', 'equal']], 1);
    const all = lookBack(room.state);
    expect(all.map(({ run, answers, believed, right }) => [run.label, answers, believed, right])).toEqual([
      ['A', 4, { choice: '10', share: 0.75 }, { before: 0.25, after: 0.75 }],
      ['B', 4, { choice: '3', share: 0.25 }, { before: 0, after: 0 }],
      ['C', 4, { choice: 'equal', share: 1 }, { before: 1, after: 1 }],
    ]);
    expect(all.map(({ spread }) => Number(spread.toFixed(3)))).toEqual([0.406, 1, 0]);
    expect(mostDivided(all)?.run.label).toBe('B');
  });

  test('leave out what was not revealed or not answered', () => {
    const room = new TestRoom();
    const host = room.join('host');
    asked(room, host, [], [[]], 10);
    room.do(host, 'start', { configuration: small, guess: {} });
    expect(lookBack(room.state)).toEqual([]);
    expect(mostDivided([])).toBeUndefined();
  });
});
