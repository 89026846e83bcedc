/** Strikes a server of its own with hostile messages of every kind, and says what became of each and of the server’s memory. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRoom, Person } from '../support/person.ts';
import { startServer } from '../wire/server-process.ts';
import { httpKinds, type Outcome, slowKinds, strikeHttp, type Target } from './hostile-http.ts';
import { socketKinds, strikeSocket } from './hostile-socket.ts';

/** With this the server collects its garbage when it is told to, so that memory can be compared. */
const collecting = ['--expose-gc', '--import', 'data:text/javascript,process.on("SIGUSR2",()=>gc())'];
const strikers = 50;
const students = 200;
const patience = 15_000;
/** Slow ones are cut within 20 s, and this is looked at every 2 s. */
const longPatience = 40_000;

export type Memory = { readonly heap: number; readonly resident: number };
export type Report = {
  readonly strikes: number;
  readonly kinds: number;
  /** How often there was which outcome: a code, a status, `cut`, `nothing`. */
  readonly outcomes: ReadonlyMap<string, number>;
  /** Kinds that were neither answered nor cut, each once. */
  readonly unanswered: ReadonlySet<string>;
  readonly before: Memory;
  readonly after: Memory;
  /** What the room is before and after, to the last bit of its hash but for what was accepted. */
  readonly isAlive: boolean;
  readonly faults: readonly unknown[];
  readonly seconds: number;
};

/** Strikes so many times, kind after kind. */
export async function strikeAll(strikes: number): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'deltaroom-hostile-'));
  const server = await startServer(folder, { LOG_LEVEL: 'error' }, collecting);
  try {
    const port = Number(new URL(server.url).port);
    const room = await openRoom(server.url);
    const host = await Person.join(server.url, { code: room.code, hostKey: room.hostKey });
    const targets: Target[] = [];
    for (let n = 0; n < students; n++) {
      const person = await Person.join(server.url, { code: room.code, name: `Student ${n}` });
      targets.push({ port, code: room.code, token: person.token });
      person.disconnect();
    }
    const kinds = [
      ...httpKinds.map((kind) => ({ ...kind, way: 'http' as const })),
      ...socketKinds.map((kind) => ({ ...kind, way: 'socket' as const })),
    ];
    const outcomes = new Map<string, number>();
    const unanswered = new Set<string>();
    const note = (what: string, outcome: Outcome): void => {
      const name = outcome.kind === 'answered' ? outcome.with : outcome.kind;
      outcomes.set(name, (outcomes.get(name) ?? 0) + 1);
      if (outcome.kind === 'nothing') unanswered.add(what);
    };
    const strike = async (n: number): Promise<void> => {
      const kind = kinds[n % kinds.length];
      const target = targets[n % targets.length];
      if (kind === undefined || target === undefined) throw new Error('there is nothing to strike with');
      const outcome =
        kind.way === 'http'
          ? await strikeHttp(target, kind, n, patience)
          : await strikeSocket(target, kind, n, patience);
      note(kind.what, outcome);
    };
    const run = async (from: number, to: number): Promise<void> => {
      let next = from;
      const striker = async (): Promise<void> => {
        while (next < to) await strike(next++);
      };
      await Promise.all(Array.from({ length: strikers }, striker));
    };
    // Twice every kind: whatever is loaded or compiled once is there.
    const warm = Math.min(strikes, 2 * kinds.length);
    await run(0, warm);
    const before = await memoryOf(server);
    const began = performance.now();
    const [first] = targets;
    const slow = slowKinds.map(async (kind) => {
      if (first !== undefined) note(kind.what, await strikeHttp(first, kind, 0, longPatience, true));
    });
    await run(warm, strikes);
    const seconds = (performance.now() - began) / 1000;
    await Promise.all(slow);
    const after = await memoryOf(server);
    const alive = await host.send('raise-hand');
    host.disconnect();
    return {
      strikes: strikes + slow.length,
      kinds: kinds.length + slow.length,
      outcomes,
      unanswered,
      before,
      after,
      isAlive: alive.ok,
      faults: server.log,
      seconds,
    };
  } finally {
    await server.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the server needs once it has collected its garbage; connections that have just ended take a moment to be gone. */
async function memoryOf({
  url,
  signal,
}: {
  readonly url: string;
  readonly signal: (name: 'SIGUSR2') => void;
}): Promise<Memory> {
  let least: Memory = { heap: Infinity, resident: Infinity };
  for (let look = 0; look < 5; look++) {
    signal('SIGUSR2');
    const text = await (await fetch(`${url}/metrics`)).text();
    const read = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
    const now = { heap: read('nodejs_heap_size_used_bytes'), resident: read('process_resident_memory_bytes') };
    if (now.heap < least.heap) least = now;
  }
  return least;
}
