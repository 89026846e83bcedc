/**
 * A class: so many students, real clients in a process of their own, join one room within 10 s, answer within 2 s, and watch two
 * runs. Whether anything was lost, how late things come, and what it costs the server.
 */
import { loadavg } from 'node:os';
import { openRoom, Person } from '../support/person.ts';
import { Child } from './child.ts';
import type { Delays, FromStudents, ToStudents } from './class/messages.ts';
import type { FromServer, ToServer } from './fanout/messages.ts';
import { table } from './table.ts';

export type ClassOptions = { readonly students: number; readonly seconds: number };

const joinWithinMs = 8000;
const answerWithinMs = 1500;

/** Trains for as long as it is watched; a measurement every few milliseconds. */
const watched = {
  dataset: { name: 'mnist', train: 1000, test: 0 },
  hidden: [30, 30, 30, 30],
  batchSize: 'full',
  epochs: 10_000,
  measureEvery: 5,
};

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Holds the class and returns what came of it. */
export async function benchClass({ students: count, seconds }: ClassOptions) {
  const load = loadavg()[0] ?? 0;
  const server = new Child<ToServer, FromServer>(new URL('./fanout/server.ts', import.meta.url), 'lab');
  const students = new Child<ToStudents, FromStudents>(new URL('./class/students.ts', import.meta.url));
  const usage = async () => {
    server.say({ type: 'usage' });
    return server.hear('usage');
  };
  let host: Person | null = null;
  try {
    const { port } = await server.hear('listening');
    const url = `http://127.0.0.1:${port}`;
    const room = await openRoom(url);
    host = await Person.join(url, { code: room.code, hostKey: room.hostKey });
    const empty = await usage();

    students.say({ type: 'join', url, code: room.code, count, withinMs: joinWithinMs });
    const joined = await students.hear('joined');

    await host.do('start', { configuration: watched, guess: {} });
    const guess = { guess: 'guess-1' };
    students.say({ type: 'send', command: 'guess', data: { ...guess, choice: '100' }, withinMs: answerWithinMs });
    const answered = await students.hear('sent');
    const ballots = host.state.guesses['guess-1']?.answered[0]?.length ?? 0;
    await host.do('reveal', guess);
    const standing = host.state.guesses['guess-1']?.standing;
    const counted = standing?.kind === 'revealed' ? (standing.tallies[0]?.choices['100'] ?? 0) : 0;

    await host.do('start', { configuration: { ...watched, seed: 2 } });
    await host.do('speed', { showTime: 60 });
    students.say({ type: 'begin' });
    const before = await usage();
    const began = performance.now();
    for (let second = 0; second < seconds; second += 5) {
      await wait(5000);
      // Something happens now and then, so that events have delays, too.
      await host.do('pin', { run: 'run-2', step: second, text: `after ${second} s` });
    }
    const elapsed = performance.now() - began;
    const after = await usage();
    await wait(500);
    students.say({ type: 'report' });
    const watchedAs = await students.hear('report');
    return {
      load,
      students: count,
      joined: { ms: joined.ms, delays: joined.delays },
      answered: { ms: answered.ms, accepted: answered.accepted, ballots, counted, delays: answered.delays },
      watched: { ...watchedAs, seconds: elapsed / 1000, hostSeq: host.seq },
      mainThreadShare: (after.cpuMs - before.cpuMs) / elapsed,
      memory: { emptyMB: empty.memory / 1e6, fullMB: after.memory / 1e6 },
    };
  } finally {
    host?.disconnect();
    students.kill();
    server.say({ type: 'end' });
    await server.ended();
  }
}

/** Writes what `benchClass` has found. */
export function printClass(found: Awaited<ReturnType<typeof benchClass>>): string {
  const { students, joined, answered, watched: seen, memory } = found;
  const ms = ({ p50, p99, max }: Delays) => [p50, p99, max].map((value) => value.toFixed(0));
  const rows = [
    ['from knocking to the welcome', ...ms(joined.delays)],
    ['a command and its answer', ...ms(answered.delays)],
    ['an event on its way', ...ms(seen.eventDelays)],
    ['a tick on its way', ...ms(seen.tickDelays)],
  ];
  const lost = seen.hostSeq - seen.seq[0];
  return [
    `class: ${students} students, load ${found.load.toFixed(1)}`,
    `joined within ${(joined.ms / 1000).toFixed(1)} s; ${answered.accepted} answered within ${(answered.ms / 1000).toFixed(1)} s, ` +
      `${answered.ballots} ballots, ${answered.counted} counted`,
    `watched two runs for ${seen.seconds.toFixed(0)} s: ${seen.connected} connected, ${lost} events lost, ` +
      `${(seen.ticks / students / seen.seconds).toFixed(1)} ticks a second`,
    table(['ms', 'p50', 'p99', 'max'], rows),
    `the server’s main thread: ${(100 * found.mainThreadShare).toFixed(0)} % of a processor; memory ${memory.emptyMB.toFixed(0)} MB without, ` +
      `${memory.fullMB.toFixed(0)} MB with them`,
  ].join('\n');
}
