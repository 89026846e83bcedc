/** The HTTP side: its description held against the routes that answer, health, metrics, headers and limits. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppParts, httpApp } from '../../server/http/app.ts';
import { api, type ApiParts } from '../../server/http/api.ts';
import { openapi } from '../../server/http/openapi.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person, type RoomTicket } from '../support/person.ts';
import { small } from '../protocol/room.ts';

let lab: TestLab;
let room: RoomTicket;
let host: Person;
beforeAll(async () => {
  lab = await startTestLab();
  room = await openRoom(lab.url, { title: 'Nets' });
  host = await Person.join(lab.url, { code: room.code, hostKey: room.hostKey });
  await host.do('start', { configuration: small });
  await host.until((state) => state.runs['run-1']?.status.kind === 'finished');
});
afterAll(async () => {
  host.disconnect();
  await lab.close();
});

type Schema = { readonly type?: unknown; readonly properties?: object; readonly required?: readonly string[] };
type Operation = {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: Schema }>> }>>;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly example?: string }[];
};
const operations = Object.entries(openapi.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => [method, path, operation as unknown as Operation] as const),
);

type Layer = { readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> } };
/** The routes that an express router holds, `get /rooms/{code}`. */
const routesOf = (router: { stack: unknown }, prefix: string): string[] =>
  (router.stack as readonly Layer[]).flatMap(({ route }) =>
    route === undefined
      ? []
      : Object.keys(route.methods).map((method) => `${method} ${prefix}${route.path.replace(/:(\w+)/g, '{$1}')}`),
  );

describe('The description of the routes', () => {
  test('names every route that there is, and no other', () => {
    const none = {} as unknown;
    const page = { kind: 'built', folder: '/nowhere' } as const;
    const app = httpApp({ ...(none as AppParts), page, trustProxy: false, logRequests: (_q, _s, next) => next() });
    const routes = [...routesOf(app.router, ''), ...routesOf(api(none as ApiParts), '/api')];
    // The page answers whatever is left.
    const described = operations.map(([method, path]) => `${method} ${path}`);
    expect(new Set(routes.filter((route) => route !== 'get /{*any}'))).toEqual(new Set(described));
  });

  test.each(operations)('is right about %s %s', async (method, path, operation) => {
    // What is deleted is of no use to the others.
    const { code, hostKey } = method === 'delete' ? await openRoom(lab.url) : room;
    const filled = path.replace('{code}', code).replace('{run}', 'run-1').replace('{part}', '59');
    const examples = (operation.parameters ?? []).flatMap(({ name, example }) =>
      example === undefined ? [] : [[name, example]],
    );
    const response = await fetch(`${lab.url}${filled}?${new URLSearchParams(examples)}`, {
      method: method.toUpperCase(),
      headers: { authorization: `Bearer ${hostKey}` },
    });
    const described = operation.responses[response.status];
    expect(response.status).toBeLessThan(300);
    const type = response.headers.get('content-type')?.split(';')[0] ?? '';
    expect(Object.keys(described?.content ?? {})).toContain(type);
    const schema = described?.content?.[type]?.schema;
    const text = await response.text();
    expect(text.length).toBeGreaterThan(0);
    const keys =
      type === 'application/json' && schema?.properties !== undefined ? Object.keys(JSON.parse(text) as object) : [];
    expect(keys.toSorted()).toEqual(Object.keys(schema?.properties ?? {}).toSorted());
    expect(keys).toEqual(expect.arrayContaining([...(schema?.required ?? [])]));
    const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
    expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
  });

  test('has references that lead somewhere and is JSON through and through', async () => {
    const served = (await (await fetch(`${lab.url}/api/openapi.json`)).json()) as object;
    expect(served).toEqual(JSON.parse(JSON.stringify(openapi)));
    const references = [...JSON.stringify(served).matchAll(/"\$ref":"#\/(?<path>[^"]+)"/g)];
    expect(references.length).toBeGreaterThan(5);
    for (const reference of references) {
      let found: unknown = served;
      for (const key of (reference.groups?.['path'] ?? '').split('/')) found = Reflect.get(found as object, key);
      expect(found).toMatchObject({ type: 'object', required: ['error'] });
    }
  });

  test('names the queries that the measurements take', async () => {
    const operation = operations.find(([, path]) => path.endsWith('/measurements'))?.[2];
    const names = (operation?.parameters ?? []).filter(({ in: where }) => where === 'query').map(({ name }) => name);
    const some: Record<string, string> = { format: 'csv', from: '1', to: '5', metric: 'cost', points: '10' };
    expect(names.toSorted()).toEqual(Object.keys(some).toSorted());
    const url = `${lab.url}/api/rooms/${room.code}/runs/run-1/measurements?${new URLSearchParams(some)}`;
    const response = await fetch(url, { headers: { authorization: `Bearer ${room.hostKey}` } });
    expect(await response.json()).toMatchObject({ run: 'run-1', front: 10, series: [{ metric: 'cost', layer: null }] });
  });
});

describe('The server', () => {
  test('says that it lives and that its store is ready', async () => {
    const get = async (path: string) => (await fetch(lab.url + path)).json();
    expect(await get('/healthz')).toEqual({ ok: true });
    expect(await get('/readyz')).toEqual({ ok: true, store: 'ready' });
  });

  test('counts for Prometheus what an operator watches', async () => {
    await host.refused('stop', { run: 'run-1' });
    const value = async (name: string) => {
      const text = await (await fetch(`${lab.url}/metrics`)).text();
      return Number(
        text
          .split('\n')
          .find((line) => line.startsWith(`${name} `))
          ?.split(' ')
          .at(-1),
      );
    };
    expect(await value('deltaroom_connections')).toBe(1);
    expect(await value('deltaroom_rooms_open')).toBeGreaterThanOrEqual(1);
    expect(await value('deltaroom_measurements_total')).toBe(11);
    expect(await value('deltaroom_commands_total{outcome="accepted"}')).toBe(1);
    expect(await value('deltaroom_commands_total{outcome="refused"}')).toBe(1);
    expect(await value('deltaroom_command_seconds_count')).toBe(2);
    expect(await value('deltaroom_runs_training')).toBe(0);
  });

  test('asks browsers for nothing over plain http that would break a page reached by its address', async () => {
    const { headers } = await fetch(`${lab.url}/api/openapi.json`);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('upgrade-insecure-requests');
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('opens rooms with every default up to its limit, and then says so', async () => {
    const narrow = await startTestLab({ MAX_ROOMS: '2' });
    const post = (init: RequestInit) => fetch(`${narrow.url}/api/rooms`, { method: 'POST', ...init });
    const json = { body: '{}', headers: { 'content-type': 'application/json' } };
    expect((await post({})).status).toBe(201);
    const second = await post(json);
    expect(second.status).toBe(201);
    const { code } = (await second.json()) as RoomTicket;
    expect(second.headers.get('location')).toBe(`/api/rooms/${code}`);
    const third = await post(json);
    expect(third.status).toBe(429);
    expect(await third.json()).toEqual({
      error: { code: 'limit-reached', message: 'the server has 2 rooms; the limit is 2' },
    });
    await narrow.close();
  });

  test('tells the host key once, and nobody whose it is', async () => {
    const state = await fetch(`${lab.url}/api/rooms/${room.code}/state`, {
      headers: { authorization: `Bearer ${host.token}` },
    });
    const text = await state.text();
    expect(text).toContain('"title":"Nets"');
    for (const secret of [room.hostKey, host.token]) expect(text).not.toContain(secret);
    expect(JSON.stringify(host.events)).not.toContain(room.hostKey);
  });
});
