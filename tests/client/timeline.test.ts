/** The timeline without a page: marks on its track, steps from measurement to measurement, playing on one's own. */
import { describe, expect, it } from 'vitest';
import { planOf } from '../../shared/core/plan.ts';
import type { Look } from '../../client/room/stage.ts';
import { clustersOf } from '../../client/timeline/marks.ts';
import { createOwnPlayback, type Place } from '../../client/timeline/own-playback.ts';
import { nextStep, previousMeasuredStep } from '../../client/timeline/steps.ts';
import { configured } from '../core/networks.ts';

// 60 images in batches of 10, twenty epochs: 120 steps, measured at every tenth.
const plan = planOf(configured({ epochs: 20, measureEvery: 10 }));

describe('marks on the track', () => {
  it('stand where their steps are, and as one where they would stand on each other', () => {
    const marks = [{ step: 60 }, { step: 0 }, { step: 62 }, { step: 120 }, { step: 64 }];
    const clusters = clustersOf(marks, 120, 600, 15);
    expect(clusters.map(({ at, marks: its }) => [at, its.map(({ step }) => step)])).toEqual([
      [0, [0]],
      [0.5, [60, 62]],
      [64 / 120, [64]],
      [1, [120]],
    ]);
    expect(clustersOf(marks, 120, 60, 15).map(({ marks: its }) => its.length)).toEqual([1, 3, 1]);
    expect(clusters.map(({ room }) => Math.round(room * 120))).toEqual([60, 4, 56, 0]);
  });

  it('stay on the track', () => {
    expect(clustersOf([{ step: 0 }], 0, 600, 15)).toMatchObject([{ at: 0 }]);
    expect(clustersOf([{ step: 500 }], 120, 600, 15)).toMatchObject([{ at: 1 }]);
    expect(clustersOf([], 120, 600, 15)).toEqual([]);
  });
});

describe('a step', () => {
  it('leads from measurement to measurement, and not out of the run', () => {
    expect([0, 4, 10, 119].map((step) => nextStep(plan, step, 1000))).toEqual([10, 10, 20, 120]);
    expect(nextStep(plan, 10, 15)).toBe(15);
    expect([120, 115, 10, 0].map((step) => previousMeasuredStep(plan, step, 0))).toEqual([110, 110, 0, 0]);
    expect(previousMeasuredStep(plan, 40, 35)).toBe(35);
  });
});

class Page {
  time = 0;
  looks: Look[] = [];
  place: Place | null = { run: 'run-1', step: 100, plan, begin: 0, limit: 100, alone: false, withClass: true };
  #frames: (() => void)[] = [];
  readonly playback = createOwnPlayback({
    place: () => this.place,
    look: (look) => {
      this.looks.push(look);
      if (this.place === null) return;
      this.place = {
        ...this.place,
        alone: look.kind === 'alone',
        step: look.kind === 'alone' ? look.step : this.place.limit,
      };
    },
    now: () => this.time,
    onFrame: (draw) => {
      this.#frames.push(draw);
      return () => {
        this.#frames = this.#frames.filter((one) => one !== draw);
      };
    },
  });

  pass(ms: number): void {
    this.time += ms;
    for (const draw of this.#frames.splice(0)) draw();
  }

  get last(): Look | undefined {
    return this.looks.at(-1);
  }
}

const at = (step: number): Look => ({ kind: 'alone', run: 'run-1', step });

describe('playing again on one’s own', () => {
  it('begins anew at the end, at a speed of one’s own, and is with the class again once it has caught up', () => {
    const page = new Page();
    page.playback.speed(60);
    page.playback.toggle();
    expect(page.last).toEqual(at(0));
    // 120 steps in 60 s: two a second.
    page.pass(10_000);
    expect(page.last).toEqual(at(20));
    page.playback.speed(5);
    page.pass(1000);
    expect(page.last).toEqual(at(44));
    page.pass(10_000);
    expect(page.last).toEqual({ kind: 'class' });
    expect(page.playback.store.getState().playing).toBe(false);
  });

  it('goes on from where it was left, and never beyond what has been shown', () => {
    const page = new Page();
    page.place = { run: 'run-1', step: 30, plan, begin: 0, limit: 50, alone: true, withClass: false };
    page.playback.toggle();
    page.pass(2000);
    expect(page.last).toEqual(at(42));
    page.playback.toggle();
    page.pass(2000);
    expect(page.last).toEqual(at(42));
    page.playback.toggle();
    page.pass(60_000);
    expect(page.last).toEqual(at(50));
    page.playback.seek(1000);
    expect(page.last).toEqual(at(50));
  });

  it('stands still for single steps, and stays within a fork', () => {
    const page = new Page();
    page.place = { run: 'run-1', step: 44, plan, begin: 35, limit: 100, alone: true, withClass: true };
    page.playback.toggle();
    page.playback.step(1);
    expect(page.last).toEqual(at(50));
    page.playback.step(-1);
    page.playback.step(-1);
    expect(page.last).toEqual(at(35));
    const { length } = page.looks;
    page.pass(5000);
    expect(page.looks).toHaveLength(length);
  });

  it('ends when one goes to another run or back to the class', () => {
    const page = new Page();
    page.playback.toggle();
    if (page.place !== null) page.place = { ...page.place, run: 'run-2' };
    const { length } = page.looks;
    page.pass(1000);
    expect(page.looks).toHaveLength(length);
    expect(page.playback.store.getState().playing).toBe(false);
    page.playback.toggle();
    page.playback.follow();
    expect(page.last).toEqual({ kind: 'class' });
    page.pass(1000);
    expect(page.last).toEqual({ kind: 'class' });
    page.playback.toggle();
    if (page.place !== null) page.place = { ...page.place, alone: false };
    const before = page.looks.length;
    page.pass(1000);
    expect(page.looks).toHaveLength(before);
  });
});
