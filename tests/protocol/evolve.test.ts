/** The fold: pure, the same for everybody, and impossible to fool with names that objects inherit. */
import { describe, expect, test } from 'vitest';
import type { NumberedEvent } from '../../shared/protocol/events.ts';
import { evolve } from '../../shared/protocol/evolve.ts';
import { type RoomState, lookUp } from '../../shared/protocol/state.ts';
import { uniform } from '../../shared/core/random.ts';
import { frozen, small, TestRoom } from './room.ts';

const policies = [{ kind: 'host' }, { kind: 'votes', votes: 2, start: true }, { kind: 'everybody' }] as const;

/** A room in which a seed decides what happens; every state, command and event is frozen on the way. */
function lived(seed: number, length: number): TestRoom {
  let drawn = 0;
  const draw = (below: number) => Math.floor(below * uniform({ seed, purpose: 'data', index: 0 }, drawn++));
  const room = new TestRoom();
  const people = [room.join('host'), room.join('student', 'Ada'), room.join('student', 'Bob'), room.join('screen')];
  /** One of the newest of its kind, or one that is not there. */
  const any = (kind: 'run' | 'proposal' | 'pin' | 'poll' | 'question' | 'sweep') =>
    `${kind}-${Object.keys(room.state[`${kind}s`]).length + 1 - draw(4)}`;
  const commands: (() => readonly [string, object])[] = [
    () => [
      'propose',
      { change: { seed: draw(4), hidden: [1 + draw(3)] }, ...(draw(3) === 0 ? { base: any('run') } : {}) },
    ],
    () => ['withdraw', { proposal: any('proposal') }],
    () => ['accept', { proposal: any('proposal') }],
    () => ['reject', { proposal: any('proposal'), reason: 'no' }],
    () => ['start', draw(2) === 0 ? { proposal: any('proposal') } : { configuration: { ...small, seed: draw(9) } }],
    () => ['stop', { run: any('run') }],
    () => ['fork', { run: any('run'), step: draw(12), change: { optimizer: { learningRate: draw(3) } } }],
    () => ['pause', draw(2) === 0 ? {} : { step: draw(12) }],
    () => ['resume', {}],
    () => ['step', {}],
    () => ['speed', { showTime: ([5, 20, 60, 'live'] as const)[draw(4)] }],
    () => ['seek', { step: draw(12), run: any('run') }],
    () => ['vote', { proposal: any('proposal'), for: draw(3) > 0 }],
    () => ['comment', { proposal: any('proposal'), text: `${draw(99)}` }],
    () => ['hide-comment', { proposal: any('proposal'), comment: 'comment-1', hidden: draw(2) === 0 }],
    () => ['set-board', { policy: policies[draw(3)], openEach: 3, frozen: draw(4) === 0 }],
    () => ['start-batch', { proposals: [any('proposal'), any('proposal')] }],
    () => ['sweep', { field: 'seed', values: [1, 2, 3], to: (['each', 'teams', 'nobody'] as const)[draw(3)] }],
    () => ['hand-out', { sweep: any('sweep') }],
    () => ['end-sweep', { sweep: any('sweep') }],
    () => ['pin', { run: any('run'), step: draw(12), text: `${draw(99)}` }],
    () => ['unpin', { pin: any('pin') }],
    () => ['open-poll', { question: 'Which?', kind: 'choice', options: ['one', 'other'] }],
    () => ['answer-poll', { poll: any('poll'), answer: { options: [draw(2)] } }],
    () => ['close-poll', { poll: any('poll') }],
    () => ['poll-again', { poll: any('poll') }],
    () => ['reveal-poll', { poll: any('poll') }],
    () => ['ask', { text: `${draw(99)}?` }],
    () => ['want-answer', { question: any('question'), wanted: draw(2) === 0 }],
    () => ['hide-question', { question: any('question'), hidden: draw(2) === 0 }],
    () => ['show-view', { view: `zoom=0_${draw(99)}` }],
    () => ['spotlight', { person: draw(2) === 0 ? null : (people[1] ?? '') }],
  ];
  for (let n = 0; n < length; n++) {
    room.now += draw(400);
    const person = people[draw(people.length)] ?? '';
    if (draw(25) === 0 && person !== people[0]) room.decide(person, 'leave');
    else if (draw(5) === 0) room.serve({ type: 'return', data: { person } });
    else if (draw(8) === 0)
      room.serve({ type: 'end-run', data: { run: any('run'), end: { kind: 'stopped', step: draw(10), digest: 'd' } } });
    else if (draw(9) === 0)
      room.serve({ type: 'take-points', data: { sweep: any('sweep'), points: [[draw(3), 1.5, 0.5]] } });
    else room.decide(person, ...(commands[draw(commands.length)]?.() ?? ['resume', {}]));
    for (const id of Object.keys(room.state.runs)) room.fronts[id] = Math.min(10, (room.fronts[id] ?? -1) + draw(3));
  }
  return room;
}

describe('The fold', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    '[F3] changes nothing that it is given and comes to the same state again, seed %i',
    (seed) => {
      const room = lived(seed, 1200);
      // Most kinds of events have happened, or this test would say little.
      expect(new Set(room.types).size).toBeGreaterThanOrEqual(16);
      const overTheWire = JSON.parse(JSON.stringify(room.log)) as NumberedEvent[];
      const folded = overTheWire.reduce<RoomState | null>((state, event) => frozen(evolve(state, frozen(event))), null);
      expect(folded).toEqual(room.state);
      expect(JSON.stringify(folded)).toBe(JSON.stringify(room.state));
      expect(room.log.map((event) => event.seq)).toEqual(room.log.map((_, index) => index + 1));
    },
  );

  test('[F3] goes on from a snapshot that was sent as JSON as it would have without', () => {
    const room = lived(9, 300);
    const half = Math.floor(room.log.length / 2);
    const first = room.log.slice(0, half).reduce<RoomState | null>(evolve, null);
    const snapshot = JSON.parse(JSON.stringify(first)) as RoomState;
    expect(room.log.slice(half).reduce<RoomState>(evolve, snapshot)).toEqual(room.state);
  });

  test('[F5] is not reached by what is refused', () => {
    const room = new TestRoom();
    const host = room.join('host');
    const { state } = room;
    const { length } = room.log;
    for (const [type, data] of [
      ['start', {}],
      ['stop', { run: 'x' }],
      ['pin', {}],
      ['accept', { proposal: 'x' }],
    ] as const) {
      room.refused(host, type, data);
    }
    expect(room.state).toBe(state);
    expect(room.log).toHaveLength(length);
  });

  test('[F1] begins with room-created and with nothing else', () => {
    const event: NumberedEvent = { seq: 1, at: 0, by: 'server', type: 'person-left', data: { person: 'person-1' } };
    expect(() => evolve(null, event)).toThrow('event 1 (person-left) before room-created');
  });

  test('stops at an event that names what the room does not have', () => {
    const { state } = new TestRoom();
    const event: NumberedEvent = { seq: 2, at: 0, by: 'server', type: 'person-left', data: { person: 'person-7' } };
    expect(() => evolve(state, event)).toThrow('names person-7');
  });
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  'a look-up never finds the inherited %s',
  (id) => {
    expect(lookUp({ a: 1 }, id)).toBeUndefined();
  },
);
