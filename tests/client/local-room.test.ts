/** A room in a page, without a page: it judges, trains and tells as the server does, and stops as soon. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ImageShelf } from '../../client/solo/image-shelf.ts';
import { LocalRoom } from '../../client/solo/local-room.ts';
import type { FromRoom, ImageStanding, Question, ToRoom } from '../../client/solo/messages.ts';
import { loadKernels } from '../../server/data/kernels.ts';
import { readMnist } from '../../server/data/mnist.ts';
import { Registry } from '../../server/rooms/registry.ts';
import { openDatabase } from '../../server/store/database.ts';
import { roomLog } from '../../server/store/events.ts';
import { runStore } from '../../server/store/runs.ts';
import { machineTime } from '../../server/time.ts';
import { TrainingPool } from '../../server/training/pool.ts';
import { digestOfText } from '../../shared/core/digest.ts';
import { engineFor } from '../../shared/core/kernels/choice.ts';
import { depth } from '../../shared/experiments/lessons/depth.ts';
import { presetOf } from '../../shared/experiments/presets.ts';
import { encodePart, type ImageChoice } from '../../shared/protocol/images.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import { hasEnded, type RoomState } from '../../shared/protocol/state.ts';
import type { CommandAck } from '../../shared/protocol/wire.ts';
import { evolve } from '../../shared/protocol/evolve.ts';
import type { RoomWish } from '../../shared/serving/first-event.ts';
import { RunKeeper } from '../../shared/training/keeper.ts';

const mnist = readMnist();
/** Both rooms live in the same moment, so that no time of theirs differs. */
const moment = 1_900_000_000_000;

const book = presetOf('book-4')?.configuration ?? {};
const wish: RoomWish = { title: 'Alone', language: 'en', experiment: 'book-4', configuration: book, lesson: depth };

/** What is done in a room, and what follows from it. */
type Played = {
  readonly state: () => RoomState;
  readonly command: (type: string, data: object) => Promise<CommandAck>;
};

const first: ImageChoice = { train: 1000, test: 0 };

/** A room in a page, whose images come from `fetchPart`. */
function alone(
  images: ImageChoice = first,
  fetchPart?: (part: number) => Promise<Uint8Array>,
  soon: (work: () => void) => void = setImmediate,
) {
  const heard: FromRoom[] = [];
  const asked = new Map<number, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>();
  let state: RoomState | null = null;
  let isOpen = true;
  onTestFinished(() => {
    isOpen = false;
  });
  const post = (message: FromRoom): void => {
    heard.push(message);
    if (message.type === 'welcome' && 'state' in message.welcome) state = message.welcome.state;
    if (message.type === 'event' && state !== null) state = evolve(state, message.event);
    if (message.type === 'answer') asked.get(message.n)?.resolve(message.answer);
    if (message.type === 'failed') asked.get(message.n)?.reject(new Error(message.message));
  };
  const shelf = new ImageShelf({
    fetchPart: fetchPart ?? ((part) => Promise.resolve(encodePart(mnist, part))),
    tell: (standing) => post({ type: 'images', standing }),
  });
  const room = new LocalRoom({
    images: shelf,
    bench: {
      fastKernels: loadKernels,
      clock: machineTime.now,
      soon: (work) => soon(() => isOpen && work()),
    },
    time: { ...machineTime, later: (work, ms) => machineTime.later(() => isOpen && work(), ms) },
    now: () => moment,
    post,
  });
  let n = 0;
  const request = (make: (n: number) => ToRoom): Promise<unknown> => {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    asked.set(++n, { resolve, reject });
    room.hear(make(n));
    return promise;
  };
  room.hear({ type: 'open', order: { wish, name: 'Me', images } });
  const known = (): RoomState => {
    if (state === null) throw new Error('the room is not open');
    return state;
  };
  return {
    room,
    heard,
    state: known,
    isReady: () => heard.some(({ type }) => type === 'ready'),
    standing: (): ImageStanding | undefined =>
      heard.flatMap((message) => (message.type === 'images' ? [message.standing] : [])).at(-1),
    command: (type: string, data: object) =>
      request((number) => ({
        type: 'command',
        n: number,
        input: { id: `c-${number}`, type, data },
      })) as Promise<CommandAck>,
    ask: (question: Question) => request((number) => ({ type: 'ask', n: number, question })),
  };
}

async function opened(...given: Parameters<typeof alone>) {
  const room = alone(...given);
  await expect.poll(room.isReady).toBe(true);
  return room;
}

