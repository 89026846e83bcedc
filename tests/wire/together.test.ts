/** What a class does together, over real sockets: chains as they are moved, a map, a rescue and a match that are really trained. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { replayChallenge } from '../../server/cli/challenge-replay.ts';
import { readMnist } from '../../server/data/mnist.ts';
import { centredChain } from '../../shared/core/chain.ts';
import { type Challenge, isMap, isMatch, isRescue, missingOf } from '../../shared/protocol/challenges.ts';
import type { ChainsTold } from '../../shared/protocol/chains.ts';
import type { RoomState } from '../../shared/protocol/state.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';

const said = { en: 'Look.', 'zh-CN': '看。' };
const tiny = { dataset: { name: 'mnist', train: 40, test: 20 }, hidden: [6, 5], epochs: 2, batchSize: 10 };
const named = (name: string, change: object) => ({
  name: { en: name, 'zh-CN': name },
  configuration: { ...tiny, ...change },
});
const tasks = {
  map: { kind: 'map', configuration: tiny, depths: [2, 3], variances: [0.5, 2] },
  rescue: { kind: 'rescue', configuration: tiny, seeds: [1, 2, 3], budget: 3 },
  match: {
    kind: 'match',
    configurations: [named('a', {}), named('b', { activation: 'tanh' }), named('c', { hidden: [6, 5, 4] })],
  },
} as const;

async function laboratory(settings: Readonly<Record<string, string>> = {}): Promise<TestLab> {
  const lab = await startTestLab(settings);
  onTestFinished(() => lab.close());
  return lab;
}

/** A room with a lesson of one step, and two students. */
async function taught(lab: TestLab, step: object) {
  const base = { ...tiny, dataset: { name: 'mnist', train: 40, test: 0 } };
  const steps = [{ title: said, text: said, ...step }];
  const template = {
    kind: 'deltaroom-template',
    format: 1,
    title: 'x',
    base,
    lesson: { id: 'x', title: said, steps },
  };
  const ticket = await openRoom(lab.url, { template });
  const join = (auth: object) => Person.join(lab.url, { code: ticket.code, ...auth });
  const host = await join({ hostKey: ticket.hostKey });
  const [ada, bob] = [await join({ name: 'Ada' }), await join({ name: 'Bob' })];
  onTestFinished(() => [host, ada, bob].forEach((person) => person.disconnect()));
  return { ticket, host, ada, bob, join };
}

const challengeOf = (state: RoomState): Challenge => {
  const found = state.challenges?.['challenge-1'];
  if (found === undefined) throw new Error('there is no challenge');
  return found;
};
const opened = async (lab: TestLab, task: object) => {
  const room = await taught(lab, { kind: 'challenge', lead: said, task });
  await room.host.do('next', { expects: 'step-0/challenge' });
  return room;
};
const challenge = 'challenge-1';
const isWhole = (person: Person, points: number) =>
  person.until((state) => state.challenges?.[challenge]?.points.length === points);
const replayed = (person: Person) => replayChallenge(challengeOf(person.state), readMnist, () => undefined);

describe('Chains', () => {
  test('[Y1] [Y2] [Y3] of students are followed by the server and told to everybody as counts', async () => {
    const lab = await laboratory();
    const { host, ada, bob, join } = await taught(lab, { kind: 'text', figure: 'chain' });
    const told: ChainsTold[] = [];
    host.socket.on('chains', (one: ChainsTold) => told.push(one));
    ada.socket.emit('chain', centredChain(100, 4, 0.5));
    bob.socket.emit('chain', { ...centredChain(1, 4, 0.5), decades: 99 });
    await expect.poll(() => told.at(-1)?.people).toBe(1);
    expect(told.at(-1)).toMatchObject({ counts: [[4.25, 1]], first: 1, kept: 0, shown: null });
    bob.socket.emit('chain', centredChain(1, 4, 0.5));
    await expect
      .poll(() => told.at(-1)?.counts)
      .toEqual([
        [-1.75, 1],
        [4.25, 1],
      ]);
    // Who comes late hears at once how the chains stand.
    const late = await join({ role: 'screen' });
    onTestFinished(() => late.disconnect());
    const heard: ChainsTold[] = [];
    late.socket.on('chains', (one: ChainsTold) => heard.push(one));
    await bob.do('ask-spotlight');
    await host.do('spotlight', { person: bob.id });
    await expect.poll(() => heard.at(-1)?.shown).toEqual({ person: bob.id, chain: centredChain(1, 4, 0.5) });
  });
});

