/** An exported session, replayed by a process that has nothing but the file: equal in every digest, or told where it is not. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { presetOf } from '../../shared/experiments/presets.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { trainedUnseen } from '../support/unseen.ts';
import { openRoom, Person } from '../support/person.ts';

const entry = fileURLToPath(new URL('../../server/cli/lab.ts', import.meta.url));
/** The chapter's first experiment, shortened. */
const book = { ...presetOf('book-2')?.configuration, epochs: 30 };

let lab: TestLab;
let folder = '';
/** The session: book-2 shortened, a fork of it, a fork of the fork, a stopped run of spirals, one behind a guess. */
let session = '';
let hash = '';

beforeAll(async () => {
  lab = await startTestLab();
  folder = await mkdtemp(join(tmpdir(), 'deltaroom-replay-'));
  const room = await openRoom(lab.url, { title: 'Nets' });
  const host = await Person.join(lab.url, { code: room.code, hostKey: room.hostKey });
  const ended = (run: string) => host.until(({ runs }) => runs[run]?.status.kind === 'finished');
  await host.do('start', { configuration: book });
  await ended('run-1');
  await host.do('fork', { run: 'run-1', step: 17, change: { optimizer: { learningRate: 0.5 }, epochs: 40 } });
  await ended('run-2');
  await host.do('fork', { run: 'run-2', step: 25, change: { regularization: { l2: 0 } } });
  await ended('run-3');
  const spiral = { dataset: { name: 'spiral' }, hidden: [8, 8], epochs: 10_000, measureEvery: 50 };
  await host.do('start', { configuration: spiral });
  await host.do('stop', { run: 'run-4' });
  await host.until(({ runs }) => runs['run-4']?.status.kind === 'stopped');
  await host.do('sweep', { field: 'seed', values: [3, 4, 5], to: 'nobody' });
  await host.do('sweep', {
    base: 'run-1',
    field: 'optimizer.learningRate',
    values: [0.1, 0.3],
    trained: true,
    epochs: 1,
  });
  await host.until(({ sweeps }) => Object.values(sweeps).every(({ standing }) => standing === 'done'));
  await host.do('start', { configuration: { ...book, seed: 7 }, guess: {} });
  const authorization = { authorization: `Bearer ${room.hostKey}` };
  const get = async (path: string) =>
    (await fetch(`${lab.url}/api/rooms/${room.code}${path}`, { headers: authorization })).text();
  await trainedUnseen(lab.url, room, 'run-5');
  session = await get('/export');
  ({ hash } = JSON.parse(await get('/state')) as { hash: string });
  host.disconnect();
});
afterAll(async () => {
  await lab.close();
  await rm(folder, { recursive: true });
});

/** The session of a room whose only run is still being trained. */
async function exportedInTraining(): Promise<string> {
  const room = await openRoom(lab.url);
  const host = await Person.join(lab.url, { code: room.code, hostKey: room.hostKey });
  const long = { dataset: { name: 'spiral' }, hidden: [30, 30], epochs: 10_000, measureEvery: 3 };
  await host.do('start', { configuration: long });
  await expect.poll(() => host.ticks.at(-1)?.runs[0]?.step ?? -1, { timeout: 20_000 }).toBeGreaterThan(10);
  const authorization = { authorization: `Bearer ${host.token}` };
  const exported = await (await fetch(`${lab.url}/api/rooms/${room.code}/export`, { headers: authorization })).text();
  await host.do('stop', { run: 'run-1' });
  host.disconnect();
  return exported;
}

