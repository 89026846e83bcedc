/**
 * `npm run bench`: how fast the core trains, against this machine's limit, the float64 reference and, with `--peers`, what
 * a user would pick instead. Everything is timed in rounds, one after the other, on one processor where it can be pinned;
 * a figure is the median over the rounds, a ratio the median of the ratios within a round. `--only page` measures the page instead.
 */
import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadKernels } from '../../server/data/kernels.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { benchPage, pageReport } from './page.ts';
import { loadPeak } from './peak.ts';
import { peers, peerSamplesPerSecond, type Peer } from './peers.ts';
import { chapterSeconds } from './chapter.ts';
import {
  denseWorkloads,
  digestOfWorkload,
  flopsOfSample,
  prepare,
  samplesPerSecond,
  workloads,
  type Workload,
} from './workloads.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '10' },
    only: { type: 'string' },
    peers: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '1' },
  },
});
const rounds = Math.max(3, Number(options.rounds));
const seconds = Number(options.seconds);

const pinned = 'BENCH_PINNED';
/** Runs this script again on the last processor alone; false where there is no taskset. */
function runPinned(): boolean {
  const processor = String(availableParallelism() - 1);
  const self = [process.execPath, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  const { status, error } = spawnSync('taskset', ['-c', processor, ...self], {
    stdio: 'inherit',
    env: { ...process.env, [pinned]: processor },
  });
  if (error !== undefined) return false;
  process.exitCode = status ?? 1;
  return true;
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

type Round = {
  readonly peak: number;
  readonly own: number;
  readonly reference: number | null;
  readonly peers: Partial<Record<Peer, number>>;
};

function bench() {
  const kernels = loadKernels();
  const peak = loadPeak();
  const entries = [...workloads, ...denseWorkloads].map((workload) => ({
    workload,
    isDense: denseWorkloads.includes(workload),
    own: prepare(workload, kernels),
    reference: prepare(workload, referenceKernels),
    rounds: [] as Round[],
  }));
  // Compilers get to know the code first.
  peak(0.3);
  for (const { own, reference } of entries) {
    samplesPerSecond(own, 0.4);
    samplesPerSecond(reference, 0.2);
  }
  const chapter: number[] = [];
  for (let round = 0; round < rounds; round++) {
    chapter.push(chapterSeconds(kernels));
    for (const { workload, isDense, own, reference, rounds: done } of entries) {
      done.push({
        peak: peak(seconds / 2),
        own: samplesPerSecond(own, seconds),
        reference: isDense ? null : samplesPerSecond(reference, seconds / 2),
        peers: isDense ? {} : peersOf(workload),
      });
    }
  }
  return {
    engine: kernels.engine,
    machine: { processor: cpus()[0]?.model ?? 'unknown', node: process.version, load: loadavg()[0] ?? 0 },
    pinned: process.env[pinned] !== undefined,
    rounds,
    chapterSeconds: median(chapter),
    workloads: entries.map(({ workload, rounds: done }) => ({
      name: workload.name,
      samplesPerSecond: median(done.map(({ own }) => own)),
      gigaflops: (median(done.map(({ own }) => own)) * flopsOfSample(workload)) / 1e9,
      peakGigaflops: median(done.map((one) => one.peak)) / 1e9,
      shareOfPeak: median(done.map((one) => (one.own * flopsOfSample(workload)) / one.peak)),
      timesReference: medianOfRatios(done, (one) => one.reference),
      timesPeers: Object.fromEntries(
        peers.map((peer) => [peer, medianOfRatios(done, (one) => one.peers[peer] ?? null)]),
      ),
      digest: digestOfWorkload(workload, kernels),
    })),
  };
}

function peersOf(workload: Workload): Partial<Record<Peer, number>> {
  const script = options.peers;
  if (script === undefined) return {};
  return Object.fromEntries(peers.map((peer) => [peer, peerSamplesPerSecond(script, peer, workload.name, seconds)]));
}

function medianOfRatios(done: readonly Round[], other: (round: Round) => number | null): number | null {
  const ratios = done.flatMap((round) => {
    const below = other(round);
    return below === null ? [] : [round.own / below];
  });
  return ratios.length === 0 ? null : median(ratios);
}

const times = (ratio: number | null | undefined) =>
  ratio === null || ratio === undefined ? '' : `${ratio.toFixed(2)}x`;

function print(result: ReturnType<typeof bench>): void {
  const withPeers = options.peers !== undefined;
  const head = ['', 'samples/s', 'GFLOP/s', 'of peak', 'float64', ...(withPeers ? peers : []), 'digest'];
  const rows = result.workloads.map((one) => [
    one.name,
    Math.round(one.samplesPerSecond).toLocaleString('en'),
    one.gigaflops.toFixed(1),
    `${(100 * one.shareOfPeak).toFixed(0)} %`,
    times(one.timesReference),
    ...(withPeers ? peers.map((peer) => times(one.timesPeers[peer])) : []),
    one.digest,
  ]);
  const widths = head.map((title, c) => Math.max(title.length, ...rows.map((row) => row[c]?.length ?? 0)));
  const lines = [head, ...rows].map((row) => row.map((cell, c) => cell.padStart(widths[c] ?? 0)).join('  '));
  const { machine } = result;
  const peak = result.workloads[0]?.peakGigaflops.toFixed(1) ?? '';
  console.log(
    `${result.engine}, ${machine.processor}, Node.js ${machine.node}, ${result.pinned ? 'pinned to one processor' : 'not pinned'}, load ${machine.load.toFixed(1)}, ` +
      `median of ${rounds} rounds; strict SIMD peak ${peak} GFLOP/s\n${lines.join('\n')}\n` +
      `the chapter's experiment, 500 epochs with every layer measured at every step: ${result.chapterSeconds.toFixed(2)} s`,
  );
}

if (options.only !== undefined && options.only !== 'page')
  throw new Error(`--only is ${options.only}; there is only page`);
if (options.only === 'page') {
  // The page needs a processor beside the server's.
  const wish = { minutes: Math.max(1, Number(options.minutes)), throttle: 4 };
  const result = await benchPage(wish);
  console.log(options.json ? JSON.stringify(result, null, 2) : pageReport(result, wish));
} else if (process.env[pinned] !== undefined || !runPinned()) {
  const result = bench();
  if (options.json) console.log(JSON.stringify(result, null, 2));
  else print(result);
}
