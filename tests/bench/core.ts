/**
 * How fast the core trains, against this machine's limit, the float64 reference and, with `--peers`, what a user would pick
 * instead. Everything is timed in rounds, one after the other, on one processor where it can be pinned;
 * a figure is the median over the rounds, a ratio the median of the ratios within a round.
 */
import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { loadKernels } from '../../server/data/kernels.ts';
import { referenceKernels } from '../../shared/core/kernels/reference.ts';
import { loadPeak } from './peak.ts';
import { peers, peerSamplesPerSecond, type Peer } from './peers.ts';
import { median, table } from './table.ts';
import { chapterSeconds } from './chapter.ts';
import {
  denseWorkloads,
  digestOfWorkload,
  flopsOfSample,
  neededFlopsOfSample,
  prepare,
  samplesPerSecond,
  workloads,
  type Workload,
} from './workloads.ts';

export type CoreOptions = { readonly peers?: string | undefined; readonly rounds: string; readonly seconds: string };

/**
 * Runs this part in a process of its own, on the last processor alone where there is a `taskset`; throws with what it says
 * when it fails.
 */
export function coreInItsProcess({ peers: script, rounds, seconds }: CoreOptions): Core {
  const processor = String(availableParallelism() - 1);
  const given = JSON.stringify({ peers: script, rounds, seconds });
  const own = [fileURLToPath(import.meta.url), given];
  const run = (command: string, given: readonly string[], env: NodeJS.ProcessEnv) =>
    spawnSync(command, given, { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8', maxBuffer: 1e8, env });
  const pinned = run('taskset', ['-c', processor, process.execPath, ...own], { ...process.env, [pinnedTo]: processor });
  const { status, stdout } = pinned.error === undefined ? pinned : run(process.execPath, own, process.env);
  if (status !== 0) throw new Error('the part core has failed');
  return JSON.parse(stdout) as Core;
}

const pinnedTo = 'BENCH_PINNED';

type Round = {
  readonly peak: number;
  readonly own: number;
  readonly reference: number | null;
  readonly peers: Partial<Record<Peer, number>>;
};

type Core = ReturnType<typeof bench>;

function bench(options: CoreOptions) {
  const rounds = Math.max(3, Number(options.rounds));
  const seconds = Number(options.seconds);
  const kernels = loadKernels();
  const peak = loadPeak();
  const entries = [...workloads, ...denseWorkloads].map((workload) => ({
    workload,
    isDense: denseWorkloads.includes(workload),
    needed: neededFlopsOfSample(workload),
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
        peers: isDense ? {} : peersOf(workload, options.peers, seconds),
      });
    }
  }
  return {
    engine: kernels.engine,
    machine: { processor: cpus()[0]?.model ?? 'unknown', node: process.version, load: loadavg()[0] ?? 0 },
    pinned: process.env[pinnedTo] !== undefined,
    withPeers: options.peers !== undefined,
    rounds,
    chapterSeconds: median(chapter),
    workloads: entries.map(({ workload, needed, rounds: done }) => ({
      name: workload.name,
      samplesPerSecond: median(done.map(({ own }) => own)),
      gigaflops: (median(done.map(({ own }) => own)) * flopsOfSample(workload)) / 1e9,
      peakGigaflops: median(done.map((one) => one.peak)) / 1e9,
      neededShareOfPeak: median(done.map((one) => (one.own * needed) / one.peak)),
      // What the ratio would be if every operation that is needed ran at the peak.
      ceilings: Object.fromEntries(
        peers.map((peer) => [
          peer,
          medianOfRatios(done, (one) => {
            const peerSpeed = one.peers[peer];
            return peerSpeed === undefined ? null : (one.own * needed * peerSpeed) / one.peak;
          }),
        ]),
      ),
      shareOfPeak: median(done.map((one) => (one.own * flopsOfSample(workload)) / one.peak)),
      timesReference: medianOfRatios(done, (one) => one.reference),
      timesPeers: Object.fromEntries(
        peers.map((peer) => [peer, medianOfRatios(done, (one) => one.peers[peer] ?? null)]),
      ),
      digest: digestOfWorkload(workload, kernels),
    })),
  };
}

function peersOf(workload: Workload, script: string | undefined, seconds: number): Partial<Record<Peer, number>> {
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

/** Writes what `coreInItsProcess` has found as a table. */
export function printCore(result: Core): string {
  const { withPeers } = result;
  const head = [
    '',
    'samples/s',
    'GFLOP/s',
    'of peak',
    'needed of peak',
    'float64',
    ...(withPeers ? peers : []),
    'digest',
  ];
  const rows = result.workloads.map((one) => [
    one.name,
    Math.round(one.samplesPerSecond).toLocaleString('en'),
    one.gigaflops.toFixed(1),
    `${(100 * one.shareOfPeak).toFixed(0)} %`,
    `${(100 * one.neededShareOfPeak).toFixed(0)} %`,
    times(one.timesReference),
    ...(withPeers ? peers.map((peer) => times(one.timesPeers[peer])) : []),
    one.digest,
  ]);
  const atPeak = result.workloads
    .flatMap(({ name, ceilings }) => {
      const said = peers.flatMap((peer) => (ceilings[peer] ? [`${times(ceilings[peer])} ${peer}`] : []));
      return said.length === 0 ? [] : [`${name} ${said.join(', ')}`];
    })
    .join('; ');
  const { machine } = result;
  const peak = result.workloads[0]?.peakGigaflops.toFixed(1) ?? '';
  return (
    `core: ${result.engine}, ${machine.processor}, Node.js ${machine.node}, ${result.pinned ? 'pinned to one processor' : 'not pinned'}, load ${machine.load.toFixed(1)}, ` +
    `median of ${result.rounds} rounds; strict SIMD peak ${peak} GFLOP/s\n${table(head, rows)}\n` +
    `needed: without the pixels that are blank\n${atPeak === '' ? '' : `at the strict peak it would be ${atPeak}\n`}` +
    `the chapter's experiment, 500 epochs with every layer measured at every step: ${result.chapterSeconds.toFixed(2)} s`
  );
}

const [, self, given] = process.argv;
if (self === fileURLToPath(import.meta.url) && given !== undefined) {
  console.log(JSON.stringify(bench(JSON.parse(given) as CoreOptions)));
}
