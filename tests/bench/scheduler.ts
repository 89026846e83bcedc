/**
 * What one training thread promises, on a real thread: how soon a stop is obeyed among a hundred live runs of all sizes, that
 * all of them make progress, and that a room with one run gets half of the time beside a room with forty.
 */
import { loadavg } from 'node:os';
import { readMnist } from '../../server/data/mnist.ts';
import type { FromThread } from '../../shared/training/messages.ts';
import { TrainingPool } from '../../server/training/pool.ts';
import { engineFor } from '../../shared/core/kernels/choice.ts';
import { parseConfiguration } from '../../shared/protocol/configuration.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import { quantile, table } from './table.ts';

const LIVE = 100;
const STOPS = 150;
const SHARE_MS = 6000;

const digits = (train: number, test = 0) => ({ name: 'mnist', train, test });
const endless = { epochs: 10_000, measureEvery: 50 };
const sizes: Readonly<Record<string, object>> = {
  'book-4': { ...endless, dataset: digits(1000), hidden: [30, 30, 30, 30], batchSize: 'full' },
  spiral: { ...endless, dataset: { name: 'spiral' }, hidden: [32, 32, 32], measureEvery: 100 },
  '100-100-100': { ...endless, dataset: digits(5000, 1000), hidden: [100, 100, 100], batchSize: 100 },
  '50,000 images, 10,000 evaluated': { ...endless, dataset: digits(50_000, 10_000), hidden: [30, 30] },
  'probe of 50,000': { ...endless, dataset: digits(50_000), hidden: [100, 100], probe: 50_000, batchSize: 100 },
  '1024-1024, lsuv': { ...endless, dataset: digits(1000), hidden: [1024, 1024], initialization: { scheme: 'lsuv' } },
  '1024-1024, adam': {
    ...endless,
    dataset: digits(1000),
    hidden: [1024, 1024],
    optimizer: { name: 'adam' },
    batchSize: 100,
  },
  '8 million parameters': {
    ...endless,
    dataset: digits(1000),
    hidden: [...Array<number>(7).fill(1024), 700],
    batchSize: 100,
  },
};
const light = ['book-4', 'spiral', '100-100-100'] as const;
const heavy = Object.keys(sizes).slice(light.length);

type Live = { readonly ticket: number; readonly size: string; seconds: number; haltedAt: number; endedAt: number };

/** A thread with runs of which it is known how long each has been trained. */
function openThread() {
  const runs = new Map<number, Live>();
  const hear = (message: Exclude<FromThread, { type: 'left' | 'calibrated' | 'looked' | 'look-failed' }>): void => {
    const run = runs.get(message.ticket);
    if (run === undefined) return;
    if (message.type === 'measured') run.seconds = message.seconds;
    if (message.type === 'halted') run.haltedAt = performance.now();
    if (message.type !== 'ended') return;
    if (message.end.kind === 'failed') throw new Error(`${run.size} has failed: ${message.end.reason}`);
    run.endedAt = performance.now();
  };
  const pool = new TrainingPool(1, readMnist(), {
    report: hear,
    swept: () => undefined,
    calibrated: () => undefined,
    lost: (_ticket, reason) => {
      throw new Error(`the thread was lost: ${reason}`);
    },
  });
  return {
    pool,
    runs,
    begin(room: string, size: string, fields: object = {}): Live {
      const parsed = parseConfiguration({ ...sizes[size], ...fields }, { ...defaultLimits, maxRunFlops: Infinity });
      if (!parsed.ok) throw new Error(`${size}: ${parsed.error.message}`);
      const configuration = parsed.value;
      const run = { ticket: runs.size + 1, size, seconds: 0, haltedAt: Infinity, endedAt: Infinity };
      runs.set(run.ticket, run);
      const engine = engineFor(configuration, null) ?? '';
      pool.begin({ ticket: run.ticket, room, configuration, engine, beginning: { kind: 'new' } });
      return run;
    },
  };
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await wait(5);
}

/** Every tenth run is a heavy one, which alone is worth a thousand of the smallest. */
const sizeAt = (n: number): string =>
  (n % 10 === 9 ? heavy[Math.floor(n / 10) % heavy.length] : light[n % light.length]) ?? 'spiral';

