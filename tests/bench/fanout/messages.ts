/** What the processes of the fan-out bench say to each other. */

/** `lab`: the project's own server; `socket.io` and `ws`: nothing but the library, sending a text of the same length as often. */
export type ServerKind = 'lab' | 'socket.io' | 'ws';

export type ToServer =
  | { readonly type: 'broadcast'; readonly bytes: number; readonly everyMs: number }
  | { readonly type: 'usage' }
  | { readonly type: 'end' };
export type FromServer =
  | { readonly type: 'listening'; readonly port: number }
  /** Time of the processor that the main thread has used, and bytes of memory after a collection. */
  | { readonly type: 'usage'; readonly cpuMs: number; readonly memory: number };

export type ToClients =
  | {
      readonly type: 'connect';
      readonly kind: ServerKind;
      readonly port: number;
      readonly code: string;
      readonly count: number;
    }
  /** Forget what has come so far. */
  | { readonly type: 'begin' }
  | { readonly type: 'report' };
export type FromClients =
  | { readonly type: 'connected' }
  /** Messages that came since `begin`, the length of the last one, and milliseconds from sending to receiving. */
  | {
      readonly type: 'report';
      readonly messages: number;
      readonly bytes: number;
      readonly p50: number;
      readonly p99: number;
    };
