/**
 * Replays a session: one pass over its lines, with the room's state and a page of measurements in memory, however long the
 * session was. A fork is trained again from the beginning of the run that it comes from.
 */
import type { Mnist } from '../../shared/core/dataset.ts';
import { datasetOf } from '../../shared/core/datasets.ts';
import { digestOfText } from '../../shared/core/digest.ts';
import { kernelsNamed } from '../../shared/core/kernels/choice.ts';
import { evolve } from '../../shared/protocol/evolve.ts';
import { type SessionHead, type SessionRun, sessionFormat } from '../../shared/protocol/session-file.ts';
import { hasEnded, lookUp, type RoomState, type RunId } from '../../shared/protocol/state.ts';
import { readClaim } from '../../shared/verify/compare.ts';
import type { Link, Task } from '../../shared/verify/task.ts';
import { type Outcome, verify } from '../../shared/verify/verify.ts';
import { loadKernels } from '../data/kernels.ts';
import { replayChallenge } from './challenge-replay.ts';
import { replaySweep } from './sweep-replay.ts';
import type { PlacedLine, SessionLines } from './session-lines.ts';

/** `waits`: a guess stands before the run; `nothing`: there is no measurement to compare. */
export type Word = 'equal' | 'differs' | 'other engine' | 'waits' | 'nothing';
/** What became of the state or of a run. */
export type Verdict = { readonly word: Word; readonly name: string; readonly text: string };

type Replay = {
  readonly lines: SessionLines;
  readonly mnist: () => Mnist;
  /** Runs so far, from which later ones may be forked. */
  readonly known: Map<RunId, SessionRun>;
};

/**
 * Yields what became of the state, then of each run in the order of the file, then of each class sweep. `tell` hears the share of the work that is done.
 * Throws a UsageError with the place of the first line that does not belong where it stands.
 */
export async function* replaySession(
  lines: SessionLines,
  mnist: () => Mnist,
  tell: (share: number) => void,
): AsyncGenerator<Verdict> {
  const head = await readHead(lines);
  const state = await foldEvents(head, lines);
  const hash = digestOfText(JSON.stringify(state));
  yield hash === head.hash
    ? { word: 'equal', name: 'state', text: `${head.seq} events, hash ${hash}` }
    : { word: 'differs', name: 'state', text: `${head.seq} events, hash ${hash} here, ${head.hash} in the file` };
  const total = Object.keys(state.runs).length;
  const replay: Replay = { lines, mnist, known: new Map() };
  let measurements = 0;
  for (;;) {
    const placed = await lines.next();
    if (placed === null) throw lines.wrong('it is cut off: the last line of a session is its end');
    const { line } = placed;
    if (line.kind === 'end') {
      if (
        line.events !== head.seq ||
        line.runs !== total ||
        line.measurements !== measurements ||
        replay.known.size !== total
      )
        throw lines.wrong(
          `something is missing: before it stand ${head.seq} events, ${replay.known.size} of ${total} runs and ${measurements} measurements`,
        );
      break;
    }
    const run = runOf(placed, replay, state);
    const kept = keptMeasurements(lines);
    const { size } = replay.known;
    const verdict = await replayRun(run, head, replay, kept, (share) => tell((size + share) / total));
    measurements += await kept.rest();
    replay.known.set(run.run, run);
    const other = differentFrom(state, run);
    const name = `${run.label} ${run.run}`;
    yield other === null
      ? { name, ...verdict }
      : { name, word: 'differs', text: `its ${other} is not that of its events` };
  }
  if ((await lines.next()) !== null) throw lines.wrong('it stands behind the end of the session');
  // What sweeps and challenges measured stands in their events.
  for (const sweep of Object.values(state.sweeps)) yield replaySweep(sweep, mnist, tell);
  for (const challenge of Object.values(state.challenges ?? {})) yield replayChallenge(challenge, mnist, tell);
}

async function readHead(lines: SessionLines): Promise<SessionHead> {
  const first = await lines.next();
  if (first?.line.kind !== 'session') throw lines.wrong('it is not the head of a session');
  if (first.line.format !== sessionFormat)
    throw lines.wrong(`format is ${first.line.format}; this version reads ${sessionFormat}`);
  return first.line;
}

async function foldEvents({ seq }: SessionHead, lines: SessionLines): Promise<RoomState> {
  let state: RoomState | null = null;
  for (let n = 1; n <= seq; n++) {
    const placed = await lines.next();
    if (placed?.line.kind !== 'event' || placed.line.event.seq !== n)
      throw lines.wrong(`it is not event ${n} of ${seq}`);
    try {
      state = evolve(state, placed.line.event);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw lines.wrong(`event ${n} (${placed.line.event.type}) cannot be folded: ${reason.slice(0, 200)}`);
    }
  }
  if (state === null) throw lines.wrong('there are no events');
  return state;
}

