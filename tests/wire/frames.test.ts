/** Frames over real sockets and over HTTP: ticks while runs train, what a late joiner can read, and what nobody may read yet. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csvHeader, type MeasurementRecord } from '../../shared/protocol/measurements.ts';
import { sendableStepAt } from '../../shared/protocol/playhead.ts';
import type { Tick, TickPoint, TickRun } from '../../shared/protocol/wire.ts';
import { fromWireNumber, toWireNumber } from '../../shared/protocol/wire-numbers.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person, type RoomTicket } from '../support/person.ts';
import { RawSocket } from './raw-socket.ts';

/** Some 300 steps that take a few ms each. */
const moving = {
  dataset: { name: 'mnist', train: 200, test: 0 },
  hidden: [12, 8],
  batchSize: 'full',
  epochs: 300,
  measureEvery: 1,
};
const phone = 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36';

let lab: TestLab;
beforeAll(async () => {
  lab = await startTestLab();
});
afterAll(() => lab.close());

const join = (room: RoomTicket, auth: object, userAgent?: string) =>
  Person.join(
    lab.url,
    { code: room.code, ...auth },
    userAgent === undefined ? {} : { headers: { 'user-agent': userAgent } },
  );

/** Reads measurements as the bearer of a secret; `query` begins with a question mark. */
async function read(room: RoomTicket, secret: string, query = '', run = 'run-1'): Promise<Response> {
  const path = `${lab.url}/api/rooms/${room.code}/runs/${run}/measurements${query}`;
  return fetch(path, { headers: { authorization: `Bearer ${secret}` } });
}
async function records(room: RoomTicket, secret: string, query = '', run = 'run-1'): Promise<MeasurementRecord[]> {
  const body = await (await read(room, secret, query, run)).text();
  return body
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as MeasurementRecord);
}

const ofRun = (ticks: readonly Tick[], run: string): { at: number; run: TickRun }[] =>
  ticks.flatMap((tick) => tick.runs.filter((one) => one.run === run).map((one) => ({ at: tick.at, run: one })));