/** Replays a file from an empty folder. */
async function replay(
  content: string | Buffer,
): Promise<{ code: unknown; out: string; err: string; verdicts: string[] }> {
  const empty = await mkdtemp(join(folder, 'empty-'));
  const file = join(folder, 'session.jsonl');
  await writeFile(file, content);
  const child = spawn(process.execPath, [entry, 'replay', file], { cwd: empty, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  const verdicts = out.split('\n').flatMap((line) => (line === '' ? [] : [line.slice(0, 12).trim()]));
  return { code, out, err, verdicts };
}

/** The session with one of its lines changed. */
const changed = (kind: string, which: (line: string) => boolean, change: (line: string) => string): string => {
  let done = 0;
  const lines = session.split('\n').map((line) => {
    if (!line.startsWith(`{"kind":"${kind}"`) || !which(line) || done > 0) return line;
    done += 1;
    return change(line);
  });
  if (done !== 1 || lines.join('\n') === session) throw new Error(`no ${kind} line was changed`);
  return lines.join('\n');
};
const isRun = (run: string) => (line: string) => line.includes(`"run":"${run}"`);

describe('lab replay', () => {
  test('finds every digest of a session equal, those of forks of forks and stopped runs too, and exits 0', async () => {
    const { code, out, err, verdicts } = await replay(session);
    expect({ code, verdicts }).toEqual({
      code: 0,
      verdicts: [...Array<string>(5).fill('equal'), 'waits', 'equal', 'equal'],
    });
    expect(out).toContain(`hash ${hash}`);
    expect(out).toMatch(/^equal +A run-1 +31 measurements to step 30, every digest$/m);
    expect(out).toMatch(/^equal +sweep-1 +3 of 3 points$/m);
    expect(err).toBe('state, runs and sweeps: 7 equal, 1 waits\n');
  });

  test('reads a compressed file alike', async () => {
    expect(await replay(gzipSync(session))).toMatchObject({ code: 0 });
  });

  test.each([
    ['run', isRun('run-1'), /"learningRate":0.1/, '"learningRate":0.2', ['equal', 'differs', 'differs', 'differs']],
    ['run', isRun('run-2'), /"learningRate":0.5/, '"learningRate":0.6', ['equal', 'equal', 'differs', 'differs']],
    ['event', isRun('run-1'), /"seed":1/, '"seed":2', ['differs', 'differs', 'equal', 'equal']],
    [
      'measurement',
      (line: string) => line.includes('"step":7,'),
      /"cost":(\d)/,
      '"cost":9$1',
      ['equal', 'differs', 'equal', 'equal'],
    ],
    [
      'event',
      (line: string) => line.includes('person-joined'),
      /"Host"/,
      '"Hose"',
      ['differs', 'equal', 'equal', 'equal'],
    ],
  ])(
    'says which runs differ where one digit of a %s line is another, and exits 1',
    async (kind, which, from, to, first) => {
      const { code, verdicts } = await replay(changed(kind, which, (line) => line.replace(from, to)));
      expect({ code, verdicts }).toEqual({ code: 1, verdicts: [...first, 'equal', 'waits', 'equal', 'equal'] });
    },
  );

  test.each([
    ['sweep-1', ['differs', 'equal']],
    ['sweep-2', ['equal', 'differs']],
  ])(
    'says that %s differs where one digit of a point is another, though the hash is made to fit, and exits 1',
    async (sweep, last) => {
      const isPoints = (line: string) => line.includes('"sweep-measured"') && line.includes(sweep);
      const altered = changed('event', isPoints, (line) =>
        line.replace(/("points":\[\[\d+,\d)(\.?)(\d)/, (_all, start: string, dot: string, digit: string) => {
          return `${start}${dot}${(Number(digit) + 1) % 10}`;
        }),
      );
      const first = await replay(altered);
      const here = /hash (?<here>\w+) here/.exec(first.out)?.groups?.['here'] ?? '';
      const { code, out, verdicts } = await replay(altered.replace(hash, here));
      expect({ code, verdicts }).toEqual({ code: 1, verdicts: [...Array<string>(5).fill('equal'), 'waits', ...last] });
      expect(out).toMatch(new RegExp(`^differs +${sweep} +at .*: ratio .* here, ratio .* in the file$`, 'm'));
    },
  );

  test('tells an engine of another version apart from a difference', async () => {
    const other = session.replaceAll('float32-simd', 'float32-older');
    const { code, out } = await replay(other);
    expect(code).toBe(1);
    expect(out).toMatch(/^other engine +A run-1 +float32-older/m);
  });

  test('checks a run in training as far as it is, and says that there is more to come', async () => {
    const sessionInTraining = await exportedInTraining();
    expect(sessionInTraining).toMatch(/"incomplete":\["run-1"\]/);
    const { code, out } = await replay(sessionInTraining);
    expect(out).toMatch(/^equal +A run-1 +\d+ measurements to step \d+, every digest; there is more to come$/m);
    expect(code).toBe(0);
  });

  test.each([
    ['text', () => 'hello\n', /line 1: not JSON/],
    ['an empty file', () => '', /line 1: it is not the head/],
    ['another format', () => session.replace('"format":1', '"format":2'), /line 1: format is 2; this version reads 1/],
    [
      'a missing event',
      () =>
        changed(
          'event',
          (line) => line.includes('"seq":2,'),
          () => '\n',
        ),
      /line \d+: it is not event 2/,
    ],
    [
      'an event of no known type',
      () =>
        changed(
          'event',
          (line) => line.includes('person-joined'),
          (line) => line.replace('person-joined', 'person-flew'),
        ),
      /line 3: event 2 \(person-flew\) cannot be folded/,
    ],
    [
      'a configuration that is none',
      () => changed('run', isRun('run-2'), (line) => line.replace('"epochs":40', '"epochs":0')),
      /line \d+: epochs is 0/,
    ],
    ['a missing end', () => session.slice(0, session.lastIndexOf('{"kind":"end"')), /it is cut off/],
    ['half a line', () => session.slice(0, session.length - 20), /line \d+: not JSON/],
    ['a missing run', () => changed('run', isRun('run-2'), () => '').replace(/\n\n/, '\n'), /line \d+: /],
  ])('leaves %s with exit code 2 and the place', async (_what, content, message) => {
    const { code, err } = await replay(content());
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });

  test('without a file says how it is used', async () => {
    const child = spawn(process.execPath, [entry, 'replay'], { stdio: ['ignore', 'pipe', 'pipe'] });
    const [err, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('usage: lab replay <export>') });
  });
});
