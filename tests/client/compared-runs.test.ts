/** Which runs are compared, in what they differ, and how they are laid out as lines. */
import { describe, expect, it } from 'vitest';
import { planOf } from '../../shared/core/plan.ts';
import type { RoomRun, RoomState } from '../../shared/protocol/state.ts';
import { axisOf, groupedByHeight, lanes, parallelAxes, readableTicks } from '../../client/runs/parallel.ts';
import { createRowMaker, type RunRow } from '../../client/runs/rows.ts';
import { comparedRuns, withEyes } from '../../client/runs/shown.ts';
import { fieldsOf } from '../../client/runs/settings-table.tsx';
import type { RunValues } from '../../client/runs/values.ts';
import { verifyInTurn } from '../../client/runs/verify-in-turn.ts';
import type { Verification } from '../../client/verify/verifications.ts';
import { createStore } from 'zustand/vanilla';
import { configured } from '../core/networks.ts';
import { TestRoom } from '../protocol/room.ts';
import { wordsOf } from './say.ts';

const words = wordsOf('en');
const small = { dataset: { name: 'mnist', train: 60, test: 0 }, batchSize: 10, epochs: 2 };

function roomOf(...configurations: readonly object[]): { state: RoomState; runs: RoomRun[] } {
  const room = new TestRoom();
  const host = room.join('host');
  for (const configuration of configurations) room.start(host, 10, { hidden: [7, 6], ...small, ...configuration });
  return { state: room.state, runs: Object.values(room.state.runs) };
}

const values = (ratio: number | null, share: number | null): RunValues => ({
  step: 4,
  ratio,
  accuracy: share === null ? null : { share, of: 'train' },
  missing: [],
});

function rowsOf(state: RoomState, each: readonly RunValues[] = []): RunRow[] {
  const runs = Object.values(state.runs);
  return createRowMaker()({
    state,
    words,
    nameOf: (id) => state.people[id]?.name ?? '',
    base: runs[0] ?? null,
    compared: new Set(runs.slice(0, 2).map(({ id }) => id)),
    looked: 'run-2',
    values: new Map(runs.flatMap((run, index) => (each[index] === undefined ? [] : [[run.id, each[index]] as const]))),
    verifications: {},
  });
}

describe('the runs that are compared', () => {
  it('are those of the room until somebody opens or closes an eye, and always the oldest first', () => {
    const { state } = roomOf({}, {}, {});
    expect(comparedRuns(state, null).map(({ id }) => id)).toEqual(['run-1', 'run-2', 'run-3']);
    expect(comparedRuns(state, ['run-3', 'run-9', 'toString', 'run-1']).map(({ id }) => id)).toEqual([
      'run-1',
      'run-3',
    ]);
    expect(comparedRuns(state, [])).toEqual([]);
  });

  it('change by those eyes only that are meant', () => {
    expect(withEyes(['run-1', 'run-2'], ['run-2', 'run-3'], true)).toEqual(['run-1', 'run-2', 'run-3']);
    expect(withEyes(['run-1', 'run-2'], ['run-2', 'run-3'], false)).toEqual(['run-1']);
  });
});

describe('what a row says', () => {
  it('is how the run differs from the base, false and 0 too', () => {
    const { state } = roomOf({ dropout: 0.5 }, { shuffle: false, dropout: 0 }, { dropout: 0.5 });
    const rows = rowsOf(state);
    expect(rows.map(({ isBase }) => isBase)).toEqual([true, false, false]);
    expect(rows[1]?.changes.map(({ field, to }) => `${field} ${to}`)).toEqual(['dropout 0', 'shuffling off']);
    expect(rows[2]?.changes).toEqual([]);
    expect(rows.map(({ isShown, isLooked }) => [isShown, isLooked])).toEqual([
      [true, false],
      [true, true],
      [false, false],
    ]);
    expect(rows[0]?.parameters).toBe(planOf(configured({ hidden: [7, 6] })).parameters);
  });

  it('names whose idea the run was, not who started it', () => {
    const room = new TestRoom();
    const host = room.join('host');
    const ada = room.join('student', 'Ada');
    room.do(ada, 'propose', { change: { seed: 2 } });
    room.do(host, 'accept', { proposal: 'proposal-1' });
    room.do(host, 'start', { proposal: 'proposal-1' });
    room.start(host);
    expect(rowsOf(room.state).map(({ author }) => author)).toEqual(['Ada', 'Host']);
  });

  it('keeps what does not change, so that rows need not be drawn again', () => {
    const { state } = roomOf({}, { seed: 2 });
    const make = createRowMaker();
    const inputs = {
      state,
      words,
      nameOf: () => 'Host',
      base: Object.values(state.runs)[0] ?? null,
      compared: new Set<string>(),
      looked: null,
    };
    const once = make({ ...inputs, values: new Map(), verifications: {} });
    const again = make({ ...inputs, values: new Map(), verifications: {} });
    expect(again[1]).toBe(once[1]);
    const moved = make({ ...inputs, values: new Map([['run-2', values(3, 0.5)]]), verifications: {} });
    expect(moved[0]).toBe(once[0]);
    expect(moved[1]).not.toBe(once[1]);
    expect(moved[1]?.keys).toMatchObject({ ratio: 3, accuracy: 0.5 });
    expect(moved[1]?.changes).toBe(once[1]?.changes);
    const other = make({ ...inputs, base: Object.values(state.runs)[1] ?? null, values: new Map(), verifications: {} });
    expect(other.map(({ changes }) => changes.length)).toEqual([1, 0]);
  });
});

