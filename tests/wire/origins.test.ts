/** From where a page may open a connection: from this server and from allowed origins, over both transports. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startTestLab, type TestLab } from '../support/lab.ts';

let lab: TestLab;
beforeAll(async () => {
  lab = await startTestLab({ ALLOWED_ORIGINS: 'https://school.example' });
});
afterAll(() => lab.close());

/** The status with which an upgrade is answered. */
const upgraded = (origin: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${lab.port}/socket.io/?EIO=4&transport=websocket`, { origin });
    const end = (status: number): void => {
      socket.terminate();
      resolve(status);
    };
    socket.on('open', () => end(101));
    socket.on('unexpected-response', (_request, response) => end(response.statusCode ?? 0));
    socket.on('error', reject);
  });

const polled = async (origin: string): Promise<number> =>
  (await fetch(`${lab.url}/socket.io/?EIO=4&transport=polling`, { headers: { origin } })).status;

test.each([
  ['https://evil.example', false],
  ['null', false],
  ['https://school.example.evil.example', false],
  ['http://school.example', false],
  ['https://school.example', true],
])('a page of %s: %s', async (origin, mayConnect) => {
  // The library answers a refused upgrade with 400.
  expect(await upgraded(origin)).toBe(mayConnect ? 101 : 400);
  expect(await polled(origin)).toBe(mayConnect ? 200 : 403);
});

test('a page of this server may connect', async () => {
  expect(await upgraded(lab.url)).toBe(101);
  expect(await polled(lab.url)).toBe(200);
});
