/** A room as a template: what it carries, that it carries nobody, and that another class can be opened from it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Template } from '../../shared/protocol/template.ts';
import { small } from '../protocol/room.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person, type RoomTicket } from '../support/person.ts';
import { trainedUnseen } from '../support/unseen.ts';

let lab: TestLab;
beforeAll(async () => {
  lab = await startTestLab();
});
afterAll(() => lab.close());

async function templateOf(room: RoomTicket, bearer: string): Promise<Response> {
  return fetch(`${lab.url}/api/rooms/${room.code}/template`, { headers: { authorization: `Bearer ${bearer}` } });
}
const post = (body: object) =>
  fetch(`${lab.url}/api/rooms`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('A template', () => {
  test('of a room that was taught by a lesson has the lesson, and opens another class with it', async () => {
    const room = await openRoom(lab.url, { title: 'Tuesday' });
    const host = await Person.join(lab.url, { code: room.code, hostKey: room.hostKey });
    const ada = await Person.join(lab.url, { code: room.code, name: 'Ada Lovelace' });
    expect((await templateOf(room, ada.token)).status).toBe(403);
    const template = (await (await templateOf(room, host.token)).json()) as Template;
    expect(template).toMatchObject({ kind: 'deltaroom-template', format: 1, title: 'Tuesday' });
    expect(template.lesson).toEqual(host.state.lesson?.plan);
    for (const secret of ['Ada', 'person-', room.code, room.hostKey, ada.token])
      expect(JSON.stringify(template)).not.toContain(secret);
    const again = await openRoom(lab.url, { template, language: 'zh-CN' });
    const other = await Person.join(lab.url, { code: again.code, hostKey: again.hostKey });
    expect(other.state).toMatchObject({ title: 'Tuesday', language: 'zh-CN', base: host.state.base });
    expect(other.state.lesson).toMatchObject({ plan: template.lesson, step: 0 });
    for (const person of [host, ada, other]) person.disconnect();
  });

  test('[H2] carries polls without answers and the board, and tallies only where they are wanted and enough answered', async () => {
    const room = await openRoom(lab.url, { lesson: 'depth' });
    const host = await Person.join(lab.url, { code: room.code, hostKey: room.hostKey });
    const students = [];
    for (const name of ['Ada', 'Bob', 'Cleo', 'Dan', 'Eve'])
      students.push(await Person.join(lab.url, { code: room.code, name }));
    await host.do('set-board', { frozen: true, policy: { kind: 'votes', votes: 7 } });
    await host.do('open-poll', { question: 'Which layer?', kind: 'choice', options: ['first', 'last'] });
    await students[0]?.do('answer-poll', { poll: 'poll-1', answer: { options: [1] } });
    await host.do('reveal-poll', { poll: 'poll-1' });
    const configuration = { ...small, seed: 3 };
    await host.do('start', { configuration, guess: {} });
    const of = async (query: string) => {
      const headers = { authorization: `Bearer ${host.token}` };
      return (await (
        await fetch(`${lab.url}/api/rooms/${room.code}/template${query}`, { headers })
      ).json()) as Template;
    };
    const plain = await of('');
    expect(plain.polls).toEqual([{ question: 'Which layer?', kind: 'choice', options: ['first', 'last'] }]);
    expect(plain.board).toMatchObject({ frozen: true, policy: { kind: 'votes', votes: 7 } });
    expect(plain).not.toHaveProperty('tallies');
    const template = { ...plain, tallies: [{ step: 0, choices: { 10: 3, 100: 2 } }] };
    const again = await openRoom(lab.url, { template });
    const other = await Person.join(lab.url, { code: again.code, hostKey: again.hostKey });
    expect(other.state.board).toEqual(plain.board);
    expect(other.state.prepared).toEqual({ polls: plain.polls, tallies: template.tallies });
    expect(other.state.polls).toEqual({});
    const bad = await post({ template: { ...template, tallies: [{ step: 0, choices: { 42: 3 } }] } });
    expect(bad.status).toBe(400);
    for (const person of [host, other, ...students]) person.disconnect();
  });

  test('of a room that was led by hand has a guess for each run that was looked at', async () => {
    const room = await openRoom(lab.url, { experiment: 'book-2' });
    const host = await Person.join(lab.url, { code: room.code, hostKey: room.hostKey });
    await host.do('start', { configuration: small, guess: { step: 2, slowest: true } });
    await trainedUnseen(lab.url, room);
    await host.do('reveal', { guess: 'guess-1' });
    await host.do('start', { configuration: { ...small, activation: 'tanh' } });
    await host.until(({ runs }) => runs['run-2']?.status.kind === 'finished');
    await host.do('seek', { step: 3 });
    await host.until(({ playhead }) => playhead?.step === 3);
    await host.do('start', { configuration: { ...small, hidden: [3] } });
    const template = (await (await templateOf(room, room.hostKey)).json()) as Template;
    expect(template.lesson?.steps).toMatchObject([
      { kind: 'guess', step: 2, asks: { slowest: true }, configuration: { hidden: [4, 3], activation: 'sigmoid' } },
      { kind: 'guess', step: 0, configuration: { activation: 'tanh' } },
    ]);
    const again = await openRoom(lab.url, { template });
    const other = await Person.join(lab.url, { code: again.code, hostKey: again.hostKey });
    // The first step of it can be taught: its guess is opened on its run.
    await other.do('next', { expects: 'step-0/open' });
    expect(Object.values(other.state.guesses)).toMatchObject([{ step: 2, standing: { kind: 'open' } }]);
    for (const person of [host, other]) person.disconnect();
  });

  test.each([
    [{ kind: 'deltaroom-template', format: 2 }, 'template.format'],
    [{ kind: 'other', format: 1 }, 'template.kind'],
    ['file.json', 'template'],
    [{ kind: 'deltaroom-template', format: 1, title: '', base: { ...small, hidden: [1e6] }, lesson: null }, 'hidden.0'],
  ])('that is none is refused with the field: %j', async (template, path) => {
    const answer = await post({ template });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: 'invalid', path } });
  });

  test('excludes a lesson and an experiment beside it, and a guess that cannot be', async () => {
    const base = small;
    const words = { en: 'x', 'zh-CN': 'x' };
    const step = { kind: 'guess', title: words, lead: words, text: words, asks: { slowest: false, line: false } };
    const template = (change: object) => {
      const steps = [{ ...step, step: null, configuration: small, ...change }];
      return { kind: 'deltaroom-template', format: 1, title: 'x', base, lesson: { id: 'x', title: words, steps } };
    };
    expect((await post({ template: template({}) })).status).toBe(201);
    expect((await post({ template: template({}), experiment: 'book-2' })).status).toBe(400);
    expect((await post({ template: template({ configuration: { ...small, hidden: [4] } }) })).status).toBe(400);
    expect((await post({ template: template({ configuration: { ...small, measureEvery: 5 }, step: 3 }) })).status).toBe(
      400,
    );
    expect((await post({ template: template({ text: { en: 'x'.repeat(5000), 'zh-CN': '' } }) })).status).toBe(400);
  });
});
