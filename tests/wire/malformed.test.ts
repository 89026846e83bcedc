/**
 * What does not belong: commands, configurations, handshakes and requests that are wrong in every way we could think of. Each is
 * refused with its code, its path and a sentence, and leaves the room as it was, to the last bit of its hash.
 */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Refusal } from '../../shared/protocol/refusal.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person, type RoomTicket } from '../support/person.ts';
import { RawSocket } from './raw-socket.ts';

const tiny = { dataset: { name: 'mnist', train: 20, test: 0 }, hidden: [4], epochs: 5, measureEvery: 1 };
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const json = JSON.stringify;

let lab: TestLab;
let room: RoomTicket;
let other: RoomTicket;
let token: string;
let otherToken: string;
/** Several of each, since one may send only so many commands at a time. */
const senders: Record<Sender, RawSocket[]> = { host: [], student: [], screen: [] };
const close: (() => void)[] = [];
let refusals = 0;

type Sender = 'host' | 'student' | 'screen';

async function standing(): Promise<string> {
  const response = await fetch(`${lab.url}/api/rooms/${room.code}/state`, {
    headers: { authorization: `Bearer ${room.hostKey}` },
  });
  const { hash, seq } = (await response.json()) as { hash: string; seq: number };
  return `${seq} ${hash}`;
}

/** Does something that must be refused, and sees that the room is as before. */
async function expectRefusal(act: () => Promise<Refusal>, code: string, path: string | undefined, message: RegExp) {
  const before = await standing();
  const refusal = await act();
  expect({ ...refusal, suggestion: undefined }).toEqual({
    code,
    message: expect.stringMatching(message),
    ...(path === undefined ? {} : { path }),
  });
  expect(await standing()).toBe(before);
  refusals++;
}

beforeAll(async () => {
  lab = await startTestLab();
  room = await openRoom(lab.url);
  other = await openRoom(lab.url);
  const host = await Person.join(lab.url, { code: room.code, hostKey: room.hostKey });
  const student = await Person.join(lab.url, { code: room.code, name: 'Ada' });
  const elsewhere = await Person.join(lab.url, { code: other.code, name: 'Ada' });
  token = student.token;
  otherToken = elsewhere.token;
  close.push(
    () => host.disconnect(),
    () => student.disconnect(),
    () => elsewhere.disconnect(),
  );
  await host.do('start', { configuration: tiny });
  await host.do('set-board', { openEach: 5 });
  await student.do('propose', { change: { hidden: [5] } });
  await student.do('propose', { change: { hidden: [6] } });
  await host.do('propose', { change: { hidden: [7] } });
  await host.do('reject', { proposal: 'proposal-2' });
  await host.do('pin', { run: 'run-1', step: 3, text: 'here' });
  await host.until((state) => state.runs['run-1']?.status.kind === 'finished');
  for (let n = 0; n < 5; n++) {
    for (const role of ['host', 'student', 'screen'] as const) {
      const as = { host: { hostKey: room.hostKey }, student: { name: `S${n}` }, screen: { role: 'screen' } }[role];
      const { socket, refusal } = await RawSocket.connect(lab.url, json({ protocol: 1, code: room.code, ...as }));
      expect(refusal).toBeNull();
      senders[role].push(socket);
      close.push(() => socket.close());
    }
  }
});

afterAll(async () => {
  for (const act of close) act();
  await lab.close();
});

/** What it is, who sends it, its text, and what is said about it. */
type CommandRow = readonly [
  what: string,
  by: Sender,
  payload: string,
  code: string,
  path: string | undefined,
  message: RegExp,
];
/** A command of which only `data` is of interest. */
const command = (type: string, data: string): string => `{"id":"m","type":"${type}","data":${data}}`;
const change = (text: string): string => command('propose', `{"change":${text}}`);

