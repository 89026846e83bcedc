/** What is said of challenges: which rescues lead, where a map learns, and how a match came out. */
import { describe, expect, test } from 'vitest';
import { agreeing, learning, placeAmong, reachOf, rowsOf } from '../../client/challenges/map-facts.ts';
import { outcomeOf, withAnswer } from '../../client/challenges/match-facts.ts';
import { changeFor, remedies, remedyNames } from '../../client/challenges/rescue-facts.ts';
import { chaos } from '../../shared/experiments/chapter/10-chaos.ts';
import type { ChallengePoint, MapChallenge, RescueChallenge } from '../../shared/protocol/challenges.ts';
import { applyChange } from '../../shared/protocol/configuration.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import { leading, ranked } from '../../shared/protocol/rescue-ranking.ts';
import { configured } from '../core/networks.ts';

const configuration = configured({
  dataset: { name: 'mnist', train: 1000, test: 100 },
  hidden: [30, 30],
  batchSize: 10,
});
const common = { id: 'challenge-1', at: 0, engine: 'x', flops: 0, revealed: false };

describe('Rescues', () => {
  const rescue = (...points: ChallengePoint[]): RescueChallenge => ({
    ...common,
    task: { kind: 'rescue', configuration, seeds: [1, 2, 3], budget: 3 },
    rescues: ['a', 'b', 'c'].map((by) => ({ configuration, by: [by] })),
    points,
  });
  const of = (index: number, ...accuracies: number[]): ChallengePoint[] =>
    accuracies.map((accuracy, seed) => [3 * index + seed, 10 * (seed + 1), accuracy]);

  test('[Z6] are ranked by their mean on new digits, whole ones first', () => {
    const all = ranked(rescue(...of(0, 0.5, 0.6, 0.7), ...of(1, 0.9, 0.95), ...of(2, 0.8, 0.8, 0.8)));
    expect(all.map(({ index }) => index)).toEqual([2, 0, 1]);
    expect(all[1]).toMatchObject({ low: 0.5, high: 0.7, ratio: 20 });
    expect(all[1]?.mean).toBeCloseTo(0.6);
  });

  test('[Z6] have one winner only where no range reaches into the best one’s', () => {
    const clear = ranked(rescue(...of(0, 0.5, 0.6, 0.7), ...of(1, 0.1, 0.1, 0.1), ...of(2, 0.71, 0.8, 0.8)));
    expect(leading(clear).map(({ index }) => index)).toEqual([2]);
    const unclear = ranked(rescue(...of(0, 0.5, 0.6, 0.71), ...of(1, 0.1, 0.1, 0.1), ...of(2, 0.71, 0.8, 0.8)));
    expect(leading(unclear).map(({ index }) => index)).toEqual([2, 0]);
    expect(leading(ranked(rescue()))).toEqual([]);
  });

  test('offers only changes that make a network', () => {
    for (const name of remedyNames) {
      for (const value of remedies[name]) {
        const changed = applyChange(configuration, changeFor(configuration, name, value), defaultLimits);
        expect(changed.ok, `${name} ${value}`).toBe(true);
      }
    }
  });
});

describe('A map', () => {
  const step = chaos.parts['cells'];
  if (step?.kind !== 'challenge' || step.task.kind !== 'map') throw new Error('the chapter has no map');
  const task = { ...step.task, configuration: configured(step.task.configuration) };
  const map: MapChallenge = {
    ...common,
    task,
    cells: { 0: ['ada'], 3: [], 60: ['bob'] },
    points: [
      [0, 2, 0.9],
      [3, 2, 0.6],
      [60, 2, 0.3],
    ],
  };

  test('lies with the deepest row on top, and knows whose cells are whose', () => {
    const rows = rowsOf(map, 'ada');
    expect(rows).toHaveLength(8);
    expect(rows[0]?.[0]).toMatchObject({ depth: 64, variance: 0.5, standing: 'free', own: false });
    expect(rows[7]?.[0]).toMatchObject({ depth: 4, accuracy: 0.9, standing: 'measured', own: true });
    expect(learning(rows.flat())).toMatchObject({ count: 2, deepest: { index: 0 } });
  });

  test('[E13] is laid out so that theory lets the edge of chaos go on for ever, and its sides end early', () => {
    expect(reachOf(task, 1.761)).toBeGreaterThan(1000);
    expect(reachOf(task, 0.5)).toBeLessThan(16);
    expect(reachOf(task, 4)).toBeLessThan(64);
  });

  test('agrees with theory where that says what came out', () => {
    const cells = rowsOf(map, 'ada').flat();
    expect(agreeing(cells, () => 20)).toBe(3);
    expect(agreeing(cells, () => 100)).toBe(2);
    expect(agreeing(cells, () => 1)).toBe(1);
  });

  test('places what lies between its columns in proportion', () => {
    expect([1, 1.5, 3, 9, 0.1].map((value) => placeAmong([1, 2, 4], value))).toEqual([0, 0.5, 1.5, 2, 0]);
  });
});

describe('A match', () => {
  test('says how many were right and what was mistaken most often', () => {
    const truth = {
      order: [1, 0],
      seeds: [1, 2],
      people: 5,
      confusion: [
        [3, 2],
        [2, 3],
      ],
    };
    expect(outcomeOf(truth)).toEqual({ right: 6, all: 10, mistake: { from: 0, to: 1, count: 2 } });
    expect(
      outcomeOf({
        ...truth,
        confusion: [
          [5, 0],
          [0, 5],
        ],
      }).mistake,
    ).toBeNull();
  });

  test('gives each network to one curve', () => {
    expect(withAnswer([null, null, 2], 0, 2)).toEqual([2, null, null]);
    expect(withAnswer([0, 1, 2], 0, 2)).toEqual([2, 1, 0]);
  });
});
