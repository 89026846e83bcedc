/** A class sweep over real sockets: every value measured once and told to everybody, beside runs, after a restart, until it is ended. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { engineFor, kernelsNamed } from '../../shared/core/kernels/choice.ts';
import { createRun } from '../../shared/core/run.ts';
import { loadKernels } from '../../server/data/kernels.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';
import { imagesOf, presetWith } from '../core/networks.ts';

const tiny = { dataset: { name: 'mnist', train: 40, test: 0 }, hidden: [6, 5, 4], epochs: 3, batchSize: 10 };

async function laboratory(settings: Readonly<Record<string, string>> = {}): Promise<TestLab> {
  const lab = await startTestLab(settings);
  onTestFinished(() => lab.close());
  return lab;
}

async function classroom(lab: TestLab, students: number, experiment = 'book-2') {
  const ticket = await openRoom(lab.url, { experiment });
  const host = await Person.join(lab.url, { code: ticket.code, hostKey: ticket.hostKey });
  const people: Person[] = [];
  // A few at a time, as people come: a busy machine turns nobody away then.
  while (people.length < students) {
    const names = Array.from({ length: Math.min(20, students - people.length) }, (_, n) => `s${people.length + n}`);
    people.push(...(await Promise.all(names.map((name) => Person.join(lab.url, { code: ticket.code, name })))));
  }
  onTestFinished(() => [host, ...people].forEach((person) => person.disconnect()));
  return { ticket, host, people };
}

const isDone = (person: Person, id = 'sweep-1') =>
  person.until((state) => state.sweeps[id] !== undefined && state.sweeps[id].standing === 'done');

describe('A class sweep', () => {
  test('[W5] at step 0 gives each seed of book-4 the ratio that its run begins with', async () => {
    const lab = await laboratory();
    const { host, people } = await classroom(lab, 3, 'book-4');
    await host.do('sweep', { field: 'seed', values: [7, 8, 9] });
    await Promise.all([host, ...people].map((person) => isDone(person)));
    const { points, values } = host.state.sweeps['sweep-1'] ?? { points: [], values: [] };
    for (const [index, ratio, accuracy] of points) {
      const configuration = presetWith('book-4', { seed: Number(values[index]) });
      const kernels = kernelsNamed(engineFor(configuration, null) ?? '', loadKernels);
      if (kernels === null) throw new Error('no kernels');
      const run = createRun(configuration, imagesOf(configuration), kernels);
      run.halt();
      const [first] = run.conclude();
      const [slow, last] = [first?.layers[0]?.speed ?? 0, first?.layers[3]?.speed ?? 0];
      expect([ratio, accuracy]).toEqual([last / slow, first?.trainAccuracy]);
      expect(Number(ratio)).toBeGreaterThan(10);
    }
    expect(points).toHaveLength(3);
  });

  test('[W5] with training measures what the runs end with', async () => {
    const lab = await laboratory();
    const { host } = await classroom(lab, 1);
    const { run } = await host.do('start', { configuration: tiny });
    await host.do('sweep', { base: run, field: 'depth', values: [1, 3, 2], trained: true });
    await isDone(host);
    const [points, last] = [host.state.sweeps['sweep-1']?.points ?? [], `run-1`];
    await host.until((state) => state.runs[last]?.status.kind === 'finished');
    const answer = await fetch(`${lab.url}/api/rooms/${host.state.code}/runs/${last}/measurements`, {
      headers: { authorization: `Bearer ${host.token}` },
    });
    const lines = (await answer.text()).trim().split('\n');
    const end = JSON.parse(lines.at(-1) ?? '') as { trainAccuracy: number; layers: { speed: number }[] };
    const ratio = (end.layers[2]?.speed ?? 0) / (end.layers[0]?.speed ?? 1);
    expect(points.find(([index]) => index === 1)).toEqual([1, ratio, end.trainAccuracy]);
    expect(points.find(([index]) => index === 0)?.[1]).toBe(1);
  });

  test('[W5] of 300 values reaches 300 people, while a run of the room goes on', { timeout: 300_000 }, async () => {
    const lab = await laboratory({ LOG_LEVEL: 'silent' });
    const { host, people } = await classroom(lab, 300, 'book-4');
    const values = people.map((_, n) => n + 1);
    await host.do('start', { configuration: tiny });
    const began = performance.now();
    await host.do('sweep', { field: 'seed', values });
    await Promise.all([host, ...people].map((person) => isDone(person)));
    const seconds = (performance.now() - began) / 1000;
    console.log(`300 people, 300 seeds of book-4 at step 0: every dot on every page after ${seconds.toFixed(1)} s`);
    for (const person of people) {
      const points = person.state.sweeps['sweep-1']?.points ?? [];
      expect(points.map(([index]) => index).toSorted((a, b) => a - b)).toEqual(values.map((value) => value - 1));
    }
    const batches = host.events.filter(({ type }) => type === 'sweep-measured').length;
    // In batches, so that neither the log nor phones have an event a point; and not all at the end.
    expect(batches).toBeLessThan(200);
    expect(batches).toBeGreaterThan(3);
    await host.until((state) => state.runs['run-1']?.status.kind === 'finished');
  });

  test('[W6] is measured no further once it is ended', async () => {
    const lab = await laboratory();
    const { host } = await classroom(lab, 1, 'book-4');
    await host.do('sweep', { field: 'seed', values: Array.from({ length: 900 }, (_, n) => n), trained: true });
    await host.do('end-sweep', { sweep: 'sweep-1' });
    expect(host.state.sweeps['sweep-1']).toMatchObject({ standing: 'stopped', onStage: false });
    // The one thread has to let go of it, or this would wait for 900 trainings.
    await host.do('sweep', { field: 'seed', values: [1, 2] });
    await isDone(host, 'sweep-2');
    expect(host.state.sweeps['sweep-1']?.points.length).toBeLessThan(900);
  });

  test('[W7] goes on after a restart with what it lacks', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'deltaroom-sweep-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const first = await startTestLab({ DATA_DIR: folder });
    const ticket = await openRoom(first.url, { experiment: 'book-4' });
    const host = await Person.join(first.url, { code: ticket.code, hostKey: ticket.hostKey });
    const values = Array.from({ length: 120 }, (_, n) => n);
    await host.do('sweep', { field: 'seed', values });
    await host.until((state) => (state.sweeps['sweep-1']?.points.length ?? 0) > 0);
    const before = host.state.sweeps['sweep-1']?.points ?? [];
    host.disconnect();
    await first.close();
    const lab = await laboratory({ DATA_DIR: folder });
    const again = await Person.join(lab.url, { code: ticket.code, token: host.token });
    onTestFinished(() => again.disconnect());
    await isDone(again);
    const { points } = again.state.sweeps['sweep-1'] ?? { points: [] };
    expect(points.slice(0, before.length)).toEqual(before);
    expect(points.map(([index]) => index).toSorted((a, b) => a - b)).toEqual(values);
  });
});