const envelopes: CommandRow[] = [
  ['nothing', 'host', 'null', 'invalid', '', /^this is null: .*object/],
  ['a list', 'host', '[]', 'invalid', '', /^this is \[\]: .*object/],
  ['a text', 'host', '"start"', 'invalid', '', /^this is "start": .*object/],
  ['an empty object', 'host', '{}', 'invalid', 'id', /^id is missing: .*string/],
  ['a number as id', 'host', '{"id":7,"type":"leave","data":{}}', 'invalid', 'id', /^id is 7: .*string/],
  ['an empty id', 'host', '{"id":"","type":"leave","data":{}}', 'invalid', 'id', /^id is "": must not be empty/],
  [
    'an id with U+0000',
    'host',
    json({ id: 'a\0', type: 'leave', data: {} }),
    'invalid',
    'id',
    /^id is "a.*": must be text without U\+0000/,
  ],
  [
    'an id with half a character',
    'host',
    String.raw`{"id":"\ud800","type":"leave","data":{}}`,
    'invalid',
    'id',
    /without halves of characters$/,
  ],
  [
    'an id of 65 characters',
    'host',
    json({ id: 'x'.repeat(65), type: 'leave', data: {} }),
    'invalid',
    'id',
    /at most 64/,
  ],
  ['no type', 'host', '{"id":"m","data":{}}', 'invalid', 'type', /^type is missing/],
  ['a number as type', 'host', '{"id":"m","type":5,"data":{}}', 'invalid', 'type', /^type is 5/],
  ['an unknown type', 'host', command('explode', '{}'), 'invalid', 'type', /^type is "explode".*leave, propose/],
  ['the type constructor', 'host', command('constructor', '{}'), 'invalid', 'type', /^type is "constructor"/],
  ['the type __proto__', 'host', command('__proto__', '{}'), 'invalid', 'type', /^type is "__proto__"/],
  [
    'a room of its own',
    'host',
    '{"id":"m","type":"leave","data":{},"room":"x"}',
    'invalid',
    'room',
    /^"room" is not a known/,
  ],
  [
    'an own key __proto__',
    'host',
    '{"id":"m","type":"leave","data":{},"__proto__":{}}',
    'invalid',
    '__proto__',
    /__proto__.*not a known/,
  ],
  ['no data', 'host', '{"id":"m","type":"leave"}', 'invalid', 'data', /is missing/],
  ['null as data', 'host', command('leave', 'null'), 'invalid', 'data', /is null/],
  ['a list as data', 'host', command('leave', '[]'), 'invalid', 'data', /is \[\]/],
  ['a text as data', 'host', command('leave', '"x"'), 'invalid', 'data', /is "x"/],
  ['an extra field', 'host', command('resume', '{"step":3}'), 'invalid', 'data.step', /^"step" is not a known/],
  [
    'an own key constructor',
    'host',
    command('leave', '{"constructor":1}'),
    'invalid',
    'data.constructor',
    /constructor.*not a known/,
  ],
  [
    '__proto__ in data',
    'host',
    command('leave', '{"__proto__":{"role":"host"}}'),
    'invalid',
    'data.__proto__',
    /__proto__.*not a known/,
  ],
];

const rights: CommandRow[] = [
  [
    'a student who accepts',
    'student',
    command('accept', '{"proposal":"proposal-1"}'),
    'unauthorized',
    'type',
    /student may not accept/,
  ],
  [
    'a student who starts',
    'student',
    command('start', json({ configuration: tiny })),
    'unauthorized',
    'type',
    /student may not start/,
  ],
  ['a student who pauses', 'student', command('pause', '{}'), 'unauthorized', 'type', /student may not pause/],
  ['a screen that proposes', 'screen', change('{"hidden":[9]}'), 'unauthorized', 'type', /screen may not propose/],
  [
    'a screen that pins',
    'screen',
    command('pin', '{"run":"run-1","step":1,"text":"x"}'),
    'unauthorized',
    'type',
    /screen may not pin/,
  ],
  [
    'someone else’s proposal',
    'student',
    command('withdraw', '{"proposal":"proposal-1"}'),
    'unauthorized',
    'data.proposal',
    /only its author/,
  ],
  ['someone else’s pin', 'student', command('unpin', '{"pin":"pin-1"}'), 'unauthorized', 'data.pin', /only its author/],
];

