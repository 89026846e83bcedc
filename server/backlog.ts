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

/** Gives up what engine.io holds back, so that the memory is free at once and the next packet is the first to be sent. */
export function dropBacklog({ conn }: Connection): void {
  conn['writeBuffer'].length = 0;
}

/** Only the transport over a web socket has something of its own that waits. */
function bufferedAmount(transport: object): number {
  const socket: unknown = Reflect.get(transport, 'socket');
  const amount: unknown = typeof socket === 'object' && socket !== null ? Reflect.get(socket, 'bufferedAmount') : 0;
  return typeof amount === 'number' ? amount : 0;
}
