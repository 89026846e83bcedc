/** A script that guesses codes, behind the same address as a class that comes in. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uniform } from '../../shared/core/random.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';

let lab: TestLab;
beforeAll(async () => {
  lab = await startTestLab();
});
afterAll(() => lab.close());

const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
let drawn = 0;
const guess = (): string =>
  Array.from(
    { length: 6 },
    () => letters[Math.floor(letters.length * uniform({ seed: 7, purpose: 'data', index: 77 }, drawn++))],
  ).join('');

test('[J8] whoever guesses codes learns of fewer than one a second, and three hundred beside come in undisturbed', async () => {
  const room = await openRoom(lab.url);
  const began = performance.now();
  let isGuessing = true;
  const answers = { 404: 0, 429: 0 };
  const guesser = async (): Promise<void> => {
    while (isGuessing) {
      const { status } = await fetch(`${lab.url}/api/rooms/${guess()}`);
      if (status !== 404 && status !== 429) throw new Error(`a guess was answered with ${status}`);
      answers[status]++;
    }
  };
  const guessing = Promise.all([guesser(), guesser(), guesser()]);
  await expect.poll(() => answers[429]).toBeGreaterThan(20);
  const people: Person[] = [];
  for (let n = 0; n < 300; n += 10) {
    const more = Array.from({ length: 10 }, async (_, k) => {
      expect((await fetch(`${lab.url}/api/rooms/${room.code}`)).status).toBe(200);
      return Person.join(lab.url, { code: room.code, name: `Student ${n + k}` });
    });
    people.push(...(await Promise.all(more)));
  }
  const seconds = (performance.now() - began) / 1000;
  isGuessing = false;
  await guessing;
  expect(people.length).toBe(300);
  console.log(
    `guessing: ${answers[404]} guesses learned something in ${seconds.toFixed(0)} s, ${answers[429]} learned nothing`,
  );
  // Twenty in a minute, whenever that begins.
  expect(answers[404]).toBeLessThanOrEqual(20 * Math.ceil(1 + seconds / 60));
  expect(answers[429]).toBeGreaterThan(answers[404]);
  for (const person of people) person.disconnect();
});

test('[J8] to an address that guesses, a room that nobody has come to from there is as unknown as one that is not', async () => {
  const far = await startTestLab({ TRUST_PROXY: '1' });
  const ask = (code: string, address: string) =>
    fetch(`${far.url}/api/rooms/${code}`, { headers: { 'x-forwarded-for': address } });
  const room = await openRoom(far.url);
  for (let n = 0; n < 20; n++) expect((await ask(guess(), '192.0.2.1')).status).toBe(404);
  const [there, nowhere] = await Promise.all([ask(room.code, '192.0.2.1'), ask(guess(), '192.0.2.1')]);
  expect([there.status, nowhere.status]).toEqual([429, 429]);
  const said = async (response: Response): Promise<string> => (await response.text()).replace(/wait \d+ s/, 'wait');
  expect(await said(there)).toBe(await said(nowhere));
  expect((await ask(room.code, '192.0.2.2')).status).toBe(200);
  await far.close();
});
