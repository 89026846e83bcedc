/** What the page and its worker say to each other: one order, then reports, the last of which is an outcome or a failure. */
import type { Source } from '../room/history.ts';
import type { RunId } from '../../shared/protocol/state.ts';
import type { Task } from '../../shared/verify/task.ts';
import type { Outcome, Progress } from '../../shared/verify/verify.ts';

export type Order = { readonly task: Task; readonly run: RunId; readonly source: Source };

/** What could not be had; `fault` is a fault of the page's own. */
export type Failure = { readonly trouble: 'images' | 'measurements' | 'fault'; readonly message: string };

export type Report =
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'done'; readonly outcome: Outcome }
  | ({ readonly type: 'failed' } & Failure);
