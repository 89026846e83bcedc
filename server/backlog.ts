/** What waits to be written to a connection of socket.io: packets that engine.io holds back, and bytes that ws has and the network has not taken. */
import type { Socket } from 'socket.io';
import type { Backlog } from './rooms/pace.ts';

type Connection = Pick<Socket, 'conn'>;

/** Measures the backlog of a connection. */
export function backlogOf({ conn }: Connection): Backlog {
  const held = conn['writeBuffer'];
  let bytes = bufferedAmount(conn.transport);
  for (const { data } of held) bytes += typeof data === 'string' ? data.length : 0;
  return { messages: held.length, bytes };
}

/** Whoever still reads has so long to hear why they are cut; then the connection and all that waits for it is gone. */
const LAST_WORDS_MS = 5000;

/** Cuts a connection that does not take what it is sent: what engine.io holds back is given up at once, and the reason is told first. */
export function giveUp(socket: Socket): void {
  const { conn } = socket;
  conn['writeBuffer'].length = 0;
  socket.emit('too-slow');
  socket.disconnect(true);
  setTimeout(() => {
    const line = lineOf(conn.transport);
    if (line !== null && 'terminate' in line && typeof line.terminate === 'function') line.terminate();
  }, LAST_WORDS_MS).unref();
}

/** Only the transport over a web socket has something of its own that waits. */
function bufferedAmount(transport: object): number {
  const line = lineOf(transport);
  const amount: unknown = line === null ? 0 : Reflect.get(line, 'bufferedAmount');
  return typeof amount === 'number' ? amount : 0;
}

/** What ws calls the connection; null over long polling. */
function lineOf(transport: object): object | null {
  const line: unknown = Reflect.get(transport, 'socket');
  return typeof line === 'object' ? line : null;
}
