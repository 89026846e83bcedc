/**
 * What the page and its worker say to each other: one order, then reports, the last of which is an outcome or a failure. Where the
 * room is in the page, the worker asks it for the measurements.
 */
import type { Source } from '../room/history.ts';
import type { Span } from '../room/spans.ts';
import type { RunId } from '../../shared/protocol/state.ts';
import type { Task } from '../../shared/verify/task.ts';
import type { Outcome, Progress } from '../../shared/verify/verify.ts';

/** `source`: where the measurements are fetched; null: the page is asked for them. */
export type Order = { readonly task: Task; readonly run: RunId; readonly source: Source | null };

/** Lines that the worker has asked for; null: they cannot be had. */
export type Answer = { readonly answer: number; readonly lines: readonly string[] | null };

/** What could not be had; `fault` is a fault of the page's own. */
export type Failure = { readonly trouble: 'images' | 'measurements' | 'fault'; readonly message: string };

/** What is asked on the way is answered before anybody hears of it. */
export type Report = Exclude<FromWorker, { type: 'asks' }>;

export type FromWorker =
  | { readonly type: 'asks'; readonly question: number; readonly span: Span }
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'done'; readonly outcome: Outcome }
  | ({ readonly type: 'failed' } & Failure);
