/** Readers that take nothing, and pages at which nobody looks: the others are not held up, and the server's memory is not theirs. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person, type RoomTicket } from '../support/person.ts';

let lab: TestLab;
let room: RoomTicket;
let host: Person;
beforeAll(async () => {
  lab = await startTestLab();
  room = await openRoom(lab.url);
  host = await Person.join(lab.url, { code: room.code, hostKey: room.hostKey });
});
afterAll(async () => {
  host.disconnect();
  await lab.close();
});

const layers = Array.from({ length: 60 }, () => 2);

/** Makes the state of the room long: 400 proposals of ten students. */
async function furnish(): Promise<void> {
  await host.do('set-board', { openEach: 50, teams: 'never' });
  const students = await Promise.all(
    Array.from({ length: 10 }, (_, n) => Person.join(lab.url, { code: room.code, name: `Student ${n}` })),
  );
  for (const [n, student] of students.entries()) {
    const reason = '深'.repeat(280);
    const sent = Array.from({ length: 40 }, (_, k) =>
      student.do('propose', { change: { hidden: layers, seed: 1000 * n + k + 2 }, reason }),
    );
    await Promise.all(sent);
    student.disconnect();
  }
}

test('[K5] a reader that takes nothing is cut, holds nobody up, and resumes', async () => {
  await furnish();
  const reader = await Person.join(lab.url, { code: room.code, name: 'Reads nothing' });
  const { token, welcome, seq, state } = reader;
  reader.disconnect();
  await expect.poll(() => host.connected).toEqual([host.id]);

  const socket = new WebSocket(`${lab.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  const isIn = new Promise<void>((resolve) => {
    socket.on('message', (data) => {
      const text = Buffer.isBuffer(data) ? data.toString() : '';
      if (text.startsWith('0')) socket.send(`40${JSON.stringify({ protocol: 1, code: room.code, token })}`);
      if (text.startsWith('42["welcome"')) resolve();
    });
  });
  await isIn;
  await expect.poll(() => host.connected).toEqual([host.id, reader.id]);
  socket.pause();
  // Whole states, of which it reads none.
  const asking = setInterval(() => socket.send('421["resume",{"log":"another","seq":0}]'), 20);
  try {
    // Meanwhile the host goes on, and is answered at once.
    const acks: number[] = [];
    await expect
      .poll(async () => {
        const began = performance.now();
        await host.socket.emitWithAck('clock', 0);
        acks.push(performance.now() - began);
        return host.connected;
      })
      .toEqual([host.id]);
    expect(acks.length).toBeGreaterThan(5);
  } finally {
    clearInterval(asking);
    socket.terminate();
  }
  const back = await Person.join(lab.url, { code: room.code, token, log: welcome.log, seq }, { seen: { state, seq } });
  expect(back.id).toBe(reader.id);
  expect('events' in back.welcome).toBe(true);
  back.disconnect();
});

test('[K6] a page at which nobody looks hears facts alone, and frames again when somebody does', async () => {
  const [looking, hidden] = [
    await Person.join(lab.url, { code: room.code, name: 'Looks' }),
    await Person.join(lab.url, { code: room.code, name: 'Looks away' }),
  ];
  for (const wrong of [null, 'no', { visible: false }]) hidden.socket.emit('attention', wrong);
  hidden.socket.emit('attention', false);
  await hidden.socket.emitWithAck('clock', 0);
  const presences = hidden.presences.length;
  const configuration = { dataset: { name: 'xor', train: 40, test: 0 }, hidden: [4, 3], epochs: 20, measureEvery: 1 };
  const { run } = await host.do('start', { configuration });
  await host.do('speed', { showTime: 'live' });
  await looking.until(({ runs }) => runs[String(run)]?.status.kind === 'finished');
  await hidden.until(({ runs }) => runs[String(run)]?.status.kind === 'finished');
  await expect.poll(() => looking.ticks.length).toBeGreaterThan(0);
  expect(hidden.ticks).toEqual([]);
  expect(hidden.presences.length).toBe(presences);
  hidden.socket.emit('attention', true);
  await expect.poll(() => hidden.presences.length).toBeGreaterThan(presences);
  await host.do('start', { configuration: { ...configuration, seed: 2 } });
  await expect.poll(() => hidden.ticks.length).toBeGreaterThan(0);
  for (const person of [looking, hidden]) person.disconnect();
});
