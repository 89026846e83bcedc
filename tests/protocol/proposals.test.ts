/** Proposals: what they are laid over, what becomes of them, how many there may be. */
import { describe, expect, test } from 'vitest';
import { small, TestRoom } from './room.ts';

function classroom() {
  const room = new TestRoom();
  return { room, host: room.join('host'), ada: room.join('student', 'Ada'), bob: room.join('student', 'Bob') };
}

describe('A proposal', () => {
  test('[P1] without a base is laid over the first configuration of the room', () => {
    const { room, ada } = classroom();
    expect(room.do(ada, 'propose', { change: { hidden: [7] }, reason: ' why\u202e  not ' })).toEqual({
      proposal: 'proposal-1',
    });
    expect(room.state.proposals['proposal-1']).toEqual({
      id: 'proposal-1',
      author: ada,
      at: room.now,
      base: null,
      configuration: { ...room.state.base, hidden: [7] },
      fork: null,
      reason: 'why not',
      standing: { kind: 'open' },
      backers: [ada],
      comments: [],
      split: null,
    });
  });

  test('[P1] with a base is laid over that run', () => {
    const { room, host, ada } = classroom();
    const run = room.start(host, 10, { ...small, activation: 'tanh' });
    room.do(ada, 'propose', { base: run, change: { hidden: [7] } });
    expect(room.state.proposals['proposal-1']).toMatchObject({
      base: run,
      configuration: { activation: 'tanh', hidden: [7] },
    });
    expect(room.refused(ada, 'propose', { base: 'run-2', change: { hidden: [7] } })).toMatchObject({
      code: 'not-found',
      path: 'data.base',
    });
  });

  test('[P1] for another scheme takes that scheme’s own default of what it does not name', () => {
    const { room, ada } = classroom();
    room.do(ada, 'propose', { change: { initialization: { scheme: 'xavier-normal' } } });
    expect(room.state.proposals['proposal-1']?.configuration.initialization).toEqual({
      scheme: 'xavier-normal',
      gain: 1,
      biasStd: 0,
    });
  });

  test.each([
    [{ hidden: [0] }, 'invalid', 'data.change.hidden.0'],
    [{ normalization: 'batch', batchSize: 1 }, 'invalid', 'data.change.batchSize'],
    [{ hidden: Array(9).fill(1024) }, 'too-expensive', 'data.change.hidden'],
    [{}, 'invalid', 'data.change'],
    [{ seed: 1, hidden: [4, 3] }, 'invalid', 'data.change'],
    [null, 'invalid', 'data.change'],
  ])('[P2] of %j is %s', (change, code, path) => {
    const { room, ada } = classroom();
    expect(room.refused(ada, 'propose', { change })).toMatchObject({ code, path });
  });

  test('[P3] is withdrawn by its author only', () => {
    const { room, host, ada, bob } = classroom();
    room.do(ada, 'propose', { change: { seed: 2 } });
    for (const other of [bob, host]) {
      expect(room.refused(other, 'withdraw', { proposal: 'proposal-1' })).toMatchObject({
        code: 'unauthorized',
        path: 'data.proposal',
      });
    }
    room.do(ada, 'withdraw', { proposal: 'proposal-1' });
    expect(room.state.proposals['proposal-1']?.standing).toEqual({ kind: 'withdrawn' });
  });

  test('[P3] is accepted or rejected by a host', () => {
    const { room, host, ada } = classroom();
    room.do(ada, 'propose', { change: { seed: 2 } });
    room.do(host, 'propose', { change: { seed: 3 } });
    room.do(host, 'accept', { proposal: 'proposal-1' });
    room.do(host, 'reject', { proposal: 'proposal-2', reason: 'later' });
    expect(room.state.proposals['proposal-1']?.standing).toEqual({ kind: 'accepted', by: host });
    expect(room.state.proposals['proposal-2']?.standing).toEqual({ kind: 'rejected', by: host, reason: 'later' });
  });

  test.each(['withdraw', 'accept', 'reject'] as const)(
    '[P3] that is no longer open cannot change: after %s everything is a conflict',
    (first) => {
      const { room, host, ada } = classroom();
      room.do(ada, 'propose', { change: { seed: 2 } });
      const proposal = 'proposal-1';
      room.do(first === 'withdraw' ? ada : host, first, { proposal });
      expect(room.refused(ada, 'withdraw', { proposal }).code).toBe('conflict');
      expect(room.refused(host, 'accept', { proposal }).code).toBe('conflict');
      expect(room.refused(host, 'reject', { proposal }).code).toBe('conflict');
    },
  );

  test('[P4] may be open as often as the board allows a student, and without limit for a host', () => {
    const { room, host, ada, bob } = classroom();
    room.do(host, 'set-board', { openEach: 5 });
    const propose = (seed: number) => ({ change: { seed: seed + 10 } });
    for (let n = 1; n <= 5; n++) room.do(ada, 'propose', propose(n));
    expect(room.refused(ada, 'propose', propose(6))).toMatchObject({
      code: 'limit-reached',
      message: expect.stringMatching(/5 open proposals.*limit is 5/),
    });
    room.do(bob, 'propose', propose(9));
    room.do(ada, 'withdraw', { proposal: 'proposal-2' });
    room.do(ada, 'propose', propose(7));
    room.do(host, 'reject', { proposal: 'proposal-1' });
    room.do(ada, 'propose', propose(8));
    for (let n = 11; n <= 16; n++) room.do(host, 'propose', propose(n));
    expect(Object.keys(room.state.proposals)).toHaveLength(14);
  });

  test('[P4] is the last one when the room has 2,000', () => {
    const { room, host } = classroom();
    room.do(host, 'propose', { change: { seed: 2 } });
    const [first] = Object.values(room.state.proposals);
    if (first === undefined) throw new Error('no proposal');
    const many = Object.fromEntries(Array.from({ length: 1999 }, (_, n) => [`proposal-${n + 1}`, first]));
    room.state = { ...room.state, proposals: many };
    expect(room.do(host, 'propose', { change: { seed: 3 } })).toEqual({ proposal: 'proposal-2000' });
    expect(room.refused(host, 'propose', { change: { seed: 4 } })).toMatchObject({
      code: 'limit-reached',
      message: expect.stringMatching(/2000/),
    });
  });

  test('[P5] starts nothing when it is accepted, and starts as often as wanted afterwards', () => {
    const { room, host, ada } = classroom();
    room.do(ada, 'propose', { change: { seed: 2 } });
    const proposal = 'proposal-1';
    expect(room.refused(host, 'start', { proposal })).toMatchObject({ code: 'conflict', path: 'data.proposal' });
    room.do(host, 'accept', { proposal });
    expect(room.state.runs).toEqual({});
    expect(room.do(host, 'start', { proposal })).toEqual({ run: 'run-1' });
    expect(room.do(host, 'start', { proposal })).toEqual({ run: 'run-2' });
    expect(room.state.runs['run-2']).toMatchObject({ proposal, configuration: { seed: 2 }, author: host });
    room.do(ada, 'propose', { change: { seed: 3 } });
    room.do(ada, 'withdraw', { proposal: 'proposal-2' });
    expect(room.refused(host, 'start', { proposal: 'proposal-2' }).code).toBe('conflict');
  });

  test('[P6] of a fork goes on from a step of its base once it is accepted and started', () => {
    const { room, host, ada } = classroom();
    const run = room.start(host, 8);
    const change = { optimizer: { learningRate: 0.7 } };
    room.do(ada, 'propose', { base: run, fork: 3, change });
    const proposal = 'proposal-1';
    expect(room.state.proposals[proposal]).toMatchObject({
      base: run,
      fork: 3,
      configuration: { optimizer: { name: 'sgd', learningRate: 0.7 } },
    });
    room.do(host, 'accept', { proposal });
    expect(room.do(host, 'start', { proposal })).toEqual({ run: 'run-2' });
    expect(room.state.runs['run-2']).toMatchObject({
      origin: { run, step: 3 },
      proposal,
      configuration: { optimizer: { learningRate: 0.7 } },
    });
    expect(room.playhead).toMatchObject({ run: 'run-2', step: 3 });
  });

  test.each([
    ['without a run to go on with', { fork: 3, change: { epochs: 9 } }, 'invalid', 'data.fork'],
    ['beyond what is trained', { base: 'run-1', fork: 9, change: { epochs: 9 } }, 'conflict', 'data.fork'],
    ['after its own last step', { base: 'run-1', fork: 8, change: { epochs: 2 } }, 'invalid', 'data.fork'],
    ['with another network', { base: 'run-1', fork: 3, change: { hidden: [7] } }, 'invalid', 'data.change.hidden'],
    ['that changes nothing', { base: 'run-1', fork: 3, change: {} }, 'invalid', 'data.change'],
  ])('[P6] of a fork %s is refused at once', (_what, data, code, path) => {
    const { room, host, ada } = classroom();
    room.start(host, 8);
    expect(room.refused(ada, 'propose', data)).toMatchObject({ code, path });
  });

  test('[P6] of a fork that its engine can no longer train is refused when it is started', () => {
    const { room, host, ada } = classroom();
    const run = room.start(host, 8);
    room.do(ada, 'propose', { base: run, fork: 3, change: { epochs: 9 } });
    room.do(host, 'accept', { proposal: 'proposal-1' });
    room.forksTrainable = false;
    expect(room.refused(host, 'start', { proposal: 'proposal-1' })).toMatchObject({
      code: 'invalid',
      path: 'data.proposal',
    });
    expect(room.refused(ada, 'propose', { base: run, fork: 3, change: { epochs: 8 } }).path).toBe('data.change');
  });

  test('[F3] folds from a log that knows nothing of forks yet', () => {
    const { room, ada } = classroom();
    room.do(ada, 'propose', { change: { seed: 2 } });
    expect(room.log.at(-1)?.data).not.toHaveProperty('fork');
    expect(room.state.proposals['proposal-1']?.fork).toBe(null);
  });
});