/** The same room on a server: its registry, its database and its threads. */
async function onServer(): Promise<Played> {
  const folder = mkdtempSync(join(tmpdir(), 'deltaroom-alone-'));
  const database = await openDatabase(folder);
  const runs = runStore(database);
  const log = { info: () => undefined, error: () => undefined };
  const registry = new Registry({
    log: roomLog(database),
    runs,
    limits: defaultLimits,
    maxRooms: 5,
    retentionDays: 30,
    engineFor,
    secondsOf: () => null,
    now: () => moment,
    acting: { chance: () => 0, later: machineTime.later },
  });
  const keeper: RunKeeper = new RunKeeper(
    runs,
    (events) => new TrainingPool(1, mnist, events),
    {
      ...registry.reports,
      measured: (...report) => void registry.reports.measured(...report),
      calibrated: () => undefined,
      halted: () => undefined,
      left: () => undefined,
    },
    log,
    machineTime,
  );
  await registry.connect(keeper);
  onTestFinished(async () => {
    await registry.close();
    await keeper.close();
    await database.destroy();
    rmSync(folder, { recursive: true, force: true });
  });
  const made = await registry.create(wish);
  if (!made.ok) throw new Error(made.error.message);
  const { room } = await registry.byId(made.value.stored.id);
  await room.ask({ type: 'join', data: { name: 'Me', role: 'host', device: [] } });
  // A room in a page begins so by itself.
  await room.command('person-1', { id: 'at-once', type: 'set-board', data: { policy: { kind: 'everybody' } } });
  let n = 0;
  return {
    state: () => room.state,
    command: (type, data) => room.command('person-1', { id: `c-${++n}`, type, data }),
  };
}

/** A session with something of everything that a person does alone. */
async function play({ state, command }: Played): Promise<void> {
  const ended = (run: string) =>
    expect
      .poll(
        () => {
          const status = state().runs[run]?.status;
          return status !== undefined && hasEnded(status);
        },
        { timeout: 60_000 },
      )
      .toBe(true);
  const does = async (type: string, data: object): Promise<void> =>
    expect(await command(type, data), `${type} ${JSON.stringify(data)}`).toMatchObject({ ok: true });
  const short = { ...book, epochs: 60 };
  await does('start', { configuration: short });
  await ended('run-1');
  await does('propose', { base: 'run-1', change: { activation: 'tanh' }, reason: 'its slope reaches 1' });
  await ended('run-2');
  await does('fork', { run: 'run-1', step: 30, change: { optimizer: { learningRate: 1 } } });
  await ended('run-3');
  await does('start', { configuration: { ...short, hidden: [30, 30] }, guess: {} });
  await does('guess', { guess: 'guess-1', choice: '3' });
  await expect.poll(() => command('reveal', { guess: 'guess-1' }).then(({ ok }) => ok), { timeout: 60_000 }).toBe(true);
  await ended('run-4');
  await does('seek', { step: 20, run: 'run-2' });
  await does('pin', { run: 'run-2', step: 20, text: 'here' });
  await does('sweep', { field: 'seed', values: [7, 8, 9] });
  await expect.poll(() => state().sweeps['sweep-1']?.standing, { timeout: 60_000 }).toBe('done');
}

/** What two rooms may differ in is what they are called. */
const hashOf = (state: RoomState): string => digestOfText(JSON.stringify({ ...state, id: '', code: '' }));

