/**
 * A scripted session in which everybody's line is cut at twenty random moments, by seed: at the end all hold one state, every
 * ballot is there once and nothing has been applied twice or out of order.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digestOfText } from '../../shared/core/digest.ts';
import { uniform } from '../../shared/core/random.ts';
import type { CommandInput, CommandType } from '../../shared/protocol/commands.ts';
import { type GuessChoice, guessChoices } from '../../shared/protocol/guesses.ts';
import type { CommandAck } from '../../shared/protocol/wire.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';
import { trainedUnseen } from '../support/unseen.ts';
import { Returner } from '../support/returner.ts';

let lab: TestLab;
beforeAll(async () => {
  lab = await startTestLab();
});
afterAll(() => lab.close());

const students = 5;
const cutsEach = 20;
const tiny = {
  dataset: { name: 'xor', train: 40, test: 0 },
  hidden: [4, 3],
  epochs: 2,
  batchSize: 'full',
  measureEvery: 1,
} as const;

async function session(seed: number) {
  let drawn = 0;
  const chance = () => uniform({ seed, purpose: 'data', index: 12 }, drawn++);
  const ticket = await openRoom(lab.url, { experiment: 'book-2' });
  const witness = await Person.join(lab.url, { code: ticket.code, role: 'screen' });
  const host = await Returner.join(lab.url, { code: ticket.code, hostKey: ticket.hostKey });
  const names = Array.from({ length: students }, (_, n) => `Student ${n + 1}`);
  const class_ = await Promise.all(names.map((name) => Returner.join(lab.url, { code: ticket.code, name })));
  const everybody = [host, ...class_];

  const answers: Promise<CommandAck>[] = [];
  const send = <T extends CommandType>(who: Returner, type: T, data: CommandInput<T>): Promise<CommandAck> => {
    const answer = who.outbox.send(type, data);
    answers.push(answer);
    return answer;
  };
  /** A moment in which some lines are cut, and the server is heard once over the one that is not. */
  const moment = async (): Promise<void> => {
    for (const person of everybody) if (person.cuts < cutsEach && chance() < 0.5) person.cut();
    await witness.socket.emitWithAck('clock', 0);
  };
  /** Sends, with cuts before, between and behind. */
  const all = async (act: (student: Returner, n: number) => Promise<CommandAck>): Promise<CommandAck[]> => {
    const sent: Promise<CommandAck>[] = [];
    for (const [n, student] of class_.entries()) {
      sent.push(act(student, n));
      await moment();
    }
    return Promise.all(sent);
  };
  const last = new Map<string, GuessChoice>();
  const guessing = (guess: string) =>
    all((student) => {
      const choice = guessChoices[Math.floor(chance() * guessChoices.length)] ?? 'equal';
      last.set(student.id, choice);
      return send(student, 'guess', { guess, choice });
    });

  await send(host, 'set-board', { openEach: 5 });
  await send(host, 'start', { configuration: tiny, guess: {} });
  const guess = { guess: 'guess-1' };
  await guessing('guess-1');
  await guessing('guess-1');
  await send(host, 'discuss', guess);
  await moment();
  await send(host, 'guess-again', guess);
  await guessing('guess-1');
  const second = new Map(last);
  await trainedUnseen(lab.url, ticket);
  await send(host, 'reveal', guess);

  const proposed = await all((student, n) =>
    send(student, 'propose', { change: { seed: 100 + n }, reason: `no. ${n}` }),
  );
  await all((student) => send(student, 'vote', { proposal: 'proposal-1' }));
  await all((student) => send(student, 'vote', { proposal: 'proposal-2' }));
  await all((student, n) => send(student, 'vote', { proposal: 'proposal-2', for: n % 2 === 0 }));
  await send(host, 'open-poll', { question: 'Which layer?', kind: 'choice', options: ['first', 'last'] });
  await all((student, n) => send(student, 'answer-poll', { poll: 'poll-1', answer: { options: [n % 2] } }));
  await moment();
  await send(host, 'reveal-poll', { poll: 'poll-1' });
  await all((student, n) => send(student, 'pin', { run: 'run-1', step: 0, text: `note ${n}` }));
  await all((student, n) => send(student, 'ask', { text: `why ${n}?` }));
  while (everybody.some((person) => person.cuts < cutsEach)) await moment();
  return { ticket, witness, everybody, students: class_, answers: await Promise.all(answers), second, proposed };
}

describe('Twenty cuts each', () => {
  test.each([1, 2, 3])('[F3][F4][K2] change nothing of what comes out, seed %i', { timeout: 120_000 }, async (seed) => {
    const { ticket, witness, everybody, students: class_, answers, second, proposed } = await session(seed);
    for (const answer of answers) expect(answer).toMatchObject({ ok: true });

    const response = await fetch(`${lab.url}/api/rooms/${ticket.code}/state`, {
      headers: { authorization: `Bearer ${ticket.hostKey}` },
    });
    const { hash, seq } = (await response.json()) as { hash: string; seq: number };
    await expect.poll(() => everybody.map((person) => person.seq)).toEqual(everybody.map(() => seq));
    await expect.poll(() => witness.seq).toBe(seq);
    const hashes = [witness, ...everybody].map((person) => digestOfText(JSON.stringify(person.state)));
    expect(new Set(hashes)).toEqual(new Set([hash]));
    for (const { applied, cuts } of everybody) {
      expect(cuts).toBe(cutsEach);
      expect(applied).toEqual([...applied].toSorted((a, b) => a - b));
    }

    const { state } = witness;
    const ids = class_.map(({ id }) => id).toSorted();
    expect(new Set(ids).size).toBe(students);
    const guess = state.guesses['guess-1'];
    expect(guess?.answered.map((people) => people.toSorted())).toEqual([ids, ids]);
    const choices: Partial<Record<GuessChoice, number>> = {};
    for (const choice of second.values()) choices[choice] = (choices[choice] ?? 0) + 1;
    expect(guess?.standing).toMatchObject({ kind: 'revealed', tallies: [{}, { choices }] });
    expect(proposed.length).toBe(students);
    const proposals = Object.values(state.proposals);
    expect(new Set(proposals.map(({ author }) => author))).toEqual(new Set(ids));
    expect(proposals.length).toBe(students);
    expect(state.proposals['proposal-1']?.backers.toSorted()).toEqual(ids);
    expect(new Set(state.proposals['proposal-2']?.backers).size).toBe(state.proposals['proposal-2']?.backers.length);
    const inFavour = class_.filter((_, n) => n % 2 === 0).map(({ id }) => id);
    expect(state.proposals['proposal-2']?.backers.toSorted()).toEqual(inFavour.toSorted());
    expect(state.polls['poll-1']?.answered[0]?.toSorted()).toEqual(ids);
    expect(state.polls['poll-1']?.standing).toMatchObject({ tallies: [{ options: [3, 2] }] });
    expect(
      Object.values(state.pins)
        .map(({ author }) => author)
        .toSorted(),
    ).toEqual(ids);
    expect(
      Object.values(state.questions)
        .map(({ author }) => author)
        .toSorted(),
    ).toEqual(ids);
    for (const person of everybody) person.close();
    witness.disconnect();
  });
});
