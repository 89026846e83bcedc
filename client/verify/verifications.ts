/** The verifications of a room: where each stands, and the workers that are at it. They outlast the panels that show them. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { lookUp, type RoomRun, type RoomState, type RunId } from '../../shared/protocol/state.ts';
import type { Source } from '../room/history.ts';
import type { Reader } from '../room/line.ts';
import type { Failure, Order, Report } from './messages.ts';
import type { ReadLines } from './start-worker.ts';
import { megabytesToAskFor, taskOf } from '../../shared/verify/task.ts';
import type { Outcome, Progress } from '../../shared/verify/verify.ts';

export type Verification =
  /** It loads so many MB; the person has not agreed yet. */
  | { readonly kind: 'asking'; readonly megabytes: number }
  | { readonly kind: 'working'; readonly progress: Progress; readonly last: number }
  | { readonly kind: 'done'; readonly outcome: Outcome }
  | ({ readonly kind: 'failed' } & Failure);

export type Verifications = {
  readonly store: StoreApi<Readonly<Record<RunId, Verification>>>;
  /** Verifies a run from the beginning; where that loads much, `agreed` says that the person knows. */
  start(run: RunId, agreed?: boolean): void;
  /** Gives a verification up, as if it had never been asked for. */
  cancel(run: RunId): void;
  /** Ends all workers. */
  close(): void;
};

export type VerificationInputs = {
  readonly state: () => RoomState | null;
  /** Null while nobody has been let in. */
  readonly reader: () => Pick<Reader, 'lines'> | null;
  /** Where a worker fetches measurements by itself, where it can. */
  readonly source: () => Source | null;
  /** The furthest step of a run that the person may read just now; Infinity for all. */
  readonly readable: (run: RoomRun) => number;
  readonly startWorker: (order: Order, read: ReadLines, hear: (report: Report) => void) => () => void;
};

/** Keeps the verifications of a room. */
export function createVerifications({
  state,
  reader,
  source,
  readable,
  startWorker,
}: VerificationInputs): Verifications {
  const store = createStore<Readonly<Record<RunId, Verification>>>(() => ({}));
  const workers = new Map<RunId, () => void>();

  const release = (run: RunId): void => {
    workers.get(run)?.();
    workers.delete(run);
  };
  const put = (run: RunId, verification: Verification): void => store.setState({ [run]: verification });
  const cancel = (run: RunId): void => {
    release(run);
    const { [run]: _given, ...others } = store.getState();
    store.setState(others, true);
  };

  return {
    store,
    start(id, agreed = false) {
      const [room, from] = [state(), reader()];
      const run = room === null ? undefined : lookUp(room.runs, id);
      if (room === null || from === null || run === undefined) return;
      const task = taskOf(room, run, readable(run));
      if (task === null) return;
      release(id);
      const megabytes = megabytesToAskFor(run.configuration);
      if (megabytes !== null && !agreed) return put(id, { kind: 'asking', megabytes });
      const { last } = task;
      put(id, { kind: 'working', progress: { phase: 'loading', share: 0 }, last });
      const end = startWorker({ task, run: id, source: source() }, from.lines, (report) => {
        switch (report.type) {
          case 'progress':
            return put(id, { kind: 'working', progress: report.progress, last });
          case 'done':
            release(id);
            return put(id, { kind: 'done', outcome: report.outcome });
          case 'failed':
            release(id);
            return put(id, { kind: 'failed', trouble: report.trouble, message: report.message });
          default:
            return report satisfies never;
        }
      });
      workers.set(id, end);
    },
    cancel,
    close() {
      for (const run of workers.keys()) cancel(run);
    },
  };
}
