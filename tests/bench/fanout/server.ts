/** A server of the fan-out bench, in a process of its own: `server.ts lab`, `server.ts socket.io` or `server.ts ws`. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { WebSocketServer } from 'ws';
import { startTestLab } from '../../support/lab.ts';
import type { FromServer, ToServer } from './messages.ts';

/** What is asked of every kind; a lab broadcasts by itself. */
type Running = { readonly port: number; readonly send: (text: string) => void; readonly close: () => Promise<void> };

const say = (message: FromServer): void => void process.send?.(message);

async function startLab(): Promise<Running> {
  const lab = await startTestLab({ MAX_PEOPLE_PER_ROOM: '5000' });
  return { port: lab.port, send: () => undefined, close: lab.close };
}

async function startSocketIo(): Promise<Running> {
  const http = createServer();
  const io = new Server(http, { serveClient: false });
  const port = await listening(http);
  const send = (text: string): void => void io.volatile.emit('tick', { at: Date.now(), text });
  return { port, send, close: () => io.close() };
}

async function startWs(): Promise<Running> {
  const http = createServer();
  const server = new WebSocketServer({ server: http });
  const port = await listening(http);
  const send = (text: string): void => {
    const data = Buffer.from(`42["tick",{"at":${Date.now()},"text":"${text}"}]`);
    for (const socket of server.clients) socket.send(data, { binary: false });
  };
  return { port, send, close: () => new Promise((resolve) => http.close(() => resolve())) };
}

function listening(http: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve) => {
    http.listen(0, '127.0.0.1', () => resolve((http.address() as AddressInfo).port));
  });
}

const starts = { lab: startLab, 'socket.io': startSocketIo, ws: startWs } as const;
const kind = process.argv[2];
if (kind !== 'lab' && kind !== 'socket.io' && kind !== 'ws') throw new Error(`no server ${kind}`);
const running = await starts[kind]();
let timer: NodeJS.Timeout | undefined;

process.on('message', (message: ToServer) => {
  switch (message.type) {
    case 'broadcast': {
      // As much text as makes the whole packet as long as the lab's.
      const text = 'x'.repeat(Math.max(0, message.bytes - 44));
      timer = setInterval(() => running.send(text), message.everyMs);
      break;
    }
    case 'usage': {
      globalThis.gc?.();
      const { user, system } = process.threadCpuUsage();
      const { heapUsed, external } = process.memoryUsage();
      say({ type: 'usage', cpuMs: (user + system) / 1000, memory: heapUsed + external });
      break;
    }
    case 'end':
      clearInterval(timer);
      void running.close().finally(() => process.exit(0));
      break;
    default:
      message satisfies never;
  }
});
say({ type: 'listening', port: running.port });
