/** Looks over HTTP, from a real server: at any step, for whom the room's playhead allows it, beside the training and without a trace. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadKernels } from '../../server/data/kernels.ts';
import { readMnist } from '../../server/data/mnist.ts';
import { lookSchema } from '../../server/http/look-schema.ts';
import { digitsOf } from '../../shared/core/digits.ts';
import { createRun } from '../../shared/core/run.ts';
import { finish } from '../../shared/core/work.ts';
import { joinLook, lookParts, type LookRecord, writeLook } from '../../shared/protocol/look.ts';
import { configured, imagesOf, trained } from '../core/networks.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person, type RoomTicket } from '../support/person.ts';

const input = { dataset: { name: 'mnist', train: 200, test: 50 }, hidden: [8, 8], epochs: 30, measureEvery: 50 };
const configuration = configured(input);
const digits = digitsOf(readMnist());

let lab: TestLab;
let room: RoomTicket;
let host: Person;
let ada: Person;
beforeAll(async () => {
  lab = await startTestLab();
  room = await openRoom(lab.url);
  host = await Person.join(lab.url, { code: room.code, hostKey: room.hostKey });
  ada = await Person.join(lab.url, { code: room.code, name: 'Ada' });
  await host.do('start', { configuration: input });
  // Or a slow machine would have been shown everything before the tests get to what has not been shown.
  await host.do('pause', { step: 0 });
  await host.until((state) => state.runs['run-1']?.status.kind === 'finished');
});
afterAll(async () => {
  host.disconnect();
  ada.disconnect();
  await lab.close();
});

const get = (query: string, token = room.hostKey, run = 'run-1', headers: Record<string, string> = {}) =>
  fetch(`${lab.url}/api/rooms/${room.code}/runs/${run}/look${query}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
  });
const lookAt = async (step: number, run = 'run-1', token?: string) => {
  const response = await get(`?step=${step}`, token, run);
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
  return (await response.json()) as LookRecord;
};
const refusalAt = async (query: string, token?: string, run?: string) => {
  const response = await get(query, token, run);
  return { status: response.status, ...((await response.json()) as { error: object }).error };
};

/** What a run on its own sees at a step. */
function expectedAt(step: number, run = createRun(configuration, imagesOf(configuration), loadKernels())): LookRecord {
  run.advance(Infinity, step);
  const look = finish(run.look(() => digits));
  const head = { run: 'run-1', engine: run.engine, step, images: look.images, digest: run.digest() };
  return JSON.parse(joinLook(head, writeLook(look), lookParts)) as LookRecord;
}

test('[L1] the network at any step, measured or not, is that of a run that is trained to it anew', async () => {
  // The last one first, then between: of the checkpoints there may be none but at the end.
  for (const step of [600, 0, 137, 138, 50]) expect(await lookAt(step)).toEqual(expectedAt(step));
  const measured = await fetch(`${lab.url}/api/rooms/${room.code}/runs/run-1/measurements?from=50&to=50`, {
    headers: { authorization: `Bearer ${room.hostKey}` },
  });
  expect((await lookAt(50)).digest).toBe(((await measured.json()) as { digest: string }).digest);
});

test('[L1] every field is one that the description names, and it names no other', async () => {
  type Schema = { type?: unknown; properties?: Record<string, Schema>; items?: Schema; oneOf?: Schema[] };
  const complaints: string[] = [];
  const follow = (value: unknown, { properties, items, oneOf = [] }: Schema, at: string): void => {
    const [list] = oneOf.filter((choice) => choice.items !== undefined || choice.properties !== undefined);
    if (list !== undefined && value !== null) return follow(value, list, at);
    if (items !== undefined) for (const inner of value as unknown[]) follow(inner, items, `${at}[]`);
    if (properties === undefined) return;
    const own = Object.entries(value as object);
    const names = own.map(([name]) => name).toSorted();
    if (names.join() !== Object.keys(properties).toSorted().join()) complaints.push(`${at}: ${names.join()}`);
    for (const [name, inner] of own) follow(inner, properties[name] ?? {}, `${at}.${name}`);
  };
  follow(await lookAt(137), lookSchema as Schema, 'look');
  expect(complaints).toEqual([]);
  expect(Object.keys((await (await get('?step=137&parts=says')).json()) as object)).toEqual([
    'run',
    'engine',
    'step',
    'images',
    'digest',
    'says',
  ]);
});

test('[S6] [L2] a student looks as far as the room has been shown, a host at everything', async () => {
  await host.do('seek', { step: 100 });
  await host.do('pause', { step: 100 });
  await ada.until((state) => state.playhead?.pace === 0 && state.playhead.step === 100);
  // A move takes effect a moment after it was announced; until then the playhead before it is in force.
  await expect.poll(async () => (await get('?step=101', ada.token)).status).toBe(403);
  expect(await lookAt(100, 'run-1', ada.token)).toEqual(expectedAt(100));
  expect(await refusalAt('?step=101', ada.token)).toEqual({
    status: 403,
    code: 'forbidden',
    message: expect.stringMatching(/^step is 101; of run-1 the room has been shown steps 0 to \d+$/),
    path: 'step',
  });
  expect((await lookAt(101)).step).toBe(101);
  expect((await refusalAt('?step=601')).status).toBe(400);
  expect(await refusalAt('?step=0', 'nobody')).toMatchObject({ status: 401, code: 'unauthorized' });
  expect(await refusalAt('?step=0', room.hostKey, 'run-9')).toMatchObject({ status: 404, code: 'not-found' });
});

test('[L3] many who ask for the same get the same bytes, compressed or not', async () => {
  const responses = await Promise.all(Array.from({ length: 60 }, () => get('?step=333')));
  expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
  const texts = await Promise.all(responses.map((response) => response.text()));
  expect(new Set(texts).size).toBe(1);
  expect(responses[0]?.headers.get('content-encoding')).toBe('gzip');
  const plain = await get('?step=333', room.hostKey, 'run-1', { 'accept-encoding': 'identity' });
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(await plain.text()).toBe(texts[0]);
});

test('[L1] a fork is its parent before it began, and itself from there on', async () => {
  const { run } = await host.do('fork', {
    run: 'run-1',
    step: 220,
    change: { optimizer: { name: 'sgd', learningRate: 1 } },
  });
  const fork = String(run);
  await host.until((state) => state.runs[fork]?.status.kind === 'finished');
  for (const step of [137, 219, 220]) expect({ ...(await lookAt(step, fork)), run: 'run-1' }).toEqual(expectedAt(step));
  const [own, parent] = [await lookAt(221, fork), await lookAt(221)];
  expect(own.digest).not.toBe(parent.digest);
  expect(own.sees?.[0]?.initial).toEqual(parent.sees?.[0]?.initial);
});

test('[L3] a run that is looked at while it trains ends as if nobody had looked', async () => {
  const long = { ...input, epochs: 1000 };
  const { run } = await host.do('start', { configuration: long });
  const id = String(run);
  let looks = 0;
  while (host.state.runs[id]?.status.kind === 'live') {
    const response = await get('', room.hostKey, id);
    if (response.status !== 200) continue;
    const { step, digest } = (await response.json()) as LookRecord;
    const same = createRun(configured(long), imagesOf(configuration), loadKernels());
    same.advance(Infinity, step);
    expect(digest).toBe(same.digest());
    looks++;
  }
  expect(looks).toBeGreaterThan(0);
  const undisturbed = createRun(configured(long), imagesOf(configuration), loadKernels());
  trained(undisturbed);
  expect(host.state.runs[id]?.status).toEqual({ kind: 'finished', step: 20_000, digest: undisturbed.digest() });
});
