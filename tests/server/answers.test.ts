/** Attendance and answers as CSV: what is in it, what is not yet, and that no cell of it is a formula. */
import { describe, expect, test } from 'vitest';
import { writeAnswers } from '../../server/report/answers.ts';
import { hostileNames } from '../support/hostile-names.ts';
import { small, TestRoom } from '../protocol/room.ts';

/** Reads CSV as RFC 4180 has it. */
function cells(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)?.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
    if (end === '') break;
  }
  return rows.filter((row) => row.length > 1);
}

async function tableOf(room: TestRoom, names: boolean): Promise<Record<string, string>[]> {
  async function* events() {
    yield await Promise.resolve(room.log);
  }
  let text = '';
  for await (const piece of writeAnswers({ state: room.state, secrets: room.secrets, names, events: events() }))
    text += piece;
  expect(text.startsWith('\uFEFF')).toBe(true);
  const [head = [], ...rows] = cells(text.slice(1));
  return rows.map((row) => Object.fromEntries(head.map((column, index) => [column, row[index] ?? ''])));
}

function asked(reason = 'a, "feeling"') {
  const room = new TestRoom();
  const host = room.join('host');
  const ada = room.join('student', 'Ada');
  room.do(host, 'start', { configuration: small, guess: { slowest: true } });
  room.speeds['run-1@0'] = [0.001, 0.118, 0.5];
  room.fronts['run-1'] = 10;
  const guess = { guess: 'guess-1' };
  room.do(ada, 'guess', { ...guess, choice: '3', slowest: 2 });
  room.do(ada, 'guess', { ...guess, choice: '100', slowest: 1, reason });
  room.do(host, 'count-hands', { ...guess, choices: { equal: 4 } });
  return { room, host, ada, guess };
}

describe('The table of answers', () => {
  test('[E3] has nothing of a guess before its reveal', async () => {
    const { room } = asked();
    const rows = await tableOf(room, true);
    expect(rows.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['joined Host', 'joined Ada']);
  });

  test('has the last answer of each person and round, the hands, and the answers to polls', async () => {
    const { room, host, ada, guess } = asked();
    room.do(host, 'reveal', guess);
    room.do(host, 'open-poll', { question: 'Which, then?', kind: 'choices', options: ['tanh', 'ReLU', '=A1'] });
    room.do(ada, 'answer-poll', { poll: 'poll-1', answer: { options: [0, 2] } });
    room.do(ada, 'leave');
    const rows = await tableOf(room, true);
    expect(rows.filter(({ kind }) => kind === 'guess')).toEqual([
      {
        person: ada,
        name: 'Ada',
        role: 'student',
        kind: 'guess',
        item: 'guess-1',
        about: 'A',
        round: '1',
        answer: '100',
        slowest: '1',
        reason: 'a, "feeling"',
        at: '',
      },
    ]);
    expect(rows.find(({ kind }) => kind === 'hands')).toMatchObject({ item: 'guess-1', answer: 'equal: 4' });
    expect(rows.find(({ kind }) => kind === 'poll')).toMatchObject({ about: 'Which, then?', answer: 'tanh; =A1' });
    expect(rows.find(({ kind }) => kind === 'left')).toMatchObject({ name: 'Ada', at: '1970-01-01T00:16:40.000Z' });
  });

  test('tells names only where they are wanted', async () => {
    const { room, host, guess } = asked();
    room.do(host, 'reveal', guess);
    const rows = await tableOf(room, false);
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.every(({ name }) => name === '')).toBe(true);
    expect(JSON.stringify(rows)).not.toMatch(/Ada|Host/);
  });

  const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '=cmd|"/c calc"!A0', '"=1'];
  test.each([...formulas, ...hostileNames.map(({ typed }) => typed)])('holds %j as a text', async (typed) => {
    const { room, host, guess, ada } = asked([...typed].slice(0, 100).join(''));
    room.do(host, 'reveal', guess);
    // As an earlier version may have let it through.
    const person = room.state.people[ada];
    if (person === undefined) throw new Error('Ada is not there');
    room.state = { ...room.state, people: { ...room.state.people, [ada]: { ...person, name: typed } } };
    for (const row of await tableOf(room, true)) {
      expect(Object.keys(row)).toHaveLength(11);
      for (const cell of Object.values(row)) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]/);
    }
  });
});
