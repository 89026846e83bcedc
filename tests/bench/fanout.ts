/**
 * The cost of the fan-out: ticks of one room to many clients, through the whole lab, beside socket.io alone and beside nothing
 * but ws, each sending a text of the same length as often. Server and clients are processes of their own; what counts is the
 * time of the server's main thread.
 */
import { loadavg } from 'node:os';
import { Person, openRoom } from '../support/person.ts';
import { Child } from './child.ts';
import type { FromClients, FromServer, ServerKind, ToClients, ToServer } from './fanout/messages.ts';
import { table } from './table.ts';

const TICK_MS = 100;
const WINDOW_MS = 5000;

/** Fifteen layers and four points make a tick of nearly a thousand bytes; shown in 60 s there are always four. */
const shown = {
  dataset: { name: 'spiral', train: 100, test: 0 },
  hidden: Array<number>(15).fill(4),
  activation: 'tanh',
  optimizer: { name: 'sgd', learningRate: 0.001 },
  batchSize: 'full',
  epochs: 4000,
  measureEvery: 1,
};
/** Trains for as long as the bench needs. */
const endless = {
  ...shown,
  dataset: { name: 'mnist', train: 1000, test: 0 },
  hidden: Array<number>(15).fill(30),
  epochs: 10_000,
};

type Figures = {
  readonly microseconds: number;
  readonly p50: number;
  readonly p99: number;
  readonly perSecond: number;
};
type Measured = Figures & { readonly kilobytesAClient: number; readonly bytes: number };
type Row = {
  readonly clients: number;
  readonly lab: Measured;
  readonly socketIo: Measured;
  readonly ws: Measured;
  readonly whileTraining: Figures;
};

type Server = Child<ToServer, FromServer>;
type Clients = Child<ToClients, FromClients>;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function usageOf(server: Server): Promise<Extract<FromServer, { type: 'usage' }>> {
  server.say({ type: 'usage' });
  return server.hear('usage');
}

/** Measures for one window while ticks go on. */
async function windowOf(server: Server, clients: Clients): Promise<Figures & { bytes: number }> {
  const before = await usageOf(server);
  clients.say({ type: 'begin' });
  await wait(WINDOW_MS);
  clients.say({ type: 'report' });
  const after = await usageOf(server);
  const { messages, bytes, p50, p99 } = await clients.hear('report');
  const microseconds = (1000 * (after.cpuMs - before.cpuMs)) / messages;
  return { microseconds, p50, p99, bytes, perSecond: messages / (WINDOW_MS / 1000) };
}

/** Runs a server with so many clients; `act` makes it send and measures. */
async function withClients<Result>(
  kind: ServerKind,
  count: number,
  act: (server: Server, clients: Clients, kilobytesAClient: number, host: Person | null) => Promise<Result>,
): Promise<Result> {
  const server: Server = new Child(new URL('./fanout/server.ts', import.meta.url), kind);
  const clients: Clients = new Child(new URL('./fanout/clients.ts', import.meta.url));
  const { port } = await server.hear('listening');
  const url = `http://127.0.0.1:${port}`;
  const room = kind === 'lab' ? await openRoom(url) : null;
  const host = room === null ? null : await Person.join(url, { code: room.code, hostKey: room.hostKey });
  try {
    await wait(500);
    const empty = await usageOf(server);
    clients.say({ type: 'connect', kind, port, code: room?.code ?? '', count });
    await clients.hear('connected');
    await wait(1000);
    const full = await usageOf(server);
    return await act(server, clients, (full.memory - empty.memory) / 1000 / count, host);
  } finally {
    host?.disconnect();
    clients.kill();
    server.say({ type: 'end' });
    await server.ended();
  }
}

const alone = (kind: ServerKind, count: number, bytes: number): Promise<Measured> =>
  withClients(kind, count, async (server, clients, kilobytesAClient) => {
    server.say({ type: 'broadcast', bytes, everyMs: TICK_MS });
    await wait(500);
    return { ...(await windowOf(server, clients)), kilobytesAClient };
  });

async function rowOf(count: number): Promise<Row> {
  const { lab, whileTraining } = await withClients('lab', count, async (server, clients, kilobytesAClient, host) => {
    if (host === null) throw new Error('no host');
    await host.do('start', { configuration: shown });
    await host.do('speed', { showTime: 60 });
    await host.until((state) => state.runs['run-1']?.status.kind === 'finished');
    await wait(500);
    const figures = { ...(await windowOf(server, clients)), kilobytesAClient };
    for (let n = 0; n < 2; n++) await host.do('start', { configuration: endless });
    await wait(1500);
    return { lab: figures, whileTraining: await windowOf(server, clients) };
  });
  const socketIo = await alone('socket.io', count, lab.bytes);
  return { clients: count, lab, socketIo, ws: await alone('ws', count, lab.bytes), whileTraining };
}

/** Measures with so many clients each. */
export async function benchFanout(counts: readonly number[]) {
  const load = loadavg()[0] ?? 0;
  const rows: Row[] = [];
  for (const count of counts) rows.push(await rowOf(count));
  return { load, bytes: rows[0]?.lab.bytes ?? 0, rows };
}

/** Writes what `benchFanout` has found as a table. */
export function printFanout({ load, bytes, rows }: Awaited<ReturnType<typeof benchFanout>>): string {
  const latency = ({ p50, p99 }: Figures): string => `${p50} / ${p99}`;
  const lines = rows.map(({ clients, lab, socketIo, ws, whileTraining }) => [
    String(clients),
    lab.microseconds.toFixed(1),
    socketIo.microseconds.toFixed(1),
    ws.microseconds.toFixed(1),
    `${(lab.microseconds / ws.microseconds).toFixed(2)}x`,
    latency(lab),
    latency(ws),
    latency(whileTraining),
    lab.kilobytesAClient.toFixed(1),
    socketIo.kilobytesAClient.toFixed(1),
    (lab.perSecond / clients).toFixed(1),
  ]);
  const head = [
    'clients',
    'lab us',
    'socket.io us',
    'ws us',
    'lab/ws',
    'lab p50/p99 ms',
    'ws p50/p99 ms',
    'with 2 runs p50/p99 ms',
    'lab KB',
    'socket.io KB',
    'ticks/s',
  ];
  return (
    `fanout: ticks of ${bytes} bytes to one room, load ${load.toFixed(1)}; microseconds of the server's main thread a delivery, ` +
    `milliseconds from sending to receiving, memory a client\n${table(head, lines)}`
  );
}