describe('settings side by side', () => {
  it('tell which fields differ and what a run does not have', () => {
    const fields = fieldsOf([
      configured({}),
      configured({ optimizer: { name: 'momentum' } }),
      configured({ shuffle: false }),
    ]);
    const differing = fields.filter(({ differs }) => differs);
    expect(differing).toEqual([
      { path: 'optimizer.name', values: ['sgd', 'momentum', 'sgd'], differs: true },
      { path: 'shuffle', values: [true, true, false], differs: true },
      { path: 'optimizer.momentum', values: [undefined, 0.9, undefined], differs: true },
    ]);
    expect(fields.length).toBeGreaterThan(20);
  });
});

describe('runs as lines', () => {
  it('have an axis for what differs between them, and for what came of them', () => {
    const { state } = roomOf({}, { activation: 'relu' }, { hidden: [7, 6, 5], activation: 'relu' });
    const axes = parallelAxes(rowsOf(state, [values(118, 0.9), values(1.2, 0), values(null, null)]));
    expect(axes.map(({ name }) => name)).toEqual(['depth', 'parameters', 'activation', 'ratio', 'accuracy']);
    expect(axes.find(({ name }) => name === 'activation')?.heights).toEqual([0, 1, 1]);
    expect(axes.find(({ name }) => name === 'ratio')?.heights).toEqual([1, 0, null]);
    expect(axes.find(({ name }) => name === 'accuracy')?.heights).toEqual([1, 0, null]);
  });

  it('are laid out in powers of ten where values span them, and have places for what is not finite', () => {
    expect(axisOf('x', [0.01, 0.1, 1]).heights).toEqual([0, expect.closeTo(0.5), 1]);
    expect(axisOf('x', [0, 5, 10]).heights).toEqual([0, 0.5, 1]);
    expect(axisOf('x', [3, 3]).heights).toEqual([0.5, 0.5]);
    const wild = axisOf('x', [1, 2, Infinity, Number.NaN, null]);
    expect(wild.heights).toEqual([0, 1, lanes.infinity, lanes.nan, null]);
    expect(wild.ticks.map(({ value }) => value)).toEqual([1, 2, Infinity, Number.NaN]);
  });

  it('leave out the settings that set the fewest runs apart', () => {
    const { state } = roomOf(
      { seed: 2 },
      { seed: 3, activation: 'relu', dropout: 0.1, residual: true },
      { seed: 4, activation: 'tanh', epochs: 3, shuffle: false },
      { seed: 5, gradientClip: 1, regularization: { l2: 1 } },
    );
    const names = parallelAxes(rowsOf(state)).map(({ name }) => name);
    expect(names).toHaveLength(8);
    expect(names.slice(0, 2)).toEqual(['activation', 'residual']);
    expect(names).toContain('seed');
  });

  it('end side by side where they end together', () => {
    expect(groupedByHeight([0.5, null, 1, 0.49, 0], 0.05)).toEqual([
      { at: 1, runs: [2] },
      { at: 0.5, runs: [0, 3] },
      { at: 0, runs: [4] },
    ]);
  });

  it('have ticks that can be read, the ends first', () => {
    const ticks = [0, 0.01, 0.5, 0.995, 1].map((at) => ({ at, value: at }));
    expect(readableTicks(ticks, 200, 16).map(({ at }) => at)).toEqual([0, 1, 0.5]);
    expect(readableTicks([], 200, 16)).toEqual([]);
  });
});

describe('verifying several runs', () => {
  it('takes one after the other', () => {
    const store = createStore<Readonly<Record<string, Verification>>>(() => ({}));
    const started: string[] = [];
    const start = (run: string): void => {
      started.push(run);
      // The second one asks before it loads, and the others do not wait for the answer.
      const asks: Verification = { kind: 'asking', megabytes: 9 };
      const works: Verification = { kind: 'working', progress: { phase: 'computing', share: 0 }, last: 1 };
      store.setState({ [run]: run === 'run-2' ? asks : works });
    };
    verifyInTurn({ store, start }, ['run-1', 'run-2', 'run-3']);
    expect(started).toEqual(['run-1']);
    store.setState({ 'run-1': { kind: 'working', progress: { phase: 'computing', share: 0.5 }, last: 1 } });
    expect(started).toEqual(['run-1']);
    store.setState({ 'run-1': { kind: 'failed', trouble: 'fault', message: '' } });
    expect(started).toEqual(['run-1', 'run-2', 'run-3']);
  });
});
