/**
 * Guards a connection against what no client sends: attachments, events that there are not, packets that nothing comes of, and more
 * of all of it than anybody needs. Whoever goes on with it is cut.
 */
import type { Socket } from 'socket.io';
import { refused } from '../shared/protocol/refusal.ts';
import { quote } from '../shared/protocol/schema-errors.ts';

/** Events of one connection: so many at once, and so many a second from then on. */
const BURST = 200;
const A_SECOND = 50;
/** A whole state may be as long as a thousand messages. */
const costs: Readonly<Record<string, number>> = { resume: 20 };
/** What is passed over, before the connection is given up: events beyond that, and packets that mean nothing. */
const EXCESS = 2000;
const STRANGE = 20;
const known: ReadonlySet<string> = new Set(['command', 'resume', 'clock', 'point', 'react', 'chain', 'attention']);

type Guarded = Pick<Socket, 'conn' | 'use' | 'disconnect'>;

/** Watches over a connection for as long as it stands; `now` is in ms. */
export function guard(socket: Guarded, now: () => number): void {
  let left = BURST;
  let filledAt = now();
  let excess = 0;
  let strange = 0;
  const pass = (): void => {
    if (++strange >= STRANGE) socket.disconnect(true);
  };
  socket.conn.on('packet', ({ type, data }: { readonly type: string; readonly data?: unknown }) => {
    if (type === 'pong') return;
    if (type !== 'message') return pass();
    // Events with attachments would be kept in memory until they are complete.
    if (typeof data !== 'string' || /^[56]/.test(data)) return void socket.disconnect(true);
    // Answers, since the server asks for none; what is an event is seen below.
    if (!data.startsWith('2')) pass();
  });
  socket.use(([event, ...rest], next) => {
    const ack: unknown = rest.at(-1);
    const answer = (message: object): void => {
      if (typeof ack === 'function') ack(message);
    };
    const at = now();
    left = Math.min(BURST, left + ((at - filledAt) * A_SECOND) / 1000);
    filledAt = at;
    const cost = Object.hasOwn(costs, event) ? (costs[event] ?? 1) : 1;
    if (left < cost) {
      if (++excess >= EXCESS) return void socket.disconnect(true);
      return answer(refused('rate-limited', `at most ${A_SECOND} messages a second; wait a moment`));
    }
    left -= cost;
    if (known.has(event)) return next();
    answer(refused('invalid', `event is ${quote(event)}; it must be one of ${[...known].join(', ')}`));
    if (typeof ack !== 'function') pass();
  });
}
