/**
 * The power cord: a server is killed three times in the middle of two runs and of a stream of commands, and started again on the
 * same folder. What it had acknowledged is there, and the runs end with the very parameters of undisturbed ones.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadKernels } from '../../server/data/kernels.ts';
import { uniform } from '../../shared/core/random.ts';
import { createRun } from '../../shared/core/run.ts';
import type { NumberedEvent } from '../../shared/protocol/events.ts';
import type { RoomState } from '../../shared/protocol/state.ts';
import type { CommandAck } from '../../shared/protocol/wire.ts';
import { configured, imagesOf, trained } from '../core/networks.ts';
import { openRoom, Person } from '../support/person.ts';
import { startServer, type ServerProcess } from './server-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'deltaroom-crash-'));
const running: ServerProcess[] = [];
afterAll(async () => {
  for (const server of running) await server.end('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const like = { hidden: [30, 30], dataset: { name: 'mnist', train: 1000, test: 0 }, batchSize: 'full', measureEvery: 1 };

/** Epochs that take some three seconds of training on this machine, so that there is a middle to be killed in. */
function epochsOf3Seconds(): number {
  const configuration = configured({ ...like, regularization: { l2: 5 }, epochs: 100 });
  const run = createRun(configuration, imagesOf(configuration), loadKernels());
  run.advance(1e7, 5);
  let fastest = Infinity;
  for (let step = 6; step <= 30; step++) {
    const began = performance.now();
    run.advance(Infinity, step);
    fastest = Math.min(fastest, performance.now() - began);
  }
  return Math.min(10_000, Math.ceil(3000 / fastest));
}

type Sent = {
  readonly by: string;
  readonly id: string;
  readonly type: string;
  readonly data: object;
  ack: CommandAck | null;
};

/** Whether the room knows what an accepted command has made. */
function isThere(state: RoomState, { type, data, ack, by }: Sent): boolean {
  if (ack?.ok !== true) throw new Error('not accepted');
  const made =
    type === 'pin' ? state.pins[String(ack.result?.['pin'])] : state.proposals[String(ack.result?.['proposal'])];
  const words = type === 'pin' ? 'text' : 'reason';
  return made !== undefined && made.author === by && Reflect.get(made, words) === Reflect.get(data, words);
}

/** How far training is stored, read from outside beside the server. */
function stored(): Record<string, { front: number; checkpoint: number }> {
  const database = new DatabaseSync(join(folder, 'deltaroom.sqlite'), { readOnly: true });
  const read = (table: string) =>
    new Map(
      database
        .prepare(`select run, max(step) as step from ${table} group by run`)
        .all()
        .map((row) => [row['run'], Number(row['step'])]),
    );
  const [fronts, checkpoints] = [read('measurements'), read('checkpoints')];
  database.close();
  const of = (run: string) => ({ front: fronts.get(run) ?? -1, checkpoint: checkpoints.get(run) ?? -1 });
  return { 'run-1': of('run-1'), 'run-2': of('run-2') };
}

