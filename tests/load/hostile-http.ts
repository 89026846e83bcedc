/** Requests that no browser sends, as bytes: each has to be answered with a status, or the connection cut. */
import { connect } from 'node:net';

/** What is known of the server: a room in it, and one number for each strike, so that no two are alike. */
export type Target = { readonly port: number; readonly code: string; readonly token: string };
export type Outcome =
  | { readonly kind: 'answered'; readonly with: string }
  | { readonly kind: 'cut' }
  | { readonly kind: 'nothing' };
export type HttpKind = { readonly what: string; readonly bytes: (target: Target, n: number) => string | Buffer };

const line = (first: string, ...headers: string[]): string =>
  [first, 'Host: lab', 'Connection: close', ...headers, '', ''].join('\r\n');
const post = (body: string, ...headers: string[]): string =>
  `${line('POST /api/rooms HTTP/1.1', 'Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`, ...headers)}${body}`;
const get = (path: string, ...headers: string[]): string => line(`GET ${path} HTTP/1.1`, ...headers);
const upgrade = (path: string, ...headers: string[]): string =>
  [`GET ${path} HTTP/1.1`, 'Host: lab', 'Connection: Upgrade', 'Upgrade: websocket', ...headers, '', ''].join('\r\n');
const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
const version = 'Sec-WebSocket-Version: 13';
const engine = '/socket.io/?EIO=4&transport=websocket';

export const httpKinds: readonly HttpKind[] = [
  { what: 'no HTTP at all', bytes: (_target, n) => `hello ${n}\r\n\r\n` },
  { what: 'a TLS client that says hello', bytes: () => Buffer.from('16030100c8010000c40303', 'hex') },
  { what: 'zero bytes', bytes: () => Buffer.alloc(512) },
  { what: 'a method that there is not', bytes: () => line('STEAL /api/rooms HTTP/1.1') },
  { what: 'a method in small letters', bytes: () => line('get /healthz HTTP/1.1') },
  { what: 'TRACE', bytes: () => line('TRACE /api/rooms HTTP/1.1') },
  { what: 'PUT on a room', bytes: ({ code }) => line(`PUT /api/rooms/${code} HTTP/1.1`, 'Content-Length: 0') },
  { what: 'DELETE of a room by nobody', bytes: ({ code }) => line(`DELETE /api/rooms/${code} HTTP/1.1`) },
  {
    what: 'DELETE of a room by a student',
    bytes: ({ code, token }) => line(`DELETE /api/rooms/${code} HTTP/1.1`, `Authorization: Bearer ${token}`),
  },
  {
    what: 'a method override',
    bytes: ({ code }) => line(`GET /api/rooms/${code}/state HTTP/1.1`, 'X-HTTP-Method-Override: DELETE'),
  },
  { what: 'CONNECT to elsewhere', bytes: () => 'CONNECT 169.254.169.254:80 HTTP/1.1\r\nHost: x\r\n\r\n' },
  { what: 'HTTP/9.9', bytes: () => line('GET /healthz HTTP/9.9') },
  { what: 'no host', bytes: () => 'GET /api/rooms HTTP/1.1\r\nConnection: close\r\n\r\n' },
  { what: 'a header without a name', bytes: () => get('/api/nothing', ': x') },
  { what: 'a header with a bare line break', bytes: () => get('/api/nothing', 'X-A: b\nX-C: d\rX-E: f') },
  { what: 'a header of 20,000 bytes', bytes: () => get('/api/nothing', `X-Long: ${'x'.repeat(20_000)}`) },
  { what: '3,000 headers', bytes: () => get('/api/nothing', ...Array.from({ length: 3000 }, (_, n) => `X${n}: y`)) },
  { what: 'two lengths', bytes: () => post('{}', 'Content-Length: 3') },
  { what: 'a length and chunks', bytes: () => post('0\r\n\r\n', 'Transfer-Encoding: chunked') },
  { what: 'a length below zero', bytes: () => line('POST /api/rooms HTTP/1.1', 'Content-Length: -1') },
  { what: 'a length that is no number', bytes: () => line('POST /api/rooms HTTP/1.1', 'Content-Length: 1e3') },
  {
    what: 'a chunk size that is no number',
    bytes: () =>
      `${line('POST /api/rooms HTTP/1.1', 'Content-Type: application/json', 'Transfer-Encoding: chunked')}zz\r\n{}\r\n`,
  },
  { what: 'a body of 100,000 bytes', bytes: () => post(`{"title":"${'x'.repeat(100_000)}"}`) },
  { what: 'half a JSON', bytes: () => post('{"title":') },
  { what: 'deep JSON', bytes: () => post(`{"title":${'['.repeat(15_000)}${']'.repeat(15_000)}}`) },
  { what: 'the key __proto__', bytes: () => post('{"__proto__":{"isHost":true}}') },
  { what: 'the key constructor', bytes: () => post('{"constructor":{"prototype":{"isHost":true}}}') },
  { what: 'half a pair in a title', bytes: () => post('{"title":"\\ud83d","language":"\\udc00"}') },
  {
    what: 'bytes that are no UTF-8',
    bytes: () =>
      Buffer.concat([
        Buffer.from(line('POST /api/rooms HTTP/1.1', 'Content-Type: application/json', 'Content-Length: 14')),
        Buffer.from('{"title":"'),
        Buffer.from([0xff, 0xfe]),
        Buffer.from('"}'),
      ]),
  },
  { what: 'NaN', bytes: () => post('{"title":NaN}') },
  {
    what: 'a character set that there is not',
    bytes: () =>
      line('POST /api/rooms HTTP/1.1', 'Content-Type: application/json; charset=utf-99', 'Content-Length: 2') + '{}',
  },
  { what: 'an encoding that there is not', bytes: () => post('{}', 'Content-Encoding: zstd, gzip, br') },
  { what: 'gzip that is none', bytes: () => post('{}', 'Content-Encoding: gzip') },
  {
    what: 'a form',
    bytes: () =>
      line('POST /api/rooms HTTP/1.1', 'Content-Type: multipart/form-data; boundary=x', 'Content-Length: 3') + '--x',
  },
  { what: 'a path upwards', bytes: () => get('/assets/../../../package.json') },
  { what: 'a path upwards, encoded', bytes: () => get('/assets/..%2f..%2f..%2fpackage.json') },
  { what: 'a path upwards, encoded twice', bytes: () => get('/assets/%252e%252e/%252e%252e/etc/passwd') },
  { what: 'a path upwards, backwards', bytes: () => get('/assets/..\\..\\..\\package.json') },
  { what: 'a path with a zero byte', bytes: () => get('/assets/x.js%00.html') },
  { what: 'a path that cannot be decoded', bytes: ({ code }) => get(`/api/rooms/${code}/runs/%E0%A4%A/look`) },
  { what: 'a path of 15,000 bytes', bytes: () => get(`/api/${'a/'.repeat(7000)}`) },
  { what: 'a hidden file', bytes: () => get('/api/../.git/config') },
  { what: 'line breaks in a path', bytes: ({ code }) => get(`/api/rooms/${code}%0d%0aSet-Cookie:%20a=b/state`) },
  {
    what: 'line breaks in a query',
    bytes: ({ code, token }) =>
      get(`/api/rooms/${code}/report?language=en%0d%0aX-Injected:%20yes`, `Authorization: Bearer ${token}`),
  },
  {
    what: 'a query with brackets',
    bytes: ({ code, token }) =>
      get(`/api/rooms/${code}/measurements?a[b][c]=1&__proto__[x]=1`, `Authorization: Bearer ${token}`),
  },
  {
    what: 'a host of somebody else',
    bytes: () =>
      'GET /api/nothing HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n',
  },
  {
    what: 'an address of 200 proxies',
    bytes: () => get('/api/nothing', `X-Forwarded-For: ${Array.from({ length: 200 }, () => '1.2.3.4').join(', ')}`),
  },
  {
    what: 'a range beyond every end',
    bytes: () => get('/api/openapi.json', 'Range: bytes=999999999999-', 'If-Match: "x"'),
  },
  {
    what: 'an expectation',
    bytes: () => line('POST /api/rooms HTTP/1.1', 'Expect: the-spanish-inquisition', 'Content-Length: 0'),
  },
  {
    what: 'a bearer of 8,000 bytes',
    bytes: ({ code }) => get(`/api/rooms/${code}/state`, `Authorization: Bearer ${'x'.repeat(8000)}`),
  },
  {
    what: 'a guess at a bearer',
    bytes: ({ code }, n) => get(`/api/rooms/${code}/export`, `Authorization: Bearer guess-${n}`),
  },
  { what: 'an engine that there is not', bytes: () => get('/socket.io/?EIO=99&transport=polling') },
  { what: 'a transport that there is not', bytes: () => get('/socket.io/?EIO=4&transport=pigeon') },
  { what: 'a transport that objects inherit', bytes: () => get('/socket.io/?EIO=4&transport=constructor') },
  {
    what: 'a session that there is not',
    bytes: (_target, n) => get(`/socket.io/?EIO=4&transport=polling&sid=nobody${n}`),
  },
  { what: 'a session that objects inherit', bytes: () => get('/socket.io/?EIO=4&transport=polling&sid=__proto__') },
  {
    what: 'a session begun by POST',
    bytes: () => line('POST /socket.io/?EIO=4&transport=polling HTTP/1.1', 'Content-Length: 2') + '40',
  },
  {
    what: 'a page of elsewhere',
    bytes: () => get('/socket.io/?EIO=4&transport=polling', 'Origin: https://evil.example'),
  },
  { what: 'an upgrade from elsewhere', bytes: () => upgrade(engine, key, version, 'Origin: https://evil.example') },
  { what: 'an upgrade from a file', bytes: () => upgrade(engine, key, version, 'Origin: null') },
  { what: 'an upgrade without a key', bytes: () => upgrade(engine, version) },
  { what: 'an upgrade with half a key', bytes: () => upgrade(engine, 'Sec-WebSocket-Key: short', version) },
  { what: 'an upgrade of version 1', bytes: () => upgrade(engine, key, 'Sec-WebSocket-Version: 1') },
  { what: 'an upgrade of something else', bytes: () => upgrade('/api/rooms', key, version) },
  {
    what: 'an upgrade to something else',
    bytes: () =>
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: lab\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n',
  },
];

/** Requests that stop in the middle, and never go on. */
export const slowKinds: readonly HttpKind[] = [
  {
    what: 'a chunk of 2^60 bytes',
    bytes: () =>
      `${line('POST /api/rooms HTTP/1.1', 'Content-Type: application/json', 'Transfer-Encoding: chunked')}1000000000000000\r\n{}\r\n`,
  },
  { what: 'a connection that says nothing', bytes: () => '' },
  { what: 'half a head', bytes: () => 'GET /api/rooms HTTP/1.1\r\nHost: lab\r\nX-Slow: ' },
  {
    what: 'a tenth of a body',
    bytes: () =>
      `${line('POST /api/rooms HTTP/1.1', 'Content-Type: application/json', 'Content-Length: 1000')}{"title":"`,
  },
  {
    what: 'an open socket on which nobody comes in',
    bytes: () => upgrade(engine, key, version),
  },
];

/** Sends bytes and waits for a status, or for the end of the connection; `switched`: an upgrade is no answer yet. */
export function strikeHttp(
  target: Target,
  kind: HttpKind,
  n: number,
  patience: number,
  switched = false,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const socket = connect(target.port, '127.0.0.1');
    let heard = '';
    const end = (outcome: Outcome): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(outcome);
    };
    const timer = setTimeout(() => end({ kind: 'nothing' }), patience);
    socket.on('connect', () => socket.write(kind.bytes(target, n)));
    socket.on('data', (data) => {
      heard += data.toString('latin1');
      const status = /^HTTP\/1\.1 (?<status>\d{3})/.exec(heard)?.groups?.['status'];
      if (status !== undefined && !(switched && status === '101')) end({ kind: 'answered', with: status });
      // Whoever has been given an upgrade is cut with a closing frame.
      else if (heard.includes('\x88')) end({ kind: 'cut' });
    });
    socket.on('error', () => end({ kind: 'cut' }));
    socket.on('close', () => end({ kind: 'cut' }));
  });
}