const proposals: CommandRow[] = [
  ['no change', 'student', command('propose', '{}'), 'invalid', 'data.change', /^change is missing/],
  [
    'a fork at half a step',
    'student',
    command('propose', '{"base":"run-1","fork":1.5,"change":{"epochs":3}}'),
    'invalid',
    'data.fork',
    /expected int/,
  ],
  [
    'a fork of nothing',
    'student',
    command('propose', '{"fork":1,"change":{"epochs":3}}'),
    'invalid',
    'data.fork',
    /needs a run/,
  ],
  ['null as change', 'student', change('null'), 'invalid', 'data.change', /must be an object/],
  ['a list as change', 'student', change('[{"hidden":[3]}]'), 'invalid', 'data.change', /must be an object/],
  ['a change that changes nothing', 'student', change('{}'), 'invalid', 'data.change', /changes nothing/],
  [
    'a text as hidden',
    'student',
    change('{"hidden":"30,30"}'),
    'invalid',
    'data.change.hidden',
    /hidden is "30,30": must be 1 to 64/,
  ],
  [
    'an object as hidden',
    'student',
    change('{"hidden":{"0":30,"length":1}}'),
    'invalid',
    'data.change.hidden',
    /hidden is/,
  ],
  ['no hidden layer', 'student', change('{"hidden":[]}'), 'invalid', 'data.change.hidden', /hidden is \[\]/],
  [
    '65 hidden layers',
    'student',
    change(json({ hidden: Array(65).fill(3) })),
    'invalid',
    'data.change.hidden',
    /1 to 64/,
  ],
  [
    'a layer of 0 units',
    'student',
    change('{"hidden":[30,0]}'),
    'invalid',
    'data.change.hidden.1',
    /hidden\.1 is 0.*1 to 1024/,
  ],
  [
    'a layer of 1025 units',
    'student',
    change('{"hidden":[1025]}'),
    'invalid',
    'data.change.hidden.0',
    /hidden\.0 is 1025/,
  ],
  ['a layer of 30.5 units', 'student', change('{"hidden":[30.5]}'), 'invalid', 'data.change.hidden.0', /whole number/],
  [
    'layers nested 20,000 deep',
    'student',
    change(`{"hidden":${nested(20_000)}}`),
    'invalid',
    'data.change.hidden.0',
    /hidden\.0 is/,
  ],
  [
    'a rate of 1e400',
    'student',
    change('{"optimizer":{"learningRate":1e400}}'),
    'invalid',
    'data.change.optimizer.learningRate',
    /is Infinity: must be a number from 0/,
  ],
  [
    'a rate of -1',
    'student',
    change('{"optimizer":{"learningRate":-1}}'),
    'invalid',
    'data.change.optimizer.learningRate',
    /is -1/,
  ],
  [
    'NaN as a text',
    'student',
    change('{"optimizer":{"learningRate":"NaN"}}'),
    'invalid',
    'data.change.optimizer.learningRate',
    /is "NaN"/,
  ],
  [
    'null as a rate, as JSON writes NaN',
    'student',
    change('{"optimizer":{"learningRate":null}}'),
    'invalid',
    'data.change.optimizer.learningRate',
    /is null/,
  ],
  ['a seed of -1', 'student', change('{"seed":-1}'), 'invalid', 'data.change.seed', /seed is -1/],
  [
    'a seed of 2^53',
    'student',
    change('{"seed":9007199254740992}'),
    'invalid',
    'data.change.seed',
    /seed is 9007199254740992/,
  ],
  [
    'an activation that objects inherit',
    'student',
    change('{"activation":"toString"}'),
    'invalid',
    'data.change.activation',
    /is "toString": must be one of sigmoid/,
  ],
  ['an unknown field', 'student', change('{"depth":9}'), 'invalid', 'data.change.depth', /"depth" is not a known/],
  [
    'an own key __proto__',
    'student',
    change('{"__proto__":{"hidden":[3]}}'),
    'invalid',
    'data.change.__proto__',
    /__proto__.*not a known/,
  ],
  [
    'an own key constructor',
    'student',
    change('{"constructor":{"hidden":[3]}}'),
    'invalid',
    'data.change.constructor',
    /constructor.*not a known/,
  ],
  [
    '__proto__ in the optimizer',
    'student',
    change('{"optimizer":{"__proto__":{"learningRate":3}}}'),
    'invalid',
    'data.change.optimizer.__proto__',
    /__proto__.*not a known/,
  ],
  [
    'an unknown optimizer',
    'student',
    change('{"optimizer":{"name":"lion"}}'),
    'invalid',
    'data.change.optimizer.name',
    /is "lion": must be one of sgd/,
  ],
  [
    'an unknown dataset',
    'student',
    change('{"dataset":{"name":"cifar"}}'),
    'invalid',
    'data.change.dataset.name',
    /is "cifar": must be one of mnist/,
  ],
  [
    'more images than there are',
    'student',
    change('{"dataset":{"train":50001}}'),
    'invalid',
    'data.change.dataset.train',
    /1 to 50000/,
  ],
  ['batches of 0', 'student', change('{"batchSize":0}'), 'invalid', 'data.change.batchSize', /batchSize is 0/],
  [
    'batches of "all"',
    'student',
    change('{"batchSize":"all"}'),
    'invalid',
    'data.change.batchSize',
    /must be "full" or/,
  ],
  [
    'a probe larger than the training set',
    'student',
    change('{"probe":1001}'),
    'invalid',
    'data.change.probe',
    /1 to 1000/,
  ],
  ['10,001 epochs', 'student', change('{"epochs":10001}'), 'invalid', 'data.change.epochs', /1 to 10000/],
  [
    'true as shuffle’s text',
    'student',
    change('{"shuffle":"true"}'),
    'invalid',
    'data.change.shuffle',
    /true or false/,
  ],
  [
    'softmax with quadratic cost',
    'student',
    change('{"output":"softmax","cost":"quadratic"}'),
    'invalid',
    'data.change.cost',
    /cross-entropy with softmax/,
  ],
  [
    'linear with cross-entropy',
    'student',
    change('{"output":"linear"}'),
    'invalid',
    'data.change.cost',
    /quadratic with linear/,
  ],
  [
    'a frozen layer that is not there',
    'student',
    change('{"frozen":[4]}'),
    'invalid',
    'data.change.frozen.0',
    /1 to 3/,
  ],
  [
    'too many parameters',
    'student',
    change(json({ hidden: Array(12).fill(1024) })),
    'too-expensive',
    'data.change.hidden',
    /parameters; at most 8000000/,
  ],
  [
    'too many operations',
    'student',
    change('{"dataset":{"train":50000},"hidden":[1000,1000,1000],"epochs":10000}'),
    'too-expensive',
    'data.change.epochs',
    /floating-point operations; at most 1.00e\+14/,
  ],
  [
    'a reason of 281 characters',
    'student',
    command('propose', json({ change: { seed: 2 }, reason: 'x'.repeat(281) })),
    'invalid',
    'data.reason',
    /at most 280/,
  ],
  [
    'a number as reason',
    'student',
    command('propose', '{"change":{"seed":2},"reason":4}'),
    'invalid',
    'data.reason',
    /^reason is 4/,
  ],
  [
    'an unknown base',
    'student',
    command('propose', '{"change":{"seed":2},"base":"run-9"}'),
    'not-found',
    'data.base',
    /no run run-9/,
  ],
  [
    'the base __proto__',
    'student',
    command('propose', '{"change":{"seed":2},"base":"__proto__"}'),
    'not-found',
    'data.base',
    /no run __proto__/,
  ],
  [
    'a number as base',
    'student',
    command('propose', '{"change":{"seed":2},"base":1}'),
    'invalid',
    'data.base',
    /^base is 1/,
  ],
  [
    'an unknown proposal',
    'host',
    command('accept', '{"proposal":"proposal-99"}'),
    'not-found',
    'data.proposal',
    /no proposal proposal-99/,
  ],
  [
    'the proposal constructor',
    'host',
    command('accept', '{"proposal":"constructor"}'),
    'not-found',
    'data.proposal',
    /no proposal constructor/,
  ],
  [
    'a list as proposal',
    'host',
    command('accept', '{"proposal":["proposal-1"]}'),
    'invalid',
    'data.proposal',
    /^proposal is \["proposal-1"\]/,
  ],
  [
    'a proposal that is rejected already',
    'host',
    command('accept', '{"proposal":"proposal-2"}'),
    'conflict',
    'data.proposal',
    /rejected already/,
  ],
];

