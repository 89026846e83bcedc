/** Messages that no client library sends, over connections that are open: each has to be answered with a code, or the connection cut. */
import { WebSocket } from 'ws';
import type { Outcome, Target } from './hostile-http.ts';

/** What is sent: packets as text or bytes, after whoever sends them has come in, or instead of coming in. */
export type SocketKind = {
  readonly what: string;
  readonly inside: boolean;
  readonly packets: (n: number) => readonly (string | Buffer)[];
};

const marks = '\u0301'.repeat(10_000);
const json = JSON.stringify;
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
/** An event that asks for an answer. */
const asking = (what: string, event: string, payload: (n: number) => string): SocketKind => ({
  what,
  inside: true,
  packets: (n) => [`42${n}["${event}",${payload(n)}]`],
});
const command = (what: string, data: string, type = 'propose'): SocketKind =>
  asking(what, 'command', (n) => `{"id":"hostile-${n}","type":${json(type)},"data":${data}}`);
/** Something that may be passed over once, and not for ever. */
const often = (what: string, packet: string | Buffer, inside = true): SocketKind => ({
  what,
  inside,
  packets: () => Array.from({ length: 40 }, () => packet),
});
const once = (what: string, packet: string | Buffer, inside = true): SocketKind => ({
  what,
  inside,
  packets: () => [packet],
});

export const socketKinds: readonly SocketKind[] = [
  // commands
  asking('no command', 'command', () => 'null'),
  asking('a number', 'command', (n) => String(n)),
  asking('a list', 'command', () => '[[[]]]'),
  asking('15,000 lists in each other', 'command', () => nested(15_000)),
  asking('nothing at all', 'command', () => '{}'),
  asking('an id of 60,000 letters', 'command', () => json({ id: 'x'.repeat(60_000), type: 'leave', data: {} })),
  asking('an id that is an object', 'command', () => '{"id":{"toString":1},"type":"leave","data":{}}'),
  asking(
    'an own key __proto__',
    'command',
    (n) => `{"id":"h${n}","type":"propose","data":{"change":{"__proto__":{"seed":2}}}}`,
  ),
  asking(
    'a key __proto__ beside',
    'command',
    (n) => `{"id":"h${n}","type":"leave","data":{},"__proto__":{"role":"host"}}`,
  ),
  command('the type __proto__', '{}', '__proto__'),
  command('the type constructor', '{}', 'constructor'),
  command('the type toString', '{}', 'toString'),
  command('a type of somebody else', '{}', 'end'),
  command('constructor and prototype', '{"constructor":{"prototype":{"isHost":true}}}'),
  command('a change that is deep', `{"change":{"hidden":${nested(10_000)}}}`),
  command('a change of 60,000 bytes', `{"change":{"activation":"${'x'.repeat(60_000)}"}}`),
  command('10,000 layers', `{"change":{"hidden":[${Array.from({ length: 10_000 }, () => 1).join()}]}}`),
  command('a layer of 10^300 units', '{"change":{"hidden":[1e300]}}'),
  command('a number beyond every number', '{"change":{"hidden":[1e999]}}'),
  command('NaN as text', '{"change":{"optimizer":{"learningRate":"NaN"}}}'),
  command('half a pair', '{"change":{},"reason":"\\ud83d"}'),
  command('zero bytes in a text', '{"change":{},"reason":"\\u0000\\u0000"}'),
  command('a text under ten thousand marks', json({ change: { seed: 5 }, reason: `a${marks}` })),
  command('a network that is too large', '{"change":{"hidden":[1024,1024,1024,1024,1024,1024,1024,1024,1024,1024]}}'),
  command(
    'a training that is too long',
    '{"change":{"dataset":{"name":"mnist","train":50000},"hidden":[1024,1024],"epochs":10000,"batchSize":1}}',
  ),
  command('an object that names a placeholder', '{"change":{"_placeholder":true,"num":0}}'),
  command('a run that objects inherit', '{"run":"__proto__","step":0,"text":"x"}', 'pin'),
  command('a proposal that objects inherit', '{"proposal":"constructor"}', 'vote'),
  // other events
  asking('to resume nothing', 'resume', () => 'null'),
  asking('to resume from below zero', 'resume', () => '{"log":"x","seq":-1}'),
  asking('to resume a log of 10,000 letters', 'resume', () => json({ log: 'x'.repeat(10_000), seq: 0 })),
  asking('the time of an object', 'clock', () => '{"valueOf":1}'),
  asking('an event that there is not', 'become-host', () => '{}'),
  asking('an event that objects inherit', '__proto__', () => '{}'),
  often('events that there are not, without an answer', '42["become-host",{}]'),
  // These are passed over without a word, and what is asked behind them is answered.
  {
    what: 'pointers that are none',
    inside: true,
    packets: (n) => [
      '42["point",{"run":5}]',
      '42["react",[]]',
      '42["chain",5]',
      '42["attention",{}]',
      `42${n}["clock",1]`,
    ],
  },
  once('an event of the library', '42["connect",{}]'),
  once('the end of the connection, forged', '42["disconnect","x"]'),
  // packets of socket.io
  once('a packet of a type that there is not', '49["x"]'),
  once('an event without a name', '42[]'),
  once('an event that is no list', '42{"command":1}'),
  once('an event whose name is an object', '42[{"toString":1}]'),
  once('an event whose name is a list', '42[["command"],{}]'),
  once('half a JSON', '42["command",{"id":'),
  often('events with nothing behind them', '42'),
  once('an attachment that never comes', '451-["command",{"_placeholder":true,"num":0}]'),
  once('a billion attachments', '45999999999-["command",{}]'),
  once('attachments below zero', '45-1-["command",{}]'),
  once('attachments without a number', '45["command"]'),
  once('an attachment that nobody announced', Buffer.from([1, 2, 3, 4])),
  once('60,000 bytes that nobody announced', Buffer.alloc(60_000, 7)),
  once('a namespace that there is not', '40/admin,{}'),
  once('an event in a namespace that there is not', '42/admin,["command",{}]'),
  often('answers to questions that nobody asked', '43123["x"]'),
  once('a second coming', '40{"protocol":1,"code":"ZZZZZZ","name":"Twice"}'),
  once('an error, forged', '44{"message":"x"}'),
  // frames of engine.io
  often('openings of a session, forged', '0{"sid":"x","upgrades":[]}'),
  once('a ping in the wrong direction', '2'),
  once('a probe', '2probe'),
  often('upgrades without a probe', '5'),
  once('a frame of a type that there is not', '9'),
  once('an empty frame', ''),
  once('base64 that is none', 'b####'),
  once('70,000 bytes', `42["command","${'x'.repeat(70_000)}"]`),
  // coming in
  once('a packet before coming in', '42["command",{}]', false),
  once('bytes before coming in', Buffer.from([9, 9, 9]), false),
  once('nobody', '40', false),
  once('a name that is a list', '40{"protocol":1,"code":"ABCDEF","name":["x"]}', false),
  once('a code that is an object', '40{"protocol":1,"code":{"$ne":1},"name":"x"}', false),
  once('another protocol', '40{"protocol":2,"code":"ABCDEF","name":"x"}', false),
  once('a guess at a token', '40{"protocol":1,"code":"ABCDEF","token":"guess"}', false),
  once('a guess at a host key', '40{"protocol":1,"code":"ABCDEF","hostKey":"guess"}', false),
  once('a role that one gives oneself', '40{"protocol":1,"code":"ABCDEF","name":"x","role":"host"}', false),
  once('a name of 50,000 letters', `40{"protocol":1,"code":"ABCDEF","name":"${'x'.repeat(50_000)}"}`, false),
];