/** Stops one run after the other, each replaced, so that a hundred are live all the time. */
async function stops() {
  const { pool, begin, runs } = openThread();
  const before = process.memoryUsage().rss;
  const live = Array.from({ length: LIVE }, (_, n) => begin(`room ${n % 5}`, sizeAt(n)));
  const began = performance.now();
  // A heavy one needs seconds for its first measurement, and here as many rooms' share of them.
  await until(() => live.every((run) => run.seconds > 0 || heavy.includes(run.size)));
  const lightMeasuredMs = performance.now() - began;
  const megabytes = (process.memoryUsage().rss - before) / 1e6;
  const obeyed: number[] = [];
  const ended: { size: string; ms: number }[] = [];
  for (let n = 0; n < STOPS; n++) {
    // Stops fall anywhere in the thread's work.
    await wait(20 + ((n * 37) % 50));
    const at = (n * 7) % LIVE;
    const run = live[at];
    if (run === undefined) throw new Error('no run');
    const stoppedAt = performance.now();
    pool.stop(run.ticket);
    live[at] = begin(`room ${at % 5}`, run.size);
    await until(() => run.haltedAt < Infinity);
    obeyed.push(run.haltedAt - stoppedAt);
    void until(() => run.endedAt < Infinity).then(() => ended.push({ size: run.size, ms: run.endedAt - stoppedAt }));
  }
  for (const run of runs.values()) pool.stop(run.ticket);
  await pool.close();
  return {
    live: LIVE,
    lightMeasuredMs,
    megabytes,
    stops: obeyed.length,
    obeyedMs: quantiles(obeyed),
    endedMs: quantiles(ended.map(({ ms }) => ms)),
  };
}

const quantiles = (numbers: readonly number[]) => ({
  p50: quantile(numbers, 0.5),
  p99: quantile(numbers, 0.99),
  max: Math.max(...numbers),
});

/** The share that a room with one run has beside a room with forty of all sizes. */
async function share(own: string): Promise<number> {
  const { pool, begin, runs } = openThread();
  // Measured often, since a measurement tells how long a run has been trained.
  const often = { measureEvery: 2, probe: 20 };
  for (let n = 0; n < 40; n++) begin('many', sizeAt(n), often);
  const one = begin('one', own, often);
  const trained = (): { one: number; all: number } => ({
    one: one.seconds,
    all: [...runs.values()].reduce((sum, { seconds }) => sum + seconds, 0),
  });
  await wait(SHARE_MS / 2);
  const before = trained();
  await wait(SHARE_MS);
  const after = trained();
  await pool.close();
  return (after.one - before.one) / (after.all - before.all);
}

/** Measures all of it; about a minute. */
export async function benchScheduler() {
  const load = loadavg()[0] ?? 0;
  const stopped = await stops();
  const shares: { own: string; share: number }[] = [];
  for (const own of ['spiral', 'book-4', '1024-1024, adam']) shares.push({ own, share: await share(own) });
  return { load, stops: stopped, shares };
}

/** Writes what `benchScheduler` has found as tables. */
export function printScheduler({ load, stops: found, shares }: Awaited<ReturnType<typeof benchScheduler>>): string {
  const ms = ({ p50, p99, max }: typeof found.obeyedMs) => [p50, p99, max].map((value) => value.toFixed(1));
  return [
    `scheduler: one thread, ${found.live} live runs of all sizes in 5 rooms, ${found.megabytes.toFixed(0)} MB, load ${load.toFixed(1)}`,
    `all but the heavy ones, every tenth, were measured after ${(found.lightMeasuredMs / 1000).toFixed(1)} s`,
    table(
      [`ms from a stop, ${found.stops} of them`, 'p50', 'p99', 'max'],
      [
        ['to the last step', ...ms(found.obeyedMs)],
        ['to the end, measured and saved', ...ms(found.endedMs)],
      ],
    ),
    table(
      ['share of a room with one run beside one with forty', '%'],
      shares.map(({ own, share: part }) => [own, (100 * part).toFixed(1)]),
    ),
  ].join('\n');
}
