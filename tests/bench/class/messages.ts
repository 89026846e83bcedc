/** What the bench of a class and the process of its students say to each other. */

export type ToStudents =
  | {
      readonly type: 'join';
      readonly url: string;
      readonly code: string;
      readonly count: number;
      readonly withinMs: number;
    }
  /** All of them send this command, spread over so many ms. */
  | { readonly type: 'send'; readonly command: string; readonly data: object; readonly withinMs: number }
  /** Forget the delays heard so far. */
  | { readonly type: 'begin' }
  | { readonly type: 'report' };

/** Milliseconds. */
export type Delays = { readonly p50: number; readonly p99: number; readonly max: number };

export type FromStudents =
  | { readonly type: 'joined'; readonly ms: number; readonly delays: Delays }
  | { readonly type: 'sent'; readonly ms: number; readonly accepted: number; readonly delays: Delays }
  | {
      readonly type: 'report';
      readonly ticks: number;
      readonly tickDelays: Delays;
      readonly events: number;
      readonly eventDelays: Delays;
      /** Number of the last event that each student has, smallest and largest; nobody has left one out. */
      readonly seq: readonly [least: number, most: number];
      readonly connected: number;
    };