const runs: CommandRow[] = [
  [
    'start of nothing',
    'host',
    command('start', '{}'),
    'invalid',
    expect.stringMatching(/^data\.(configuration|proposal)$/) as unknown as string,
    /is missing/,
  ],
  [
    'start of two things',
    'host',
    command('start', json({ proposal: 'proposal-1', configuration: tiny })),
    'invalid',
    expect.stringMatching(/^data\.(configuration|proposal)$/) as unknown as string,
    /not a known field/,
  ],
  [
    'start of an open proposal',
    'host',
    command('start', '{"proposal":"proposal-1"}'),
    'conflict',
    'data.proposal',
    /is open; it must be accepted/,
  ],
  [
    'start of an unknown proposal',
    'host',
    command('start', '{"proposal":"hasOwnProperty"}'),
    'not-found',
    'data.proposal',
    /no proposal/,
  ],
  [
    'a list as configuration',
    'host',
    command('start', '{"configuration":[]}'),
    'invalid',
    'data.configuration',
    /must be an object/,
  ],
  [
    'a configuration without dataset',
    'host',
    command('start', '{"configuration":{"hidden":[3]}}'),
    'invalid',
    expect.stringMatching(/^data\.configuration\.dataset/) as unknown as string,
    /dataset/,
  ],
  [
    'a configuration without layers',
    'host',
    command('start', '{"configuration":{"dataset":{"name":"mnist"}}}'),
    'invalid',
    'data.configuration.hidden',
    /hidden is missing/,
  ],
  ['a stop of what has ended', 'host', command('stop', '{"run":"run-1"}'), 'conflict', 'data.run', /finished already/],
  ['a stop of an unknown run', 'host', command('stop', '{"run":"run-2"}'), 'not-found', 'data.run', /no run run-2/],
  ['a number as run', 'host', command('stop', '{"run":1}'), 'invalid', 'data.run', /^run is 1/],
  ['a fork of an unknown run', 'host', command('fork', '{"run":"valueOf"}'), 'not-found', 'data.run', /no run valueOf/],
  [
    'a fork beyond training',
    'host',
    command('fork', '{"run":"run-1","step":11}'),
    'conflict',
    'data.step',
    /trained to step 10/,
  ],
  [
    'a fork at the last step',
    'host',
    command('fork', '{"run":"run-1","step":10}'),
    'invalid',
    'data.step',
    /must begin before/,
  ],
  ['a fork at step -1', 'host', command('fork', '{"run":"run-1","step":-1}'), 'invalid', 'data.step', /^step is -1/],
  [
    'a fork with other layers',
    'host',
    command('fork', '{"run":"run-1","step":2,"change":{"hidden":[5]}}'),
    'invalid',
    'data.change.hidden',
    /cannot change in a fork/,
  ],
  [
    'a fork with a text as change',
    'host',
    command('fork', '{"run":"run-1","step":2,"change":"faster"}'),
    'invalid',
    'data.change',
    /must be an object/,
  ],
  ['a pause beyond the run', 'host', command('pause', '{"step":11}'), 'invalid', 'data.step', /steps 0 to 10/],
  ['a pause at 1.5', 'host', command('pause', '{"step":1.5}'), 'invalid', 'data.step', /^step is 1.5/],
  ['a pause at 1e400', 'host', command('pause', '{"step":1e400}'), 'invalid', 'data.step', /^step is Infinity/],
  [
    'a pace that there is not',
    'host',
    command('speed', '{"showTime":7}'),
    'invalid',
    'data.showTime',
    /^showTime is 7/,
  ],
  ['no pace', 'host', command('speed', '{}'), 'invalid', 'data.showTime', /^showTime is missing/],
  ['a seek to nowhere', 'host', command('seek', '{}'), 'invalid', 'data.step', /^step is missing/],
  [
    'a seek in an unknown run',
    'host',
    command('seek', '{"step":1,"run":"run-7"}'),
    'not-found',
    'data.run',
    /no run run-7/,
  ],
  [
    'a seek beyond the run',
    'host',
    command('seek', '{"step":9007199254740991}'),
    'invalid',
    'data.step',
    /steps 0 to 10/,
  ],
  [
    'an empty pin',
    'student',
    command('pin', '{"run":"run-1","step":1,"text":""}'),
    'invalid',
    'data.text',
    /must not be empty/,
  ],
  [
    'an invisible pin',
    'student',
    command('pin', '{"run":"run-1","step":1,"text":"\\u200b\\u202e \\u0007"}'),
    'invalid',
    'data.text',
    /must not be empty/,
  ],
  [
    'a pin of 281 characters',
    'student',
    command('pin', json({ run: 'run-1', step: 1, text: 'x'.repeat(281) })),
    'invalid',
    'data.text',
    /at most 280/,
  ],
  [
    'a pin at layer 0',
    'student',
    command('pin', '{"run":"run-1","step":1,"layer":0,"text":"x"}'),
    'invalid',
    'data.layer',
    /^layer is 0/,
  ],
  [
    'a pin at a layer that is not there',
    'student',
    command('pin', '{"run":"run-1","step":1,"layer":3,"text":"x"}'),
    'invalid',
    'data.layer',
    /layers 1 to 2/,
  ],
  [
    'a pin beyond the run',
    'student',
    command('pin', '{"run":"run-1","step":11,"text":"x"}'),
    'invalid',
    'data.step',
    /steps 0 to 10/,
  ],
  [
    'a pin at an unknown run',
    'student',
    command('pin', '{"run":"","step":1,"text":"x"}'),
    'invalid',
    'data.run',
    /^run is ""/,
  ],
  ['an unknown pin', 'host', command('unpin', '{"pin":"pin-2"}'), 'not-found', 'data.pin', /no pin pin-2/],
];