describe('Ticks of a run in training', () => {
  let room: RoomTicket;
  let host: Person;
  let student: Person;
  let onPhone: Person;
  beforeAll(async () => {
    room = await openRoom(lab.url);
    host = await join(room, { hostKey: room.hostKey });
    student = await join(room, { name: 'Ada' });
    onPhone = await join(room, { name: 'Bob' }, phone);
    await host.do('start', { configuration: moving });
    await host.until((state) => state.runs['run-1']?.status.kind === 'finished');
  });
  afterAll(() => {
    for (const person of [host, student, onPhone]) person.disconnect();
  });

  test('[T1][T2] carry its status and front, and at most four new points behind the last one of the tick before', async () => {
    await expect
      .poll(() => ofRun(student.ticks, 'run-1').filter(({ run }) => run.points.length > 0).length)
      .toBeGreaterThanOrEqual(8);
    await expect.poll(() => ofRun(student.ticks, 'run-1').at(-1)?.run.status).toBe('finished');
    const all = await records(room, room.hostKey);
    const shortened = new Map<number, TickPoint>(
      all.map(({ step, cost, trainAccuracy, layers }) => [
        step,
        [
          step,
          toWireNumber(fromWireNumber(cost)),
          toWireNumber(fromWireNumber(trainAccuracy ?? 'NaN')),
          null,
          layers.map((layer) => toWireNumber(fromWireNumber(layer['speed'] ?? NaN))),
        ],
      ]),
    );
    let last: TickPoint | undefined;
    let front = -1;
    for (const { run } of ofRun(student.ticks, 'run-1')) {
      expect(run.step).toBeGreaterThanOrEqual(front);
      front = run.step;
      if (run.points.length === 0) continue;
      const [first, ...rest] = run.points;
      const fresh = last === undefined ? run.points : rest;
      expect(last === undefined ? first : last).toEqual(first);
      expect(fresh.length).toBeGreaterThanOrEqual(1);
      expect(fresh.length).toBeLessThanOrEqual(4);
      for (const point of run.points) expect(point).toEqual(shortened.get(point[0]));
      const steps = run.points.map((point) => point[0]);
      expect(steps).toEqual([...new Set(steps)].toSorted((a, b) => a - b));
      last = run.points.at(-1);
    }
    expect(front).toBe(300);
    expect(last?.[0]).toBeGreaterThan(0);
  });

  test('[S6] carry nothing that is more than a second ahead of the playhead, for hosts neither', () => {
    for (const person of [host, student]) {
      for (const { at, run } of ofRun(person.ticks, 'run-1')) {
        const furthest = sendableStepAt(person.state, at);
        for (const [step] of run.points) expect(step).toBeLessThanOrEqual(furthest);
      }
    }
  });

  test('[T3] are numbered and come at most ten times a second, four times on phones', async () => {
    await expect.poll(() => onPhone.ticks.length).toBeGreaterThanOrEqual(4);
    for (const [person, every] of [
      [student, 100],
      [onPhone, 250],
    ] as const) {
      for (const [index, tick] of person.ticks.entries()) {
        const before = person.ticks[index - 1];
        if (before === undefined) continue;
        expect(tick.n).toBeGreaterThan(before.n);
        expect(tick.at - before.at).toBeGreaterThanOrEqual(every);
      }
    }
    // While the playhead moves there is something for every tick, so whoever may have more of them gets more.
    await expect.poll(() => student.ticks.length - onPhone.ticks.length).toBeGreaterThan(3);
  });

  test('[K1][S6] leave a late joiner nothing to miss: over HTTP every curve is whole up to the playhead, and ends there', async () => {
    await host.do('pause', { step: 40 });
    const late = await join(room, { name: 'Late' });
    expect(late.state).toEqual(host.state);
    // The pause is announced 150 ms ahead; until then the playhead before it is in force.
    // What was seen before the pause took effect stays readable, so a slow machine has seen a little more.
    const seen = Math.max(40, ...Object.values(host.state.runs).map(({ shownTo }) => shownTo)) + 1;
    await expect.poll(async () => (await records(room, late.token)).length).toBe(seen);
    const whole = await records(room, room.hostKey);
    expect(whole.map((record) => record.step)).toEqual(Array.from({ length: 301 }, (_, step) => step));
    expect(await records(room, host.token)).toEqual(whole);
    expect(await records(room, late.token)).toEqual(whole.slice(0, seen));
    expect(await records(room, late.token, `?from=${seen}`)).toEqual([]);
    expect(await records(room, late.token, `?from=38&to=${seen + 9}`)).toEqual(whole.slice(38, seen));
    const drawn = (await (await read(room, late.token, '?metric=speed,cost&points=2000')).json()) as {
      front: number;
      series: { metric: string; layer: number | null; points: [number, number][] }[];
    };
    expect(drawn.front).toBe(300);
    expect(drawn.series.map(({ metric, layer }) => [metric, layer])).toEqual([
      ['speed', 1],
      ['speed', 2],
      ['speed', 3],
      ['cost', null],
    ]);
    for (const { layer, points } of drawn.series) {
      const value = (record: MeasurementRecord) => (layer === null ? record.cost : record.layers[layer - 1]?.['speed']);
      expect(points).toEqual(whole.slice(0, seen).map((record) => [record.step, value(record)]));
    }
    late.disconnect();
  });

  test('[S6] let everybody read a step once the playhead has come near to it, and what was seen also after it went back', async () => {
    await host.do('seek', { step: 120 });
    await expect.poll(async () => (await records(room, student.token)).length).toBe(121);
    await host.do('seek', { step: 10 });
    await student.until(
      (state) => state.playhead?.step === 10 && state.runs[String(state.playhead.run)]?.shownTo === 120,
    );
    expect((await records(room, student.token)).length).toBe(121);
    await host.do('speed', { showTime: 'live' });
    await host.do('resume');
    await expect.poll(async () => (await records(room, student.token)).length).toBe(301);
  });

  test('[T4] leave the rest to HTTP: every measurement in full, as JSON lines and as tidy csv', async () => {
    const whole = await records(room, room.hostKey);
    const response = await read(room, room.hostKey, '?format=csv&from=7&to=8');
    expect(response.headers.get('content-type')).toMatch(/^text\/csv/);
    const rows = (await response.text()).trim().split('\n');
    expect(rows[0]).toBe(csvHeader);
    const speed = whole[7]?.layers[1]?.['speed'];
    expect(rows).toContain(`7,7,2,speed,${speed}`);
    expect(rows).toContain(`8,8,,cost,${whole[8]?.cost}`);
    // Cost and accuracy on the probe; for each layer its units and fourteen metrics.
    expect(rows.length).toBe(1 + 2 * (2 + 3 * 15));
    expect(String(speed).length).toBeGreaterThan(8);
  });
});

