/** All clients of the fan-out bench, in one process: they speak as much of socket.io as it takes, and measure how late ticks come. */
import { WebSocket } from 'ws';
import { quantile } from '../table.ts';
import type { FromClients, ServerKind, ToClients } from './messages.ts';

/** So many connect at a time. */
const atOnce = 25;

let delays: number[] = [];
let messages = 0;
let bytes = 0;

const say = (message: FromClients): void => void process.send?.(message);

function hear(text: string): void {
  if (!text.startsWith('42["tick"')) return;
  messages++;
  bytes = text.length;
  const at = /"at":(\d+)/.exec(text)?.[1];
  delays.push(Date.now() - Number(at));
}

/** Connects one client; resolves when it may expect ticks. */
function connect(kind: ServerKind, port: number, code: string, n: number): Promise<void> {
  const path = kind === 'ws' ? '' : 'socket.io/?EIO=4&transport=websocket';
  const socket = new WebSocket(`ws://127.0.0.1:${port}/${path}`, { perMessageDeflate: false });
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    if (kind === 'ws') socket.on('open', () => resolve());
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      if (text.startsWith('0')) {
        const auth = kind === 'lab' ? { protocol: 1, code, name: `Person ${n}` } : {};
        socket.send(`40${JSON.stringify(auth)}`);
      } else if (text === '2') socket.send('3');
      else if (text.startsWith('44')) reject(new Error(text));
      else if (text.startsWith(kind === 'lab' ? '42["welcome"' : '40')) resolve();
      else hear(text);
    });
  });
}

process.on('message', (message: ToClients) => {
  switch (message.type) {
    case 'connect':
      void connectAll(message).then(() => say({ type: 'connected' }));
      break;
    case 'begin':
      delays = [];
      messages = 0;
      break;
    case 'report':
      say({ type: 'report', messages, bytes, p50: quantile(delays, 0.5), p99: quantile(delays, 0.99) });
      break;
    default:
      message satisfies never;
  }
});

async function connectAll({ kind, port, code, count }: Extract<ToClients, { type: 'connect' }>): Promise<void> {
  for (let from = 0; from < count; from += atOnce) {
    const group = Array.from({ length: Math.min(atOnce, count - from) }, (_, n) => connect(kind, port, code, from + n));
    await Promise.all(group);
  }
}