describe.each([
  ['envelope', envelopes],
  ['right', rights],
  ['proposal', proposals],
  ['run, playhead or pin', runs],
] as const)('A wrong %s', (_group, rows) => {
  test.each(rows)('[F5] is refused and changes nothing: %s', async (_what, by, payload, code, path, message) => {
    const socket = senders[by].shift();
    if (socket === undefined) throw new Error(`no ${by}`);
    senders[by].push(socket);
    await expectRefusal(
      async () => {
        const ack = await socket.command(payload);
        if (ack.ok) throw new Error(`accepted: ${JSON.stringify(ack)}`);
        return ack.error;
      },
      code,
      path,
      message,
    );
  });
});

type HandshakeRow = readonly [
  what: string,
  auth: () => object,
  code: string,
  path: string | undefined,
  message: RegExp,
];

const good = (extra: object) => ({ protocol: 1, code: room.code, ...extra });
const handshakes: HandshakeRow[] = [
  [
    'no protocol',
    () => ({ code: room.code, name: 'X' }),
    'protocol-unsupported',
    'protocol',
    /protocol is missing.*speaks 1/,
  ],
  ['another protocol', () => good({ protocol: 2, name: 'X' }), 'protocol-unsupported', 'protocol', /protocol is 2/],
  [
    'a text as protocol',
    () => good({ protocol: '1', name: 'X' }),
    'protocol-unsupported',
    'protocol',
    /protocol is "1"/,
  ],
  ['no code', () => ({ protocol: 1, name: 'X' }), 'invalid', 'code', /^code is missing/],
  ['a number as code', () => good({ code: 222222, name: 'X' }), 'invalid', 'code', /^code is 222222/],
  ['an unknown code', () => good({ code: 'ZZZZZZ', name: 'X' }), 'room-not-found', 'code', /no room "ZZZZZZ"/],
  ['a code of forbidden letters', () => good({ code: '../../', name: 'X' }), 'room-not-found', 'code', /no room/],
  ['no name', () => good({}), 'name-invalid', 'name', /^name is missing.*1 to 24/],
  ['an empty name', () => good({ name: ' ' }), 'name-invalid', 'name', /1 to 24 visible/],
  ['an invisible name', () => good({ name: '\u200b\u202e\u3164' }), 'name-invalid', 'name', /1 to 24 visible/],
  ['a name of 25 characters', () => good({ name: 'x'.repeat(25) }), 'name-invalid', 'name', /1 to 24 visible/],
  ['a name of 500 characters', () => good({ name: 'x'.repeat(500) }), 'name-invalid', 'name', /1 to 24 visible/],
  ['a number as name', () => good({ name: 5 }), 'name-invalid', 'name', /^name is 5/],
  ['a taken name', () => good({ name: 'ADA' }), 'name-taken', 'name', /"ADA" is already/],
  ['a role that is granted', () => good({ name: 'X', role: 'host' }), 'invalid', 'role', /^role is "host"/],
  ['a wrong host key', () => good({ hostKey: 'guess' }), 'unauthorized', 'hostKey', /does not belong/],
  ['another room’s host key', () => good({ hostKey: other.hostKey }), 'unauthorized', 'hostKey', /does not belong/],
  ['a wrong token', () => good({ token: 'guess' }), 'unauthorized', 'token', /belongs to nobody/],
  ['another room’s token', () => good({ token: otherToken }), 'unauthorized', 'token', /belongs to nobody/],
  [
    'a person of its own choice',
    () => good({ name: 'X', person: 'person-1' }),
    'invalid',
    'person',
    /"person" is not a known/,
  ],
  ['a number of events below 0', () => good({ token, seq: -1 }), 'invalid', 'seq', /^seq is -1/],
  ['half an event', () => good({ token, seq: 1.5 }), 'invalid', 'seq', /^seq is 1.5/],
  ['a number as log', () => good({ token, log: 7 }), 'invalid', 'log', /^log is 7/],
  [
    'an own key __proto__',
    () => JSON.parse(`{"protocol":1,"code":"${room.code}","name":"X","__proto__":{}}`) as object,
    'invalid',
    '__proto__',
    /__proto__.*not a known/,
  ],
];

