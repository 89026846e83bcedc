/**
 * Ticks: what a room's clock sends of its runs, ten times a second at most. Nothing is sent further ahead of the playhead
 * than the protocol allows, and nothing at all when there is nothing new.
 */
import type { Circumstances } from '../protocol/decision.ts';
import { foretoldShare } from '../protocol/foretold.ts';
import { isSealed } from '../protocol/guesses.ts';
import { sendableStepAt, shownRuns } from '../protocol/playhead.ts';
import type { RoomRun, RoomState, RunId } from '../protocol/state.ts';
import type { Tick, TickRun } from '../protocol/wire.ts';
import type { Series } from './series.ts';

/** Estimates the seconds of a whole run; null while that cannot be done. */
type Foretell = Circumstances['secondsOf'];

/** One stream of ticks: fast screens and phones each have one, with their own place in every run. */
export class TickStream {
  readonly #sent = new Map<RunId, { step: number; said: string }>();
  #n = 0;

  /** Returns the next tick, or null where nothing has changed since the last one. */
  next(
    state: RoomState,
    now: number,
    seriesOf: (run: RunId) => Series | undefined,
    secondsOf: Foretell = () => null,
    isAttended: () => boolean = () => true,
  ): Tick | null {
    const upTo = sendableStepAt(state, now);
    const runs: TickRun[] = this.#sealed(state, now, secondsOf);
    for (const run of shownRuns(state)) {
      const series = seriesOf(run.id);
      if (series === undefined) continue;
      const sent = this.#sent.get(run.id) ?? { step: -1, said: '' };
      const points = series.since(sent.step, upTo);
      const status = statusOf(run, series, isAttended());
      const said = `${status} ${series.front}`;
      if (points.length === 0 && said === sent.said) continue;
      runs.push({ run: run.id, step: series.front, status, points });
      this.#sent.set(run.id, { step: points.at(-1)?.[0] ?? sent.step, said });
    }
    return runs.length === 0 ? null : { n: ++this.#n, at: now, runs };
  }

  /** Of runs behind a guess only this is told: in training or over, and tenths of the way, as it was foretold. */
  #sealed(state: RoomState, now: number, secondsOf: Foretell): TickRun[] {
    const told: TickRun[] = [];
    for (const run of Object.values(state.runs)) {
      if (!isSealed(state, run.id)) continue;
      const share = foretoldShare(run, secondsOf(run.configuration), now);
      const status = share === 1 ? 'ended' : 'training';
      const said = `${status} ${share}`;
      if (said === this.#sent.get(run.id)?.said) continue;
      told.push({ run: run.id, step: -1, status, points: [], share });
      this.#sent.set(run.id, { step: -1, said });
    }
    return told;
  }
}

/** What is said of a run's training: it waits in the queue until its first measurement, or for anybody who trains at all. */
function statusOf(run: RoomRun, series: Pick<Series, 'front'>, isAttended: boolean): TickRun['status'] {
  const { kind } = run.status;
  if (kind === 'live' || kind === 'stopping') {
    if (!isAttended) return 'unattended';
    return series.front < 0 ? 'queued' : 'training';
  }
  return kind === 'sealed' ? 'ended' : kind;
}
