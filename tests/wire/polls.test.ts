/** Polls over real sockets: what reaches whom before the reveal, to the byte, and what a late comer has. */
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';

let lab: TestLab;
beforeAll(async () => {
  lab = await startTestLab();
});
afterAll(() => lab.close());

/** Somebody in the room, and every message that they are sent. */
async function listening(code: string, auth: object): Promise<{ person: Person; heard: string[] }> {
  const person = await Person.join(lab.url, { code, ...auth });
  const heard = [JSON.stringify(person.welcome)];
  person.socket.onAny((...message: unknown[]) => heard.push(JSON.stringify(message)));
  onTestFinished(() => person.disconnect());
  return { person, heard };
}

const stateOf = async (code: string, token: string): Promise<string> => {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${lab.url}/api/rooms/${code}/state`, { headers });
  expect(response.status).toBe(200);
  return response.text();
};

test('[Q3] [Q7] nothing of an answer reaches anybody but its author and who leads, until it is revealed or shown', async () => {
  const { code, hostKey } = await openRoom(lab.url);
  const host = await listening(code, { hostKey });
  const ada = await listening(code, { name: 'Ada' });
  const bob = await listening(code, { name: 'Bob' });
  const screen = await listening(code, { role: 'screen' });
  const secret = 'kestrel-saturates';
  await host.person.do('open-poll', { question: 'Why?', kind: 'text', seconds: 60 });
  await ada.person.do('answer-poll', { poll: 'poll-1', answer: { text: secret } });
  await host.person.do('show-answer', { poll: 'poll-1', text: secret, shown: true });
  await host.person.do('close-poll', { poll: 'poll-1' });
  const late = await listening(code, { name: 'Late' });
  for (const { person } of [ada, bob, screen, late]) {
    await person.until((state) => state.polls['poll-1']?.standing.kind === 'closed');
  }
  const told = ({ heard }: { heard: string[] }) => heard.filter((message) => message.includes(secret)).length;
  expect([bob, screen, late].map(told)).toEqual([0, 0, 0]);
  expect([told(ada), told(host)]).toEqual([1, 2]);
  for (const { person } of [bob, screen, late]) expect(await stateOf(code, person.token)).not.toContain(secret);

  // The same person on another device has their own answer.
  const again = await listening(code, { token: ada.person.token });
  expect(told(again)).toBe(1);

  await host.person.do('reveal-poll', { poll: 'poll-1' });
  for (const listener of [bob, screen, late]) {
    await listener.person.until((state) => state.polls['poll-1']?.standing.kind === 'revealed');
    expect(told(listener)).toBe(1);
  }
});

test('[Q8] a late comer has the open poll and the time that is left of it', async () => {
  const { code, hostKey } = await openRoom(lab.url);
  const host = await listening(code, { hostKey });
  await host.person.do('open-poll', { question: 'Which?', kind: 'choice', options: ['a', 'b'], seconds: 60 });
  const late = await listening(code, { name: 'Late' });
  const poll = late.person.state.polls['poll-1'];
  expect(poll).toEqual(host.person.state.polls['poll-1']);
  const { at } = (await late.person.socket.timeout(20_000).emitWithAck('clock', 0)) as { at: number };
  expect(poll?.standing).toMatchObject({ kind: 'open', closesAt: (poll?.at ?? 0) + 60_000 });
  expect(at).toBeLessThan((poll?.at ?? 0) + 60_000);
  await late.person.do('answer-poll', { poll: 'poll-1', answer: { options: [1] } });
});