test.each(handshakes)(
  '[F5] a handshake is refused and changes nothing: %s',
  async (_what, auth, code, path, message) => {
    await expectRefusal(
      async () => {
        const { socket, refusal } = await RawSocket.connect(lab.url, JSON.stringify(auth()));
        socket.close();
        if (refusal === null) throw new Error('admitted');
        return refusal;
      },
      code,
      path,
      message,
    );
  },
);

type RequestRow = readonly [
  what: string,
  path: () => string,
  init: () => RequestInit,
  status: number,
  code: string,
  where: string | undefined,
  message: RegExp,
];
const post =
  (body: string, headers: Record<string, string> = {}) =>
  (): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
const bearing = (secret: () => string) => (): RequestInit => ({ headers: { authorization: `Bearer ${secret()}` } });
const asHost = bearing(() => room.hostKey);
const rooms = () => '/api/rooms';
const stateRoute = () => `/api/rooms/${room.code}/state`;
const measurements =
  (query: string, run = 'run-1') =>
  () =>
    `/api/rooms/${room.code}/runs/${run}/measurements${query}`;

const requests: RequestRow[] = [
  ['half a JSON', rooms, post('{"title":'), 400, 'invalid', undefined, /not a JSON object/],
  ['no JSON at all', rooms, post('title=x'), 400, 'invalid', undefined, /not a JSON object/],
  ['a JSON text', rooms, post('"title"'), 400, 'invalid', undefined, /not a JSON object/],
  ['a list', rooms, post('[]'), 400, 'invalid', '', /this is \[\]/],
  ['a number as title', rooms, post('{"title":5}'), 400, 'invalid', 'title', /^title is 5/],
  ['a title of 81 characters', rooms, post(json({ title: 'x'.repeat(81) })), 400, 'invalid', 'title', /at most 80/],
  ['a title nested 20,000 deep', rooms, post(`{"title":${nested(20_000)}}`), 400, 'invalid', 'title', /^title is/],
  ['an unknown language', rooms, post('{"language":"fr"}'), 400, 'invalid', 'language', /^language is "fr"/],
  [
    'an unknown experiment',
    rooms,
    post('{"experiment":"book-9"}'),
    400,
    'invalid',
    'experiment',
    /must be one of book-2/,
  ],
  ['an unknown lesson', rooms, post('{"lesson":"first"}'), 400, 'invalid', 'lesson', /must be one of minutes-45/],
  ['an unknown field', rooms, post('{"hostKey":"mine"}'), 400, 'invalid', 'hostKey', /"hostKey" is not a known/],
  [
    'an own key __proto__',
    rooms,
    post('{"__proto__":{"title":"x"}}'),
    400,
    'invalid',
    '__proto__',
    /__proto__.*not a known/,
  ],
  [
    'a body of 70,000 bytes',
    rooms,
    post(json({ title: 'x'.repeat(70_000) })),
    413,
    'too-large',
    undefined,
    /at most 65536 bytes/,
  ],
  [
    'a body that unpacks to a megabyte',
    rooms,
    () => ({
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync(json({ title: 'x'.repeat(1_000_000) })),
    }),
    413,
    'too-large',
    undefined,
    /at most 65536 bytes/,
  ],
  [
    'an encoding that there is not',
    rooms,
    post('{}', { 'content-encoding': 'snappy' }),
    400,
    'invalid',
    undefined,
    /cannot be read/,
  ],
  [
    'a character set that there is not',
    rooms,
    post('{}', { 'content-type': 'application/json; charset=klingon' }),
    400,
    'invalid',
    undefined,
    /cannot be read/,
  ],
  [
    'a body that is not said to be JSON',
    rooms,
    post('{"title":"x"}', { 'content-type': 'text/plain' }),
    400,
    'invalid',
    'content-type',
    /^content-type is "text\/plain"; a body must be application\/json/,
  ],
  ['a list of all rooms', rooms, () => ({}), 404, 'not-found', undefined, /no GET \/rooms here/],
  [
    'a room to delete',
    () => `/api/rooms/${room.code}`,
    () => ({ method: 'DELETE' }),
    401,
    'unauthorized',
    undefined,
    /Authorization: Bearer/,
  ],
  ['a path that there is not', () => `/api/rooms/${room.code}/secrets`, asHost, 404, 'not-found', undefined, /no GET/],
  ['a path that cannot be read', () => '/api/rooms/%E0%A4%A', () => ({}), 400, 'invalid', undefined, /cannot be read/],
  ['an unknown room', () => '/api/rooms/ZZZZZZ', () => ({}), 404, 'room-not-found', 'code', /no room "ZZZZZZ"/],
  [
    'a code of 2,000 letters',
    () => `/api/rooms/${'A'.repeat(2000)}`,
    () => ({}),
    404,
    'room-not-found',
    'code',
    /no room "A+\.\.\./,
  ],
  ['nobody', stateRoute, () => ({}), 401, 'unauthorized', undefined, /Authorization: Bearer/],
  [
    'a password',
    stateRoute,
    () => ({ headers: { authorization: 'Basic eDp5' } }),
    401,
    'unauthorized',
    undefined,
    /Bearer/,
  ],
  ['an empty bearer', stateRoute, bearing(() => ''), 401, 'unauthorized', undefined, /Bearer/],
  ['a wrong bearer', stateRoute, bearing(() => 'guess'), 401, 'unauthorized', undefined, /belongs to nobody/],
  ['a bearer of 5,000 letters', stateRoute, bearing(() => 'x'.repeat(5000)), 401, 'unauthorized', undefined, /Bearer/],
  ['another room’s token', stateRoute, bearing(() => otherToken), 401, 'unauthorized', undefined, /belongs to nobody/],
  [
    'another room’s host key',
    stateRoute,
    bearing(() => other.hostKey),
    401,
    'unauthorized',
    undefined,
    /belongs to nobody/,
  ],
  ['measurements for nobody', measurements(''), () => ({}), 401, 'unauthorized', undefined, /Bearer/],
  ['an unknown run', measurements('', 'run-2'), asHost, 404, 'not-found', 'run', /no run "run-2"/],
  ['the run __proto__', measurements('', '__proto__'), asHost, 404, 'not-found', 'run', /no run "__proto__"/],
  ['an unknown format', measurements('?format=xml'), asHost, 400, 'invalid', 'format', /^format is "xml"/],
  ['steps from -1', measurements('?from=-1'), asHost, 400, 'invalid', 'from', /whole number from 0/],
  ['steps from 1.5', measurements('?from=1.5'), asHost, 400, 'invalid', 'from', /whole number/],
  ['steps to NaN', measurements('?to=NaN'), asHost, 400, 'invalid', 'to', /whole number/],
  ['steps to Infinity', measurements('?to=Infinity'), asHost, 400, 'invalid', 'to', /whole number/],
  ['steps to 1e999', measurements('?to=1e999'), asHost, 400, 'invalid', 'to', /whole number/],
  ['two beginnings', measurements('?from=1&from=2'), asHost, 400, 'invalid', 'from', /^from is \["1","2"\]/],
  ['an unknown metric', measurements('?metric=speed,beauty'), asHost, 400, 'invalid', 'metric', /"beauty"; it must be/],
  [
    'a metric that objects inherit',
    measurements('?metric=constructor'),
    asHost,
    400,
    'invalid',
    'metric',
    /"constructor"/,
  ],
  ['3 points', measurements('?metric=cost&points=3'), asHost, 400, 'invalid', 'points', /4 to 2000/],
  ['2,001 points', measurements('?metric=cost&points=2001'), asHost, 400, 'invalid', 'points', /4 to 2000/],
  ['an unknown query', measurements('?steps=3'), asHost, 400, 'invalid', 'steps', /"steps" is not a known/],
  ['a query __proto__', measurements('?__proto__=3'), asHost, 400, 'invalid', '__proto__', /__proto__.*not a known/],
];

