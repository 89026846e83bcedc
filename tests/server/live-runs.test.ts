/** All runs of a thread, on a clock that only their work moves on: who gets how much time, and how soon a stop is obeyed. */
import { describe, expect, test } from 'vitest';
import { LiveRuns } from '../../shared/training/live-runs.ts';
import type { FromThread } from '../../shared/training/messages.ts';
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { configured, imagesOf } from '../core/networks.ts';
import { type Clock, costsAt, idleKernels } from '../support/timed-kernels.ts';

/** What a thread may do between two looks at its messages, and so the longest that a stop waits. */
const MOST_MS = 50;
/** Operations a millisecond: a processor at a third of the speed of those that the bench has run on. */
const machine = costsAt(1e7);

/** A thread without a thread. `spent` is the time that kernels took for a room, `turns` how often each run had one. */
function thread(costs = machine) {
  const clock: Clock = { ms: 0 };
  const posted: FromThread[] = [];
  const spent: Record<string, number> = {};
  const ofRun = new Map<number, { ms: number; updates: number }>();
  const runs = new LiveRuns(
    ({ room, ticket, configuration }) => {
      const own = { ms: 0, updates: 0 };
      ofRun.set(ticket, own);
      const kernels = idleKernels(clock, costs, (call, ms) => {
        spent[room] = (spent[room] ?? 0) + ms;
        own.ms += ms;
        if (call === 'update') own.updates++;
      });
      return { dataset: imagesOf(configuration), kernels };
    },
    (message) => posted.push(message),
    () => clock.ms,
  );
  let tickets = 0;
  const of = <T extends FromThread['type']>(type: T) =>
    posted.filter((message): message is Extract<FromThread, { type: T }> => message.type === type);
  return {
    runs,
    clock,
    spent,
    ofRun,
    of,
    ended: (ticket: number) => of('ended').find((message) => message.ticket === ticket)?.end,
    begin(room: string, configuration: RunConfiguration): number {
      const ticket = ++tickets;
      runs.begin({ ticket, room, configuration, engine: 'idle', beginning: { kind: 'new' } });
      return ticket;
    },
    /** Works slice by slice while a condition holds; returns the longest slice. */
    workWhile(goesOn: () => boolean): number {
      let longest = 0;
      while (goesOn()) {
        const before = clock.ms;
        if (!runs.work()) break;
        longest = Math.max(longest, clock.ms - before);
      }
      return longest;
    },
  };
}

const mnist = (train: number) => ({ name: 'mnist', train, test: 0 });
/** Constant weights, since what is drawn would be thrown away. */
const plain = { initialization: { scheme: 'constant', biasStd: 0 }, epochs: 10_000, measureEvery: 1_000_000 };
const small = configured({ ...plain, dataset: mnist(1000), hidden: [30, 30] });
const fullBatch = configured({ ...plain, dataset: mnist(1000), hidden: [30, 30, 30, 30], batchSize: 'full' });
const wide = configured({ ...plain, dataset: mnist(1000), hidden: [300, 300], batchSize: 100 });
const huge = configured({ ...plain, dataset: mnist(1000), hidden: [1024, 1024, 1024, 1024, 1024, 1024, 1024, 700] });
const ofAllSizes = [small, fullBatch, wide];
const sized = (n: number): RunConfiguration => ofAllSizes[n % ofAllSizes.length] ?? small;