describe('Runs', () => {
  test('[R3] that are stopped in the breath in which they are started do stop', async () => {
    const room = await openRoom(lab.url);
    const host = await join(room, { hostKey: room.hostKey });
    const endless = { ...moving, epochs: 10_000 };
    const acks = await Promise.all([
      host.send('start', { configuration: endless }),
      host.send('stop', { run: 'run-1' }),
    ]);
    expect(acks).toMatchObject([{ ok: true }, { ok: true }]);
    await host.until((state) => state.runs['run-1']?.status.kind === 'stopped');
    expect(await host.refused('stop', { run: 'run-1' })).toMatchObject({ code: 'conflict', path: 'data.run' });
    host.disconnect();
  });

  test('[R3][R4] end at a whole step when they are stopped, where they can be forked; others go on', async () => {
    const room = await openRoom(lab.url);
    const host = await join(room, { hostKey: room.hostKey });
    await host.do('start', { configuration: { ...moving, epochs: 10_000 } });
    await host.do('start', { configuration: { ...moving, epochs: 100, seed: 2 } });
    const front = (run: string) => ofRun(host.ticks, run).at(-1)?.run.step ?? -1;
    await expect.poll(() => front('run-1'), { interval: 5 }).toBeGreaterThan(3);
    expect(ofRun(host.ticks, 'run-1').at(-1)?.run.status).toBe('training');
    await host.do('stop', { run: 'run-1' });
    await host.until((state) => state.runs['run-1']?.status.kind === 'stopped');
    await host.until((state) => state.runs['run-2']?.status.kind === 'finished');
    const status = host.state.runs['run-1']?.status;
    const step = status?.kind === 'stopped' ? status.step : -1;
    const measured = await records(room, room.hostKey);
    const last = measured.at(-1)?.step ?? -1;
    expect(step).toBeGreaterThan(3);
    expect(last).toBe(step);
    expect((await host.do('fork', { run: 'run-1', step: last, change: { epochs: last + 5 } }))['run']).toBe('run-3');
    await host.until((state) => state.runs['run-3']?.status.kind === 'finished');
    expect((await records(room, room.hostKey, '', 'run-3')).map((record) => record.step)).toEqual(
      [0, 1, 2, 3, 4, 5].map((n) => last + n),
    );
    host.disconnect();
  });

  test('[R2][R5] that are forked without a change go the way of their parent, a fork of a fork too', async () => {
    const room = await openRoom(lab.url);
    const host = await join(room, { hostKey: room.hostKey });
    await host.do('start', { configuration: { ...moving, epochs: 60 } });
    await host.until((state) => state.runs['run-1']?.status.kind === 'finished');
    await host.do('fork', { run: 'run-1', step: 25 });
    await host.until((state) => state.runs['run-2']?.status.kind === 'finished');
    await host.do('fork', { run: 'run-2', step: 40 });
    await host.do('fork', { run: 'run-1', step: 25, change: { optimizer: { learningRate: 0.5 } } });
    await host.until((state) => Object.values(state.runs).every((run) => run.status.kind === 'finished'));
    const digest = (run: string) => Reflect.get(host.state.runs[run]?.status ?? {}, 'digest') as string;
    const parent = await records(room, room.hostKey);
    expect(digest('run-2')).toBe(digest('run-1'));
    expect(digest('run-3')).toBe(digest('run-1'));
    expect(digest('run-4')).not.toBe(digest('run-1'));
    const digests = (list: MeasurementRecord[]) => list.map((record) => [record.step, record.digest]);
    expect(digests(await records(room, room.hostKey, '', 'run-2'))).toEqual(digests(parent.slice(25)));
    expect(digests(await records(room, room.hostKey, '', 'run-3'))).toEqual(digests(parent.slice(40)));
    expect(digests(await records(room, room.hostKey, '', 'run-4'))[0]).toEqual(digests(parent)[25]);
    host.disconnect();
  });

  test('[R4] that diverge say where, in numbers written out, and harm no other', async () => {
    const room = await openRoom(lab.url);
    const host = await join(room, { hostKey: room.hostKey });
    const wild = {
      ...moving,
      activation: 'relu',
      output: 'linear',
      cost: 'quadratic',
      optimizer: { name: 'sgd', learningRate: 1e6 },
    };
    await host.do('start', { configuration: { ...moving, epochs: 40 } });
    await host.do('start', { configuration: wild });
    await host.until((state) =>
      Object.values(state.runs).every((run) => !['live', 'stopping'].includes(run.status.kind)),
    );
    expect(host.state.runs['run-1']?.status).toMatchObject({ kind: 'finished', step: 40 });
    const status = host.state.runs['run-2']?.status;
    expect(status).toMatchObject({ kind: 'diverged', what: expect.stringMatching(/^(cost|parameter)$/) });
    const measured = await records(room, room.hostKey, '', 'run-2');
    expect(measured.at(-1)?.step).toBe(Reflect.get(status ?? {}, 'step'));
    expect(JSON.stringify(measured.at(-1))).toMatch(/"(?:NaN|-?Infinity)"/);
    expect(JSON.stringify(measured).replaceAll('"testAccuracy":null', '')).not.toContain('null');
    await host.do('speed', { showTime: 'live' });
    await expect.poll(() => ofRun(host.ticks, 'run-2').at(-1)?.run.status).toBe('diverged');
    host.disconnect();
  });

  test('[T1] are carried together, up to eight of them', async () => {
    const room = await openRoom(lab.url);
    const host = await join(room, { hostKey: room.hostKey });
    for (let seed = 1; seed <= 10; seed++) await host.do('start', { configuration: { ...moving, epochs: 4, seed } });
    await host.do('seek', { run: 'run-1', step: 4 });
    await host.until((state) => Object.values(state.runs).every((run) => run.status.kind === 'finished'));
    const seen = () => new Set(host.ticks.flatMap((tick) => tick.runs.map((run) => run.run)));
    await expect.poll(() => seen().has('run-10')).toBe(true);
    for (const tick of host.ticks) expect(tick.runs.length).toBeLessThanOrEqual(8);
    const last = host.ticks.at(-1);
    expect(last?.runs.map((run) => run.run)).not.toContain('run-2');
    host.disconnect();
  });
});

test('a client that answers what nobody asked, or nothing at all, harms nobody', async () => {
  const room = await openRoom(lab.url);
  const host = await join(room, { hostKey: room.hostKey });
  const auth = JSON.stringify({ protocol: 1, code: room.code, name: 'Odd' });
  const { socket } = await RawSocket.connect(lab.url, auth);
  for (const ack of ['430[]', '43999["x"]', '4318446744073709551616[{}]', '430[null,{"__proto__":1}]'])
    socket.text(ack);
  await host.do('start', { configuration: { ...moving, epochs: 10 } });
  await host.until((state) => state.runs['run-1']?.status.kind === 'finished');
  expect(await socket.emit('clock', '1')).toMatchObject({ t: 1 });
  socket.close();
  host.disconnect();
});