test.each(requests)(
  '[F5] a request is refused and changes nothing: %s',
  async (_what, path, init, status, code, where, message) => {
    await expectRefusal(
      async () => {
        const response = await fetch(lab.url + path(), init());
        expect(response.status).toBe(status);
        const body = (await response.json()) as { error: Refusal };
        expect(Object.keys(body)).toEqual(['error']);
        return body.error;
      },
      code,
      where,
      message,
    );
  },
);

test('[F5] what is not the protocol at all closes the connection and changes nothing', async () => {
  const before = await standing();
  const auth = json({ protocol: 1, code: room.code, token });
  for (const packet of ['9', '42["command"', '42{"not":"a list"}', `420["command","${'x'.repeat(70_000)}"]`]) {
    const { socket, refusal } = await RawSocket.connect(lab.url, auth);
    expect(refusal).toBeNull();
    socket.text(packet);
    await socket.closed;
  }
  await expect(RawSocket.connect(lab.url, '[]')).rejects.toThrow('closed');
  expect(await standing()).toBe(before);
});

test('[F5] a command or a resume without a usable ack, and events that nobody knows, harm nobody', async () => {
  const before = await standing();
  const { socket } = await RawSocket.connect(lab.url, json({ protocol: 1, code: room.code, token }));
  for (const packet of [
    '42["command"]',
    '42["command",null]',
    '42["resume",{"log":5}]',
    '42["clock"]',
    '42["welcome",{}]',
    '42["__proto__",{}]',
  ]) {
    socket.text(packet);
  }
  // Packets are heard in order, so this answer comes after all of them.
  expect(await socket.emit('clock', '"noon"')).toEqual({ t: null, at: expect.any(Number) });
  expect(await socket.emit('resume', '{"log":5,"seq":1}')).toMatchObject({
    ok: false,
    error: { code: 'invalid', path: 'log' },
  });
  socket.close();
  expect(await standing()).toBe(before);
});

test('[F5] a malformed command does not harm those that wait beside it', async () => {
  const [one, two] = senders.student;
  if (one === undefined || two === undefined) throw new Error('no students');
  const pins = Array.from({ length: 3 }, (_, n) =>
    one.command(`{"id":"beside-${n}","type":"pin","data":{"run":"run-1","step":1,"text":"x"}}`),
  );
  const bad = two.command(change(`{"hidden":${nested(20_000)}}`));
  expect((await bad).ok).toBe(false);
  expect((await Promise.all(pins)).map((ack) => ack.ok)).toEqual([true, true, true]);
});

test('at least 60 kinds of malformed input are refused', () => {
  process.stdout.write(`${refusals} malformed inputs refused, each with its code, path and sentence\n`);
  expect(refusals).toBeGreaterThanOrEqual(60);
});