test(
  '[F6] a server that is killed three times loses no acknowledged command, and its runs end as if nothing had been',
  { timeout: 180_000 },
  async () => {
    const epochs = epochsOf3Seconds();
    const configurations = [1, 2].map((seed) => configured({ ...like, regularization: { l2: 5 }, epochs, seed }));
    const sent: Sent[] = [];
    let count = 0;

    let server = await startServer(folder);
    running.push(server);
    const room = await openRoom(server.url);
    let host = await Person.join(server.url, { code: room.code, hostKey: room.hostKey });
    let student = await Person.join(server.url, { code: room.code, name: 'Ada' });
    for (const configuration of configurations) await host.do('start', { configuration });

    const send = async (person: Person, type: string, data: object) => {
      const command: Sent = { by: person.id, id: `stream-${++count}`, type, data, ack: null };
      sent.push(command);
      const ack = await person.send(type, data, command.id).catch(() => null);
      command.ack = ack;
      return ack;
    };
    /** Pins and proposals of two people, each with words of its own. */
    const someOf = (n: number) => [
      send(student, 'pin', { run: 'run-1', step: n, text: `pin ${count}` }),
      send(host, 'propose', { change: { seed: 1000 + count }, reason: `reason ${count}` }),
    ];

    for (const kill of [0, 1, 2]) {
      for (let n = 0; n < 8; n++) await Promise.all(someOf(n));
      const later = 5 + Math.floor(20 * uniform({ seed: 2026, purpose: 'data', index: kill }, 0));
      const before = stored();
      const due = () => {
        const now = stored();
        return Object.entries(now).every(([run, { front, checkpoint }]) => {
          const was = before[run] ?? { front: -1, checkpoint: -1 };
          // Before anything was saved, soon after a checkpoint, and after some steps more.
          if (kill === 1) return checkpoint >= 0 && front >= checkpoint + later;
          return front >= was.front + later;
        });
      };
      await expect.poll(due).toBe(true);
      for (const run of Object.values(host.state.runs)) expect(run.status).toEqual({ kind: 'live' });
      const seen = stored();
      // Some of these are acknowledged before the end, others are not.
      const burst = Array.from({ length: 12 }, (_, n) => someOf(n)).flat();
      await burst[2];
      expect(await server.end('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
      host.disconnect();
      student.disconnect();
      await Promise.all(burst);

      server = await startServer(folder);
      running.push(server);
      host = await Person.join(server.url, { code: room.code, token: host.token });
      student = await Person.join(server.url, { code: room.code, token: student.token });
      const acknowledged = sent.filter(({ ack }) => ack?.ok === true);
      expect(acknowledged.length).toBeGreaterThanOrEqual(16 * (kill + 1) + 1);
      expect(acknowledged.filter((command) => !isThere(host.state, command))).toEqual([]);
      // What was in flight is sent again, as clients do, and is there once whether or not it had arrived.
      const inFlight = sent.filter(({ ack }) => ack === null);
      for (const command of inFlight) {
        const person = command.by === host.id ? host : student;
        command.ack = await person.send(command.type, command.data, command.id);
        expect(command.ack).toMatchObject({ ok: true });
      }
      const goingOn = () =>
        server.log
          .filter((line) => 'again' in line)
          .map((line) => ({ run: String(line['run']), step: Number(line['step']), again: Number(line['again']) }));
      await expect.poll(() => goingOn().length).toBe(2);
      for (const { run, step, again } of goingOn()) {
        const { front = 0, checkpoint = 0 } = seen[run] ?? {};
        process.stdout.write(
          `kill ${kill + 1}: ${run} was measured to step ${front} of ${epochs} or further, goes on from ${step}, computes ${again} steps again; ${acknowledged.length} commands acknowledged, ${inFlight.length} in flight\n`,
        );
        expect(step).toBeGreaterThanOrEqual(Math.max(0, checkpoint));
        expect(step + again).toBeGreaterThanOrEqual(front);
        expect(kill === 0 || again < front).toBe(true);
      }
    }

    await host.until((state) => Object.values(state.runs).every((run) => run.status.kind === 'finished'));
    for (const command of sent) expect(isThere(host.state, command)).toBe(true);
    const made = Object.values(host.state.pins).length + Object.values(host.state.proposals).length;
    expect(made).toBe(sent.length);

    const { events } = (await host.socket.emitWithAck('resume', { log: host.welcome.log, seq: 0 })) as {
      events: NumberedEvent[];
    };
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.at(-1)?.seq).toBe(host.seq);
    expect(events.filter((event) => event.type === 'run-ended')).toHaveLength(2);

    for (const [index, configuration] of configurations.entries()) {
      const undisturbed = createRun(configuration, imagesOf(configuration), loadKernels());
      const measurements = trained(undisturbed);
      const status = host.state.runs[`run-${index + 1}`]?.status;
      expect(status).toEqual({ kind: 'finished', step: epochs, digest: undisturbed.digest() });
      const response = await fetch(`${server.url}/api/rooms/${room.code}/runs/run-${index + 1}/measurements`, {
        // Training here keeps this thread busy for longer than the server keeps an idle connection.
        headers: { authorization: `Bearer ${room.hostKey}`, connection: 'close' },
      });
      const lines = (await response.text())
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { step: number; digest: string });
      expect(lines.map(({ step, digest }) => [step, digest])).toEqual(
        measurements.map(({ step, digest }) => [step, digest]),
      );
    }
    host.disconnect();
    student.disconnect();
    expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null });
  },
);