describe('A challenge', () => {
  test('[Z1] [Z2] [Z3] fills a map by its people and its host, with the numbers that a replay finds', async () => {
    const lab = await laboratory();
    const { host, ada, bob } = await opened(lab, tasks.map);
    await ada.do('claim-cell', { challenge });
    await bob.do('claim-cell', { challenge });
    await host.do('fill-map', { challenge });
    await Promise.all([host, ada, bob].map((person) => isWhole(person, 4)));
    const map = challengeOf(ada.state);
    expect(isMap(map) && Object.values(map.cells).flat()).toHaveLength(2);
    expect(replayed(ada)).toEqual({ word: 'equal', name: challenge, text: '4 points' });
  });

  test('[Z4] [Z6] trains a rescue from each seed and judges it on the test images', async () => {
    const lab = await laboratory();
    const { ada, bob } = await opened(lab, tasks.rescue);
    for (const person of [ada, bob]) await person.do('try-rescue', { challenge, change: { activation: 'tanh' } });
    await isWhole(ada, 3);
    const rescue = challengeOf(ada.state);
    expect(isRescue(rescue) && rescue.rescues.map(({ by }) => by)).toEqual([[ada.id, bob.id]]);
    for (const [, , accuracy] of rescue.points)
      expect(Number(accuracy) * 20).toBeCloseTo(Math.round(Number(accuracy) * 20));
    expect(replayed(ada)).toMatchObject({ word: 'equal', text: '3 points' });
  });

  test('[Z7] [Z8] keeps from students which curve is which, until the reveal tells everybody', async () => {
    const lab = await laboratory();
    const { ticket, host, ada, bob, join } = await opened(lab, tasks.match);
    await Promise.all([ada, bob].map((person) => isWhole(person, 3)));
    const key = host.events.flatMap((event) => (event.type === 'challenge-opened' ? [event.private] : []))[0];
    expect(key?.order.toSorted()).toEqual([0, 1, 2]);
    await bob.do('match', { challenge, answer: [0, 1, 2] });
    await ada.do('match', { challenge, answer: [...(key?.order ?? [])] });
    await ada.until((state) => {
      const one = challengeOf(state);
      return isMatch(one) && one.answered.length === 2;
    });
    // Whatever way a student comes by it: events, a welcome, the state over HTTP.
    const late = await join({ name: 'Eve' });
    onTestFinished(() => late.disconnect());
    const state = await fetch(`${lab.url}/api/rooms/${ticket.code}/state`, {
      headers: { authorization: `Bearer ${ada.token}` },
    });
    const known = [JSON.stringify(bob.events), JSON.stringify(late.welcome), await state.text()];
    for (const seed of key?.seeds ?? []) for (const text of known) expect(text).not.toContain(String(seed));
    for (const text of known) expect(text).not.toContain('"order"');
    const answers = bob.events.filter(({ type }) => type === 'match-answered');
    expect(answers.map((event) => [event.by, 'private' in event])).toEqual([
      [bob.id, true],
      [ada.id, false],
    ]);
    expect(replayed(ada)).toMatchObject({ word: 'waits' });
    await host.do('next', { expects: 'challenge-1/reveal' });
    await ada.until((now) => challengeOf(now).revealed);
    const match = challengeOf(ada.state);
    if (!isMatch(match)) throw new Error('it is no match');
    expect(match.truth).toMatchObject({ ...key, people: 2 });
    const right = match.truth?.confusion.reduce((sum, row, n) => sum + (row[n] ?? 0), 0) ?? 0;
    expect(right).toBe(3 + (key?.order.filter((its, curve) => its === curve).length ?? 0));
    expect(replayed(ada)).toMatchObject({ word: 'equal', text: '3 points' });
  });

  test('[Z10] goes on after a restart with what it lacks', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'deltaroom-challenge-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const first = await startTestLab({ DATA_DIR: folder });
    const long = { ...tiny, dataset: { name: 'mnist', train: 1000, test: 0 }, epochs: 3 };
    const variances = Array.from({ length: 16 }, (_, n) => 0.5 + n / 4);
    const { host } = await opened(first, { ...tasks.map, configuration: long, depths: [2, 3, 4], variances });
    await host.do('fill-map', { challenge });
    await host.until((state) => challengeOf(state).points.length > 0);
    const before = challengeOf(host.state).points;
    const { token, state: old } = host;
    host.disconnect();
    await first.close();
    const lab = await laboratory({ DATA_DIR: folder });
    const again = await Person.join(lab.url, { code: old.code, token });
    onTestFinished(() => again.disconnect());
    await isWhole(again, 48);
    const whole = challengeOf(again.state);
    expect(whole.points.slice(0, before.length)).toEqual(before);
    expect(missingOf(whole)).toEqual([]);
  });
});