describe('A thread', () => {
  test.each([
    ['small', small],
    ['wide', wide],
    ['huge', huge],
  ])('gives a room with one %s run half of the time beside a room with forty of all sizes', (_name, own) => {
    const { begin, workWhile, clock, spent } = thread();
    for (let n = 0; n < 40; n++) begin('many', sized(n));
    begin('one', own);
    workWhile(() => clock.ms < 8000);
    const share = (spent['one'] ?? 0) / ((spent['one'] ?? 0) + (spent['many'] ?? 0));
    expect(share).toBeGreaterThan(0.48);
    expect(share).toBeLessThan(0.52);
  });

  test('gives the runs of a room equal time, however large they are', () => {
    const { begin, workWhile, clock, ofRun } = thread();
    for (let n = 0; n < 12; n++) begin('room', sized(n));
    workWhile(() => clock.ms < 6000);
    const times = [...ofRun.values()].map(({ ms }) => ms);
    expect(times).toHaveLength(12);
    expect(Math.max(...times) - Math.min(...times)).toBeLessThan(20);
  });

  test('gives half to a room that starts a short run whenever one has ended, and no more though their slices are longer', () => {
    // Two slices of 20 ms: one for the first measurement, one for the step and the last one.
    const brief = configured({ ...plain, dataset: mnist(8), hidden: [100, 100], batchSize: 'full', epochs: 1 });
    const { begin, workWhile, clock, spent, ended } = thread(costsAt(2e5));
    begin('steady', small);
    let running = begin('restless', brief);
    let begun = 1;
    workWhile(() => {
      if (ended(running) !== undefined) {
        running = begin('restless', brief);
        begun++;
      }
      return clock.ms < 8000;
    });
    expect(begun).toBeGreaterThan(50);
    const share = (spent['restless'] ?? 0) / ((spent['restless'] ?? 0) + (spent['steady'] ?? 0));
    expect(share).toBeGreaterThan(0.47);
    expect(share).toBeLessThan(0.53);
  });

  test('holds a hundred live runs: each is measured before any has ended, and all end', () => {
    const { begin, workWhile, of } = thread();
    const short = { ...plain, dataset: mnist(500), batchSize: 'full', epochs: 12, measureEvery: 4 };
    for (let n = 0; n < 100; n++) begin(`room ${n % 4}`, configured({ ...short, hidden: Array(1 + (n % 5)).fill(30) }));
    workWhile(() => of('ended').length === 0);
    expect(new Set(of('measured').map(({ ticket }) => ticket)).size).toBe(100);
    workWhile(() => true);
    expect(of('ended').map(({ end }) => end.kind)).toEqual(Array(100).fill('finished'));
  });

  test('[R3] hears a stop within 50 ms among a hundred runs of all sizes, and takes no step of the stopped run after it', () => {
    const { begin, workWhile, clock, runs, of, ofRun, ended } = thread();
    const tickets = Array.from({ length: 98 }, (_, n) => begin(`room ${n % 3}`, sized(n)));
    tickets.push(begin('room 1', huge), begin('room 2', huge));
    expect(workWhile(() => clock.ms < 3000)).toBeLessThan(MOST_MS);
    const stopped = tickets.filter((ticket) => ticket % 9 === 0 || ticket > 98);
    const before = stopped.map((ticket) => ofRun.get(ticket)?.updates);
    for (const ticket of stopped) runs.stop(ticket);
    expect(of('halted').map(({ ticket }) => ticket)).toEqual(stopped);
    expect(workWhile(() => of('ended').length < stopped.length)).toBeLessThan(MOST_MS);
    expect(stopped.map((ticket) => ended(ticket)?.kind)).toEqual(stopped.map(() => 'stopped'));
    expect(stopped.map((ticket) => ofRun.get(ticket)?.updates)).toEqual(before);
  });

  test('[R3] ends a stopped run at once where its last step is measured in one slice, though others are due', () => {
    const { begin, workWhile, clock, runs, ended } = thread();
    const quick = configured({ ...plain, dataset: mnist(100), hidden: [30], probe: 100 });
    const ticket = begin('room', quick);
    for (let n = 0; n < 60; n++) begin('room', sized(n));
    workWhile(() => clock.ms < 2000);
    runs.stop(ticket);
    runs.work();
    expect(ended(ticket)?.kind).toBe('stopped');
  });

  test('[R3] measures the last step of a heavy run in slices, while the others have their share', () => {
    const heavy = configured({ ...plain, dataset: mnist(50_000), hidden: [600, 600], batchSize: 100, probe: 50_000 });
    const { begin, workWhile, clock, runs, ended, spent } = thread();
    const ticket = begin('heavy', heavy);
    begin('other', small);
    // Its first measurement is over once both have had as much time as that takes.
    workWhile(() => clock.ms < 60_000);
    const [heavyBefore, otherBefore] = [spent['heavy'] ?? 0, spent['other'] ?? 0];
    runs.stop(ticket);
    expect(workWhile(() => ended(ticket) === undefined)).toBeLessThan(MOST_MS);
    const closing = (spent['heavy'] ?? 0) - heavyBefore;
    expect(closing).toBeGreaterThan(1000);
    expect(((spent['other'] ?? 0) - otherBefore) / closing).toBeCloseTo(1, 1);
  });

  test('begins a hundred runs between two messages without a slice that is longer', () => {
    const { begin, workWhile, of } = thread();
    const drawn = configured({ dataset: mnist(1000), hidden: [30, 30], epochs: 1, measureEvery: 1000 });
    for (let n = 0; n < 100; n++) begin('room', drawn);
    // Nothing has been made of them yet: networks are made when their turn comes.
    expect(of('measured')).toEqual([]);
    expect(workWhile(() => of('ended').length < 100)).toBeLessThan(MOST_MS);
  });

  test('[R4] ends a run that throws, and the time that it took counts against its room', () => {
    const { begin, workWhile, ended, of } = thread();
    const broken = begin('room', { ...small, dataset: { name: 'mnist', train: 60_001, test: 0 } });
    const sound = begin('room', configured({ ...plain, dataset: mnist(100), hidden: [9], epochs: 3 }));
    workWhile(() => true);
    expect(ended(broken)?.kind).toBe('failed');
    expect(ended(sound)?.kind).toBe('finished');
    expect(of('ended')).toHaveLength(2);
  });
});