/** Opens a connection, comes in where the kind needs it, sends, and waits for a code or for the end. */
export async function strikeSocket(target: Target, kind: SocketKind, n: number, patience: number): Promise<Outcome> {
  const socket = new WebSocket(`ws://127.0.0.1:${target.port}/socket.io/?EIO=4&transport=websocket`);
  return new Promise((resolve) => {
    let isIn = !kind.inside;
    const end = (outcome: Outcome): void => {
      clearTimeout(timer);
      socket.terminate();
      resolve(outcome);
    };
    const timer = setTimeout(() => end({ kind: 'nothing' }), patience);
    const strike = (): void => {
      for (const packet of kind.packets(n)) socket.send(packet);
    };
    socket.on('message', (data) => {
      const text = Buffer.isBuffer(data) ? data.toString() : '';
      if (text === '2') return socket.send('3');
      if (text.startsWith('0'))
        return kind.inside
          ? socket.send(`40${json({ protocol: 1, code: target.code, token: target.token })}`)
          : strike();
      if (!isIn && text.startsWith('42["welcome"')) {
        isIn = true;
        return strike();
      }
      const refusal = /"code":"(?<code>[a-z-]+)","message":"/.exec(text)?.groups?.['code'];
      const isAnswer = isIn && (text.startsWith('43') || text.startsWith('44'));
      if (isAnswer) end({ kind: 'answered', with: refusal ?? 'accepted' });
    });
    socket.on('error', () => end({ kind: 'cut' }));
    socket.on('close', () => end({ kind: 'cut' }));
  });
}
