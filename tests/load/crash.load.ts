/**
 * Fifty power cuts: at random moments of a session something that runs is killed and started again, first one server on its folder,
 * then any of two servers, two workers, PostgreSQL and Redis. Nothing that was acknowledged is lost, nothing is there twice, all
 * see the same, and every run ends with the parameters of an undisturbed one. `KILLS=10 npm run test:load` makes fewer.
 */
import { setTimeout as later } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { loadKernels } from '../../server/data/kernels.ts';
import { uniform } from '../../shared/core/random.ts';
import { createRun } from '../../shared/core/run.ts';
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { digestOfText } from '../../shared/core/digest.ts';
import type { NumberedEvent } from '../../shared/protocol/events.ts';
import { median } from '../bench/table.ts';
import { configured, imagesOf, trained } from '../core/networks.ts';
import { openRoom } from '../support/person.ts';
import { noPostgres } from '../support/postgres.ts';
import { noRedis } from '../support/redis.ts';
import { embeddedPlant, type Plant, sharedPlant } from './plant.ts';
import { Stubborn } from './stubborn.ts';

const kills = Number(process.env['KILLS'] ?? 50);
const commandsEach = 4;
/** A kill comes so many ms after the commands at most: before they arrive, among them, and after their answers. */
const latest = 400;
const epochs = 1500;
/** So many kills, and the next run begins. */
const killsOfARun = 3;

/** Some seconds of training, so that most kills find a run in its middle. */
const configurationOf = (seed: number): RunConfiguration =>
  configured({
    dataset: { name: 'mnist', train: 1000, test: 0 },
    hidden: [30, 30, 30],
    epochs,
    measureEvery: 1000,
    seed,
  });

const drawn = (kill: number, what: number): number => uniform({ seed: 2026, purpose: 'data', index: kill }, what);

async function endure(plant: Plant): Promise<void> {
  const room = await openRoom(plant.urls()[0] ?? '');
  const people = await Promise.all([
    Stubborn.come(room, plant.urls, 0, { hostKey: room.hostKey }),
    Stubborn.come(room, plant.urls, 1, { hostKey: room.hostKey }),
    Stubborn.come(room, plant.urls, 0, { name: 'Ada' }),
  ]);
  const [host] = people;
  if (host === undefined) throw new Error('invariant violation: nobody came');
  const sent: string[] = [];
  const recoveries: number[] = [];
  const struck = new Map<string, number>();

  const say = (n: number): Promise<void> => {
    const text = `said ${sent.length}`;
    sent.push(text);
    const [type, data] =
      n === 2
        ? ['pin', { run: 'run-1', step: sent.length, text }]
        : ['propose', { change: { seed: 1_000_000 + sent.length }, reason: text }];
    return people[n]?.send(type, data as object, `said-${sent.length}`) ?? Promise.resolve();
  };

  for (let kill = 0; kill < kills; kill++) {
    if (kill % killsOfARun === 0)
      await host.send('start', { configuration: configurationOf(kill + 1) }, `start-${kill}`);
    const saying = Promise.all(people.flatMap((_, n) => Array.from({ length: commandsEach }, () => say(n))));
    await later(latest * drawn(kill, 0));
    const victim = plant.victims[Math.floor(plant.victims.length * drawn(kill, 1))] ?? '';
    struck.set(victim, (struck.get(victim) ?? 0) + 1);
    const began = performance.now();
    await plant.kill(victim);
    await saying;
    await Promise.all(people.map((_, n) => say(n)));
    recoveries.push(performance.now() - began);
  }

  const isOver = (): boolean => Object.values(host.person.state.runs).every(({ status }) => status.kind === 'finished');
  while (!isOver()) await host.catchUp(host.person.seq + 1);
  await Promise.all(people.map((one) => one.catchUp(host.person.seq)));

  const { state, welcome } = host.person;
  const texts = [
    ...Object.values(state.pins).map(({ text }) => text),
    ...Object.values(state.proposals).map((one) => one.reason),
  ];
  expect(texts.toSorted()).toEqual(sent.toSorted());
  const hashes = new Set(people.map(({ person }) => digestOfText(JSON.stringify(person.state))));
  expect(hashes.size).toBe(1);
  const { events } = (await host.person.socket.emitWithAck('resume', { log: welcome.log, seq: 0 })) as {
    events?: NumberedEvent[];
  };
  const own = events ?? [];
  expect(own.map(({ seq }) => seq)).toEqual(own.map((_, index) => index + 1));

  const runs = Object.values(state.runs);
  expect(runs.length).toBe(Math.ceil(kills / killsOfARun));
  let slowest = 0;
  for (const run of runs) {
    const began = performance.now();
    const undisturbed = createRun(run.configuration, imagesOf(run.configuration), loadKernels());
    trained(undisturbed);
    slowest = Math.max(slowest, performance.now() - began);
    expect(run.status).toMatchObject({ kind: 'finished', digest: undisturbed.digest() });
  }
  const again = plant.log().flatMap((line) => (typeof line['again'] === 'number' ? [line['again']] : []));
  const steps = epochs * 100;
  const most = Math.max(0, ...again);
  const computedAgain = `median ${again.length === 0 ? 0 : median(again)}, most ${most} (${((most * slowest) / steps / 1000).toFixed(2)} s of training where nothing else runs)`;
  console.log(
    [
      `${kills} kills (${[...struck].map(([victim, count]) => `${victim} ${count}`).join(', ')}): ${sent.length} commands acknowledged, all of them there once`,
      `${runs.length} runs, ${runs.length} digests of undisturbed ones; gone on with ${again.length} times, steps computed again: ${computedAgain}`,
      `from a kill until everybody has an answer again: p50 ${Math.round(median(recoveries))} ms, most ${Math.round(Math.max(...recoveries))} ms`,
    ].join('\n'),
  );
  for (const { person } of people) person.disconnect();
}

describe(`${kills} kills at random moments`, () => {
  test('of one server on its folder', async () => {
    const plant = await embeddedPlant();
    try {
      await endure(plant);
    } finally {
      await plant.end();
    }
  });

  test.skipIf(noPostgres !== undefined || noRedis !== undefined)(
    'of two servers, two workers, PostgreSQL and Redis',
    async () => {
      const plant = await sharedPlant();
      try {
        await endure(plant);
      } finally {
        await plant.end();
      }
    },
  );
});
