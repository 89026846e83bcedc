/** The students of the bench of a class, all in one process: real clients of socket.io that fold every event. */
import type { NumberedEvent } from '../../../shared/protocol/events.ts';
import type { Tick } from '../../../shared/protocol/wire.ts';
import { Person } from '../../support/person.ts';
import { quantile } from '../table.ts';
import type { Delays, FromStudents, ToStudents } from './messages.ts';

const students: Person[] = [];
let ticks: number[] = [];
let events: number[] = [];

const say = (message: FromStudents): void => void process.send?.(message);
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const delaysOf = (ms: readonly number[]): Delays => ({
  p50: quantile(ms, 0.5),
  p99: quantile(ms, 0.99),
  max: Math.max(0, ...ms),
});

/** Does something for each of `count`, evenly spread over `withinMs`; returns how long each took and all together. */
async function spread(count: number, withinMs: number, act: (n: number) => Promise<void>) {
  const began = performance.now();
  const delays = await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      await wait((n * withinMs) / count);
      const at = performance.now();
      await act(n);
      return performance.now() - at;
    }),
  );
  return { ms: performance.now() - began, delays: delaysOf(delays) };
}

async function join({ url, code, count, withinMs }: Extract<ToStudents, { type: 'join' }>): Promise<void> {
  const done = await spread(count, withinMs, async (n) => {
    const person = await Person.join(url, { code, name: `Student ${n + 1}` });
    person.socket.on('tick', ({ at }: Tick) => ticks.push(Date.now() - at));
    person.socket.on('event', ({ at }: NumberedEvent) => events.push(Date.now() - at));
    students.push(person);
  });
  say({ type: 'joined', ...done });
}

async function send({ command, data, withinMs }: Extract<ToStudents, { type: 'send' }>): Promise<void> {
  let accepted = 0;
  const done = await spread(students.length, withinMs, async (n) => {
    const ack = await students[n]?.send(command, data);
    if (ack?.ok === true) accepted++;
  });
  say({ type: 'sent', accepted, ...done });
}

process.on('message', (message: ToStudents) => {
  switch (message.type) {
    case 'join':
      void join(message);
      break;
    case 'send':
      void send(message);
      break;
    case 'begin':
      ticks = [];
      events = [];
      break;
    case 'report': {
      const seqs = students.map(({ seq }) => seq);
      say({
        type: 'report',
        ticks: ticks.length,
        tickDelays: delaysOf(ticks),
        events: events.length,
        eventDelays: delaysOf(events),
        seq: [Math.min(...seqs), Math.max(...seqs)],
        connected: students.filter(({ socket }) => socket.connected).length,
      });
      break;
    }
    default:
      message satisfies never;
  }
});
