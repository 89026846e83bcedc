/** The route of the training images: what is sent, how it may be kept, and that nobody has to say who they are. */
import { request, type IncomingHttpHeaders } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readMnist } from '../../server/data/mnist.ts';
import { encodePart, imageParts, majorityPath, pathOfPart, sentBytesOfAPart } from '../../shared/protocol/images.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';

const mnist = readMnist();
let lab: TestLab;
beforeAll(async () => {
  lab = await startTestLab();
});
afterAll(() => lab.close());

type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer };

/** Asks for the bytes as they are sent, which `fetch` would unpack. */
async function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const asked = request(`${lab.url}${path}`, { headers, method }, (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('error', reject);
    response.on('end', () =>
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
    );
  });
  asked.on('error', reject);
  asked.end();
  return promise;
}

const gzip = { 'accept-encoding': 'gzip, deflate' };

describe('The images', () => {
  test('are sent compressed to who takes that and plain to others, the same bytes', async () => {
    const [packed, plain] = await Promise.all([get(pathOfPart(7), gzip), get(pathOfPart(7))]);
    expect([packed.headers['content-encoding'], plain.headers['content-encoding']]).toEqual(['gzip', undefined]);
    for (const { headers } of [packed, plain]) {
      expect(headers['content-type']).toBe('application/octet-stream');
      expect(headers['vary']).toBe('Accept-Encoding');
    }
    const written = Buffer.from(encodePart(mnist, 7));
    expect(plain.body.equals(written)).toBe(true);
    expect(gunzipSync(packed.body).equals(written)).toBe(true);
  });

  test('may be kept for ever, and are not sent again to who has them', async () => {
    const first = await get(pathOfPart(0), gzip);
    expect(first.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const tag = String(first.headers['etag']);
    const again = await get(pathOfPart(0), { ...gzip, 'if-none-match': tag });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    expect((await get(pathOfPart(1), { ...gzip, 'if-none-match': tag })).status).toBe(200);
    const head = await get(pathOfPart(0), gzip, 'HEAD');
    expect([head.status, head.headers['etag'], head.body.length]).toEqual([200, tag, 0]);
  });

  test('have 60 parts, and every other name is refused', async () => {
    expect(imageParts).toBe(60);
    for (const name of ['60', '-1', '07', '1.5', '1e1', 'x', '999999999999999999999', '%2e%2e', '%ff']) {
      const { status, body } = await get(`/data/mnist/v1/${name}.bin`);
      expect([name, status >= 400 && status < 500]).toEqual([name, true]);
      expect(JSON.parse(body.toString())).toMatchObject({
        error: { code: expect.stringMatching(/^(?:not-found|invalid)$/) },
      });
    }
    const { body } = await get('/data/mnist/v1/60.bin');
    expect(JSON.parse(body.toString())).toEqual({
      error: { code: 'not-found', message: 'there is no part "60" of the images; there are 0 to 59', path: 'part' },
    });
  });

  test('are not confused with files of the page that are not there', async () => {
    const { status, body } = await get('/assets/worker-gone.js');
    expect([status, JSON.parse(body.toString())]).toEqual([
      404,
      { error: { code: 'not-found', message: 'there is no such file' } },
    ]);
  });

  test('weigh what people are told that they weigh', async () => {
    const parts = Array.from({ length: imageParts }, (_, part) => part);
    const sent = await Promise.all(parts.map(async (part) => (await get(pathOfPart(part), gzip)).body.length));
    const mean = sent.reduce((sum, bytes) => sum + bytes, 0) / imageParts;
    expect(Math.abs(mean / sentBytesOfAPart - 1)).toBeLessThan(0.01);
  });
});

describe('The most frequent digit', () => {
  const majority = async (query: string) => {
    const answer = await get(`${majorityPath}${query}`);
    return [answer.status, JSON.parse(answer.body.toString())] as const;
  };
  const share = (labels: Uint8Array, label: number) => labels.filter((one) => one === label).length;

  test('is told for a choice of images with its count', async () => {
    const [status, told] = await majority('?train=1000&test=10000');
    expect(status).toBe(200);
    const [train, test] = [mnist.labels.subarray(0, 1000), mnist.labels.subarray(50_000)];
    expect(told).toEqual({
      train: { label: 7, count: 117, of: 1000 },
      test: { label: 7, count: 1090, of: 10_000 },
    });
    expect([share(train, 7), share(test, 7)]).toEqual([117, 1090]);
    expect(Math.max(...Array.from({ length: 10 }, (_, label) => share(train, label)))).toBe(117);
  });

  test('is none of no images, and refused for more than there are', async () => {
    expect(await majority('?train=3&test=0')).toEqual([200, { train: { label: 0, count: 1, of: 3 }, test: null }]);
    expect(await majority('?train=60001')).toMatchObject([400, { error: { code: 'invalid', path: 'train' } }]);
  });
});