function runOf({ line }: PlacedLine, { known, lines }: Replay, state: RoomState): SessionRun {
  if (line.kind !== 'run') throw lines.wrong(`it is of kind ${line.kind} where a run is expected`);
  if (lookUp(state.runs, line.run) === undefined) throw lines.wrong(`no event speaks of ${line.run}`);
  if (known.has(line.run)) throw lines.wrong(`${line.run} stands here again`);
  if (line.origin !== null && !known.has(line.origin.run))
    throw lines.wrong(`${line.run} is a fork of ${line.origin.run}, which does not stand before it`);
  return line;
}

/** The measurements that follow a run, taken in order. */
type Kept = {
  /** Those up to a step, both included. */
  readonly upTo: (step: number) => Promise<string[]>;
  /** Passes over those that are left and says how many there were in all. */
  readonly rest: () => Promise<number>;
};

function keptMeasurements(lines: SessionLines): Kept {
  let last = -1;
  let taken = 0;
  const upTo = async (limit: number): Promise<string[]> => {
    const texts: string[] = [];
    for (;;) {
      const ahead = await lines.peek();
      if (ahead?.line.kind !== 'measurement') return texts;
      const { step, line } = readClaim(ahead.line.line);
      if (step > limit) return texts;
      await lines.next();
      if (step <= last) throw lines.wrong(`step ${step} stands behind step ${last}`);
      last = step;
      taken += 1;
      texts.push(line);
    }
  };
  const rest = async (): Promise<number> => {
    for (let ahead = await lines.peek(); ahead?.line.kind === 'measurement'; ahead = await lines.peek()) {
      await lines.next();
      taken += 1;
    }
    return taken;
  };
  return { upTo, rest };
}

async function replayRun(
  run: SessionRun,
  head: SessionHead,
  { known, mnist }: Replay,
  kept: Kept,
  tell: (share: number) => void,
): Promise<Omit<Verdict, 'name'>> {
  if (head.waiting.includes(run.run)) return { word: 'waits', text: 'a guess stands before it' };
  const task = taskFor(run, known);
  const outcome = await verify(
    task,
    {
      kernels: (engine) => Promise.resolve(kernelsNamed(engine, loadKernels)),
      dataset: (configuration) => Promise.resolve(datasetOf(configuration, mnist)),
      lines: ([, to]) => kept.upTo(to),
    },
    ({ share }) => tell(share),
  );
  const incomplete = task.end.kind === 'open' ? '; there is more to come' : '';
  const told = said(outcome);
  return { ...told, text: told.text + (told.word === 'equal' ? incomplete : '') };
}

function taskFor(run: SessionRun, known: Replay['known']): Task {
  const { status, measuredTo } = run;
  const ended = hasEnded(status) && status.kind !== 'failed' && measuredTo >= status.step ? status : null;
  return {
    ancestors: ancestorsOf(run, known),
    own: linkOf(run),
    end: ended ?? { kind: 'open', step: measuredTo },
    last: measuredTo,
    everything: true,
  };
}

const linkOf = ({ engine, configuration, origin }: SessionRun): Link => ({
  engine,
  configuration,
  from: origin?.step ?? 0,
});

function ancestorsOf({ origin }: SessionRun, known: Replay['known']): Link[] {
  const parent = origin === null ? undefined : known.get(origin.run);
  return parent === undefined ? [] : [...ancestorsOf(parent, known), linkOf(parent)];
}

function said(outcome: Outcome): Omit<Verdict, 'name'> {
  switch (outcome.kind) {
    case 'equal':
      return { word: 'equal', text: `${outcome.measurements} measurements to step ${outcome.step}, every digest` };
    case 'differs': {
      const { step, ours, theirs, field } = outcome;
      const digests = `digest ${ours ?? 'none'} here, ${theirs ?? 'none'} in the file`;
      return { word: 'differs', text: `at step ${step}: ${field === null ? digests : `${field}, with equal digests`}` };
    }
    case 'other-engine':
      return { word: 'other engine', text: outcome.engine };
    case 'nothing':
      return { word: 'nothing', text: 'no measurement to compare' };
  }
}

/** The first part of a run's line that its events tell otherwise; null where they agree. */
function differentFrom(state: RoomState, line: SessionRun): string | null {
  const run = lookUp(state.runs, line.run);
  const parts = ['label', 'engine', 'configuration', 'origin', 'status'] as const;
  return parts.find((part) => JSON.stringify(run?.[part]) !== JSON.stringify(line[part])) ?? null;
}