describe('A room in a page', () => {
  test(
    'comes to the same state as one on the server that is told the same, every digest included',
    { timeout: 120_000 },
    async () => {
      const [here, there] = [await opened(), await onServer()];
      await play(here);
      await play(there);
      expect(here.state().runs).toEqual(there.state().runs);
      expect(here.state().sweeps).toEqual(there.state().sweeps);
      expect(hashOf(here.state())).toBe(hashOf(there.state()));
    },
  );

  test('tells how its runs go in ticks, and answers for curves, measurements and looks', async () => {
    const here = await opened();
    await here.command('start', { configuration: { ...book, epochs: 40 } });
    await expect.poll(() => here.state().runs['run-1']?.status.kind).toBe('finished');
    const ticked = () => here.heard.flatMap((message) => (message.type === 'tick' ? message.tick.runs : []));
    await expect.poll(() => ticked().at(-1)).toMatchObject({ run: 'run-1', step: 40, status: 'finished' });
    const lines = await here.ask({ kind: 'lines', run: 'run-1', from: 3, to: 5 });
    expect((lines as string[]).map((line) => JSON.parse(line).step)).toEqual([3, 4, 5]);
    const curves = await here.ask({ kind: 'curves', run: 'run-1', metrics: ['cost'], from: 0, to: 9, points: 600 });
    expect(curves).toMatchObject({ run: 'run-1', front: 40, series: [{ metric: 'cost' }] });
    const query = { runs: 'run-1:0:4', metric: 'speed', points: '600' };
    expect(await here.ask({ kind: 'several', query })).toMatchObject([{ run: 'run-1', front: 40 }]);
    const look = await here.ask({ kind: 'look', run: 'run-1', step: 7, parts: ['layers'] });
    expect(look).toMatchObject({ ok: true, value: { run: 'run-1', step: 7 } });
    expect(await here.ask({ kind: 'majorities', train: 1000, test: 0 })).toEqual({
      train: { label: 7, count: 117, of: 1000 },
      test: null,
    });
    await expect(here.ask({ kind: 'lines', run: 'run-9', from: 0, to: 1 })).rejects.toThrow('there is no run "run-9"');
  });

  test('shows on looks the digits that the server shows, of which it has only some images', async () => {
    const here = await opened({ train: 1000, test: 0 });
    await here.command('start', { configuration: { ...book, epochs: 2 } });
    await expect.poll(() => here.state().runs['run-1']?.status.kind).toBe('finished');
    const look = (await here.ask({ kind: 'look', run: 'run-1', step: 2, parts: ['says'] })) as {
      value: { says: { digits: { image: number; label: number }[] } };
    };
    const { digits } = look.value.says;
    expect(digits.map(({ label }) => label)).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9]);
    for (const { image, label } of digits) expect(mnist.labels[image]).toBe(label);
  });

  test('asks before it loads more than 10,000 images, and a run waits for the answer', async () => {
    const here = await opened();
    const many = { ...book, dataset: { name: 'mnist', train: 12_000, test: 0 }, batchSize: 10, epochs: 1 };
    await here.command('start', { configuration: many });
    await expect.poll(here.standing).toMatchObject({ kind: 'asking', images: 11_000 });
    expect(here.state().runs['run-1']?.status.kind).toBe('live');
    here.room.hear({ type: 'images', agreed: false });
    await expect.poll(() => here.state().runs['run-1']?.status).toMatchObject({ kind: 'failed' });
    await here.command('start', { configuration: { ...many, hidden: [3] } });
    await expect.poll(here.standing).toMatchObject({ kind: 'asking' });
    here.room.hear({ type: 'images', agreed: true });
    await expect.poll(() => here.state().runs['run-2']?.status.kind, { timeout: 30_000 }).toBe('finished');
    expect(here.standing()).toEqual({ kind: 'idle' });
  });

  test('says when images cannot be had, tries again when it is told to, and goes on with what it has', async () => {
    let isAway = false;
    const here = await opened(first, (part) =>
      isAway ? Promise.reject(new Error('no network')) : Promise.resolve(encodePart(mnist, part)),
    );
    isAway = true;
    await here.command('start', {
      configuration: { ...book, dataset: { name: 'mnist', train: 3000, test: 0 }, epochs: 1 },
    });
    await expect.poll(here.standing).toMatchObject({ kind: 'failed' });
    await here.command('start', { configuration: { ...book, epochs: 3 } });
    await expect.poll(() => here.state().runs['run-2']?.status.kind).toBe('finished');
    isAway = false;
    here.room.hear({ type: 'images', agreed: true });
    await expect.poll(() => here.state().runs['run-1']?.status.kind).toBe('finished');
  });

  test('obeys a stop in the middle of a run', async () => {
    const here = await opened();
    await here.command('start', { configuration: { ...book, epochs: 10_000 } });
    await expect
      .poll(() => here.heard.some((message) => message.type === 'tick' && (message.tick.runs[0]?.step ?? 0) > 0))
      .toBe(true);
    await here.command('stop', { run: 'run-1' });
    await expect.poll(() => here.state().runs['run-1']?.status.kind).toBe('stopped');
  });

  test('answers whatever it is asked before the next slice of the training, which is some milliseconds', async () => {
    let turns = 0;
    const here = await opened(first, undefined, (work) => {
      setImmediate(() => {
        turns++;
        work();
      });
    });
    await here.command('start', { configuration: { ...book, epochs: 10_000 } });
    await expect.poll(() => here.ask({ kind: 'lines', run: 'run-1', from: 0, to: 0 })).toHaveLength(1);
    const waited: Record<string, number> = {};
    const turnsOf = async (name: string, work: () => Promise<unknown>): Promise<void> => {
      const before = turns;
      await work();
      waited[name] = turns - before;
    };
    await turnsOf('pause', () => here.command('pause', {}));
    await turnsOf('seek', () => here.command('seek', { step: 1 }));
    await turnsOf('measurements', () => here.ask({ kind: 'lines', run: 'run-1', from: 0, to: 9 }));
    await turnsOf('stop', () => here.command('stop', { run: 'run-1' }));
    expect(waited).toEqual({ pause: 0, seek: 0, measurements: 0, stop: 0 });
  });

  test('[F4] answers a command that is sent twice once', async () => {
    const here = await opened();
    const input = { id: 'twice', type: 'start', data: { configuration: { ...book, epochs: 1 } } };
    here.room.hear({ type: 'command', n: 1001, input });
    here.room.hear({ type: 'command', n: 1002, input });
    const answers = () => here.heard.flatMap((message) => (message.type === 'answer' ? [message] : []));
    await expect.poll(() => answers().length).toBe(2);
    expect(answers().map(({ answer }) => answer)).toEqual([answers()[0]?.answer, answers()[0]?.answer]);
    expect(Object.keys(here.state().runs)).toEqual(['run-1']);
  });

  test('says why it cannot be opened', async () => {
    const here = alone();
    here.room.hear({
      type: 'open',
      order: { wish: { ...wish, configuration: { hidden: 'none' } }, name: 'Me', images: first },
    });
    await expect.poll(() => here.heard.find(({ type }) => type === 'fault')).toMatchObject({ type: 'fault' });
  });
});
