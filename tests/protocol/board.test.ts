/** The board: ballots, comments, what follows from the policy, quotas, locks, teams, batches. */
import { describe, expect, test } from 'vitest';
import { byTeams, byVotes, votesFor } from '../../shared/protocol/board.ts';
import { small, TestRoom } from './room.ts';

function classroom() {
  const room = new TestRoom();
  const [host, ada, bob, cem] = [room.join('host'), ...['Ada', 'Bob', 'Cem'].map((name) => room.join('student', name))];
  return { room, host: host ?? '', ada: ada ?? '', bob: bob ?? '', cem: cem ?? '' };
}

const of = (room: TestRoom, id: string) => {
  const proposal = room.state.proposals[id];
  if (proposal === undefined) throw new Error(`no ${id}`);
  return proposal;
};

describe('A ballot', () => {
  test('[P7] is one a person, can be taken back, and is counted from who is for it', () => {
    const { room, host, ada, bob } = classroom();
    room.do(ada, 'propose', { change: { seed: 2 } });
    const proposal = 'proposal-1';
    expect(of(room, proposal).backers).toEqual([ada]);
    for (const person of [bob, bob, host]) room.do(person, 'vote', { proposal });
    expect(votesFor(of(room, proposal))).toBe(3);
    room.do(bob, 'vote', { proposal, for: false });
    room.do(ada, 'vote', { proposal, for: false });
    expect(of(room, proposal).backers).toEqual([host]);
    expect(room.types.filter((type) => type === 'vote-cast')).toHaveLength(4);
  });

  test('[P7] is for an open or accepted proposal', () => {
    const { room, host, ada, bob } = classroom();
    const proposal = 'proposal-1';
    expect(room.refused(bob, 'vote', { proposal }).code).toBe('not-found');
    room.do(ada, 'propose', { change: { seed: 2 } });
    room.do(host, 'accept', { proposal });
    room.do(bob, 'vote', { proposal });
    room.do(ada, 'propose', { change: { seed: 3 } });
    room.do(host, 'reject', { proposal: 'proposal-2' });
    expect(room.refused(bob, 'vote', { proposal: 'proposal-2' })).toMatchObject({
      code: 'conflict',
      path: 'data.proposal',
    });
  });

  test('[P7] orders the board, most first and of as many the older one', () => {
    const { room, host, ada, bob, cem } = classroom();
    for (const [n, person] of [ada, bob, cem].entries()) {
      room.now += 1;
      room.do(person, 'propose', { change: { seed: n + 2 } });
    }
    room.do(host, 'vote', { proposal: 'proposal-3' });
    expect(byVotes(Object.values(room.state.proposals)).map(({ id }) => id)).toEqual([
      'proposal-3',
      'proposal-1',
      'proposal-2',
    ]);
  });

  test('[P8] is what an identical proposal becomes, with its reason under it and outside of quotas', () => {
    const { room, ada, bob } = classroom();
    room.do(ada, 'propose', { change: { hidden: [7] }, reason: 'shorter' });
    room.do(bob, 'propose', { change: { seed: 9 } });
    expect(room.do(bob, 'propose', { change: { hidden: [7] }, reason: 'me too' })).toEqual({
      proposal: 'proposal-1',
      vote: 'for',
    });
    expect(Object.keys(room.state.proposals)).toHaveLength(2);
    expect(of(room, 'proposal-1')).toMatchObject({ backers: [ada, bob], comments: [{ author: bob, text: 'me too' }] });
    const { length } = room.log;
    room.do(ada, 'propose', { change: { hidden: [7] } });
    expect(room.log).toHaveLength(length);
  });

  test('[P8] is not what another difference becomes, though it leads to the same run', () => {
    const { room, host, ada, bob } = classroom();
    const run = room.start(host, 8);
    room.do(ada, 'propose', { base: run, change: { epochs: 9 } });
    expect(room.do(bob, 'propose', { base: run, fork: 3, change: { epochs: 9 } })).toEqual({ proposal: 'proposal-2' });
    room.do(bob, 'withdraw', { proposal: 'proposal-2' });
    const other = room.start(host, 8, { ...small, epochs: 8 });
    expect(room.do(bob, 'propose', { base: other, change: { epochs: 9 } })).toEqual({ proposal: 'proposal-3' });
  });
});

describe('A comment', () => {
  test('[P7] has 1 to 280 characters and is numbered', () => {
    const { room, ada, bob } = classroom();
    room.do(ada, 'propose', { change: { seed: 2 } });
    const proposal = 'proposal-1';
    expect(room.do(bob, 'comment', { proposal, text: ' why‮ not? ' })).toEqual({ comment: 'comment-1' });
    expect(room.do(ada, 'comment', { proposal, text: '是'.repeat(280) })).toEqual({ comment: 'comment-2' });
    expect(of(room, proposal).comments[0]).toEqual({
      id: 'comment-1',
      author: bob,
      at: room.now,
      text: 'why not?',
      hidden: false,
    });
    for (const text of ['', ' ', '是'.repeat(281)]) {
      expect(room.refused(bob, 'comment', { proposal, text })).toMatchObject({ code: 'invalid', path: 'data.text' });
    }
  });

  test('[P7] is hidden and shown again by a host', () => {
    const { room, host, ada, bob } = classroom();
    room.do(ada, 'propose', { change: { seed: 2 } });
    const proposal = 'proposal-1';
    room.do(bob, 'comment', { proposal, text: 'rude' });
    const hide = { proposal, comment: 'comment-1' };
    room.do(host, 'hide-comment', hide);
    expect(of(room, proposal).comments).toMatchObject([{ hidden: true }]);
    room.do(host, 'hide-comment', { ...hide, hidden: false });
    expect(of(room, proposal).comments).toMatchObject([{ hidden: false }]);
    expect(room.refused(host, 'hide-comment', { proposal, comment: 'comment-2' })).toMatchObject({
      code: 'not-found',
      path: 'data.comment',
    });
  });

  test('[P7] is refused when a proposal has 200', () => {
    const { room, ada } = classroom();
    room.do(ada, 'propose', { change: { seed: 2 } });
    const text = { proposal: 'proposal-1', text: 'x' };
    for (let n = 0; n < 200; n++) room.do(ada, 'comment', text);
    expect(room.refused(ada, 'comment', text).code).toBe('limit-reached');
  });

  test('[P7] is refused when a room has 5,000', () => {
    const { room, host } = classroom();
    for (let n = 0; n < 26; n++) room.do(host, 'propose', { change: { seed: n + 2 } });
    const said = of(room, 'proposal-1');
    const comments = Array.from({ length: 192 }, (_, n) => ({
      id: `comment-${n + 1}`,
      author: host,
      at: 0,
      text: 'x',
      hidden: false,
    }));
    const full = Object.keys(room.state.proposals).map((id) => [id, { ...said, id, comments }] as const);
    room.state = { ...room.state, proposals: { ...room.state.proposals, ...Object.fromEntries(full) } };
    for (let n = 0; n < 8; n++) room.do(host, 'comment', { proposal: `proposal-${n + 1}`, text: 'y' });
    expect(room.refused(host, 'comment', { proposal: 'proposal-26', text: 'z' })).toMatchObject({
      code: 'limit-reached',
      message: expect.stringMatching(/the room has 5000 comments/),
    });
  });
});

describe('A change of several things', () => {
  test('[P9] becomes one proposal a thing when it is to be split, which together count as one', () => {
    const { room, ada } = classroom();
    const change = { seed: 7, activation: 'tanh', epochs: 8 };
    expect(room.do(ada, 'propose', { change, split: true, reason: 'both' })).toEqual({
      proposal: 'proposal-1',
      proposals: 2,
    });
    const { base } = room.state;
    expect(Object.values(room.state.proposals)).toMatchObject([
      { split: null, reason: 'both', configuration: { ...base, activation: 'tanh', epochs: 8 } },
      { split: 'proposal-1', reason: 'both', configuration: { ...base, seed: 7, epochs: 8 } },
    ]);
    expect(room.refused(ada, 'propose', { change: { seed: 4 } }).code).toBe('limit-reached');
    for (const id of Object.keys(room.state.proposals)) room.do(ada, 'withdraw', { proposal: id });
    room.do(ada, 'propose', { change: { seed: 4 } });
  });

  test('[P9] is a proposal like any other where there is nothing to split', () => {
    const { room, ada } = classroom();
    expect(room.do(ada, 'propose', { change: { seed: 4, epochs: 7 }, split: true })).toEqual({
      proposal: 'proposal-1',
    });
    expect(of(room, 'proposal-1')).toMatchObject({ split: null, configuration: { seed: 4, epochs: 7 } });
  });

  test('[P9] is not split where a part is no valid configuration, and nothing has happened then', () => {
    const { room, ada } = classroom();
    const change = { normalization: 'batch', dataset: { train: 21 }, batchSize: 20 };
    expect(room.refused(ada, 'propose', { change, split: true })).toMatchObject({ code: 'invalid' });
  });
});

describe('The policy', () => {
  test('[B1] of so many votes accepts with the last of them', () => {
    const { room, host, ada, bob, cem } = classroom();
    room.do(host, 'set-board', { policy: { kind: 'votes', votes: 3 } });
    room.do(ada, 'propose', { change: { seed: 2 } });
    const proposal = 'proposal-1';
    room.do(bob, 'vote', { proposal });
    expect(of(room, proposal).standing).toEqual({ kind: 'open' });
    room.do(cem, 'vote', { proposal });
    expect(of(room, proposal).standing).toEqual({ kind: 'accepted', by: 'votes' });
    expect(room.state.runs).toEqual({});
    room.do(cem, 'vote', { proposal, for: false });
    expect(of(room, proposal).standing.kind).toBe('accepted');
  });

  test('[B1] of votes starts where it is so set, and the class goes on looking at what it looks at', () => {
    const { room, host, ada, bob, cem } = classroom();
    room.do(host, 'set-board', { policy: { kind: 'votes', votes: 2, start: true } });
    room.do(ada, 'propose', { change: { seed: 2 } });
    room.do(bob, 'propose', { change: { seed: 2 } });
    expect(room.state.runs['run-1']).toMatchObject({ author: ada, proposal: 'proposal-1' });
    expect(room.playhead.run).toBe('run-1');
    room.do(bob, 'propose', { change: { seed: 3 } });
    room.do(cem, 'vote', { proposal: 'proposal-2' });
    expect(room.state.runs['run-2']).toMatchObject({ author: bob });
    expect(room.playhead.run).toBe('run-1');
  });

  test('[B1] of votes accepts only where its author has had their share', () => {
    const { room, host, ada, bob } = classroom();
    room.do(host, 'set-board', { policy: { kind: 'votes', votes: 2, start: true }, runsEach: 1 });
    for (const seed of [2, 3]) {
      room.do(ada, 'propose', { change: { seed } });
      room.do(bob, 'propose', { change: { seed } });
    }
    expect(of(room, 'proposal-2').standing).toEqual({ kind: 'accepted', by: 'votes' });
    expect(Object.keys(room.state.runs)).toEqual(['run-1']);
  });

  test('[B2] that everybody runs starts a proposal at once, within quotas', () => {
    const { room, host, ada } = classroom();
    room.do(host, 'set-board', { policy: { kind: 'everybody' }, runsEach: 2 });
    expect(room.do(ada, 'propose', { change: { seed: 2 } })).toEqual({ proposal: 'proposal-1', run: 'run-1' });
    room.do(ada, 'propose', { change: { seed: 3 } });
    expect(of(room, 'proposal-2').standing).toEqual({ kind: 'accepted', by: 'everybody' });
    expect(room.refused(ada, 'propose', { change: { seed: 4 } })).toMatchObject({
      code: 'limit-reached',
      message: expect.stringMatching(/2 runs.*limit is 2/),
    });
    for (const seed of [4, 5, 6]) room.do(host, 'propose', { change: { seed } });
    expect(room.do(ada, 'propose', { change: { seed: 6 } })).toEqual({ proposal: 'proposal-5', vote: 'for' });
  });

  test('[B2] [B6] counts the seconds of all runs of a person', () => {
    const { room, host, ada, bob } = classroom();
    room.secondsOf = ({ seed }) => seed;
    room.do(host, 'set-board', { policy: { kind: 'everybody' }, secondsEach: 100 });
    room.do(ada, 'propose', { change: { seed: 60 } });
    expect(room.refused(ada, 'propose', { change: { seed: 41 } })).toMatchObject({
      code: 'too-expensive',
      message: expect.stringMatching(/41 s.*60 s.*limit is 100 s/),
    });
    room.do(ada, 'propose', { change: { seed: 40 } });
    room.do(bob, 'propose', { change: { seed: 41 } });
  });

  test('[B2] does not run again what a guess is on', () => {
    const { room, host, ada } = classroom();
    room.start(host, 8);
    room.do(host, 'start', { configuration: { ...small, seed: 5 }, guess: {} });
    room.do(host, 'set-board', { policy: { kind: 'everybody' } });
    expect(room.refused(ada, 'propose', { base: 'run-1', change: { seed: 5 } })).toMatchObject({ code: 'conflict' });
    room.do(ada, 'propose', { base: 'run-1', change: { seed: 6 } });
  });
});

describe('The settings', () => {
  test('[B3] can freeze proposing for students, who may still vote', () => {
    const { room, host, ada, bob } = classroom();
    room.do(ada, 'propose', { change: { seed: 2 } });
    room.do(host, 'set-board', { frozen: true });
    expect(room.refused(bob, 'propose', { change: { seed: 3 } }).code).toBe('conflict');
    room.do(bob, 'vote', { proposal: 'proposal-1' });
    room.do(host, 'propose', { change: { seed: 3 } });
    room.do(host, 'set-board', { frozen: false });
    room.do(bob, 'propose', { change: { seed: 4 } });
  });

  test('[B4] can lock fields, alone or by groups; students are told which', () => {
    const { room, host, ada } = classroom();
    room.do(host, 'set-board', { locked: ['optimizer', 'dataset.train'] });
    expect(room.refused(ada, 'propose', { change: { optimizer: { learningRate: 3 } } })).toMatchObject({
      code: 'forbidden',
      path: 'data.change.optimizer.learningRate',
      message: expect.stringMatching(/locked optimizer/),
    });
    expect(room.refused(ada, 'propose', { change: { dataset: { train: 5 } } }).path).toBe('data.change.dataset.train');
    room.do(host, 'propose', { change: { optimizer: { learningRate: 3 } } });
    room.do(ada, 'propose', { change: { seed: 2 } });
  });

  test.each([
    [{ locked: ['nothing'] }, 'data.locked.0'],
    [{ locked: ['hidden.0'] }, 'data.locked.0'],
    [{ locked: ['optimizer.learningRate.x'] }, 'data.locked.0'],
    [{ locked: ['__proto__'] }, 'data.locked.0'],
    [{ openEach: 0 }, 'data.openEach'],
    [{ runsEach: 1.5 }, 'data.runsEach'],
    [{ teams: true }, 'data.teams'],
    [{ policy: { kind: 'votes', votes: 0 } }, 'data.policy.votes'],
    [{ policy: { kind: 'nobody' } }, 'data.policy.kind'],
    [{ other: 1 }, 'data.other'],
  ])('[F5] %j is refused', (data, path) => {
    const { room, host } = classroom();
    expect(room.refused(host, 'set-board', data)).toMatchObject({ code: 'invalid', path });
  });

  test('[B8] change one by one, and only what changes is a fact', () => {
    const { room, host } = classroom();
    room.do(host, 'set-board', { openEach: 3, frozen: false });
    expect(room.log.at(-1)).toMatchObject({ type: 'board-set', data: { openEach: 3 } });
    expect(room.log.at(-1)?.data).not.toHaveProperty('frozen');
    const { length } = room.log;
    room.do(host, 'set-board', { openEach: 3 });
    expect(room.log).toHaveLength(length);
    expect(room.state.board).toMatchObject({ openEach: 3, runsEach: 5, policy: { kind: 'host' } });
  });

  test('[B5] refuse a student’s run that takes too long, with its estimate and the limit', () => {
    const { room, host, ada } = classroom();
    room.secondsOf = ({ epochs }) => epochs;
    room.do(host, 'set-board', { secondsPerRun: 100 });
    expect(room.refused(ada, 'propose', { change: { epochs: 101 } })).toEqual({
      code: 'too-expensive',
      message: 'the run needs about 101 s of training; the room allows 100 s a run',
      path: 'data.change',
    });
    room.do(host, 'propose', { change: { epochs: 101 } });
    room.do(ada, 'propose', { change: { epochs: 99 } });
    room.secondsOf = () => null;
    room.do(ada, 'withdraw', { proposal: 'proposal-2' });
    room.do(ada, 'propose', { change: { epochs: 1000 } });
  });
});

describe('Teams', () => {
  test('[B7] are of four in the order of coming, and stay when somebody leaves', () => {
    const room = new TestRoom();
    room.join('host');
    const students = ['Ada', 'Bob', 'Cem', 'Dee', 'Eva'].map((name) => room.join('student', name));
    room.join('screen');
    room.do(students[0] ?? '', 'leave');
    students.push(room.join('student', 'Fay'));
    expect(students.map((id) => room.state.teams[id])).toEqual([1, 1, 1, 1, 2, 2]);
  });

  test('[B7] propose above 40 students, one open proposal for all four', () => {
    const room = new TestRoom();
    const host = room.join('host');
    const students = Array.from({ length: 41 }, (_, n) => room.join('student', `s${n}`));
    expect(byTeams(room.state)).toBe(true);
    const [first = '', second = '', , , fifth = ''] = students;
    room.do(first, 'propose', { change: { seed: 2 } });
    expect(room.refused(second, 'propose', { change: { seed: 3 } })).toMatchObject({
      code: 'limit-reached',
      message: expect.stringMatching(/your team has 1/),
    });
    room.do(fifth, 'propose', { change: { seed: 3 } });
    room.do(host, 'set-board', { teams: 'never' });
    room.do(second, 'propose', { change: { seed: 4 } });
    room.do(host, 'set-board', { teams: 'large' });
    room.do(students[40] ?? '', 'leave');
    expect(byTeams(room.state)).toBe(false);
    room.do(host, 'set-board', { teams: 'always' });
    expect(byTeams(room.state)).toBe(true);
  });
});

describe('A batch', () => {
  test('[B9] starts all its proposals together, and the room looks at the first', () => {
    const { room, host, ada, bob } = classroom();
    room.do(ada, 'propose', { change: { seed: 2 } });
    room.do(bob, 'propose', { change: { seed: 3 } });
    room.do(host, 'accept', { proposal: 'proposal-1' });
    const proposals = ['proposal-2', 'proposal-1'];
    expect(room.do(host, 'start-batch', { proposals })).toEqual({ run: 'run-1', runs: 2 });
    expect(room.types.slice(-4)).toEqual(['proposal-accepted', 'run-started', 'run-started', 'playhead-moved']);
    expect(Object.values(room.state.runs).map(({ label, proposal }) => [label, proposal])).toEqual([
      ['A', 'proposal-2'],
      ['B', 'proposal-1'],
    ]);
    expect(room.playhead.run).toBe('run-1');
  });

  test.each([
    [['proposal-1', 'proposal-9'], 'not-found', 'data.proposals.1'],
    [['proposal-1', 'proposal-2'], 'conflict', 'data.proposals.1'],
    [['proposal-1', 'proposal-1'], 'invalid', 'data.proposals.1'],
    [[], 'invalid', 'data.proposals'],
  ])('[B9] of %j starts nothing', (proposals, code, path) => {
    const { room, host, ada, bob } = classroom();
    room.do(ada, 'propose', { change: { seed: 2 } });
    room.do(bob, 'propose', { change: { seed: 3 } });
    room.do(bob, 'withdraw', { proposal: 'proposal-2' });
    expect(room.refused(host, 'start-batch', { proposals })).toMatchObject({ code, path });
    expect(room.state.runs).toEqual({});
  });

  test('[B9] beyond what the room can run starts nothing', () => {
    const { room, host, ada, bob } = classroom();
    room.limits = { ...room.limits, maxRuns: 1 };
    room.do(ada, 'propose', { change: { seed: 2 } });
    room.do(bob, 'propose', { change: { seed: 3 } });
    expect(room.refused(host, 'start-batch', { proposals: ['proposal-1', 'proposal-2'] }).code).toBe('limit-reached');
    expect(of(room, 'proposal-1').standing).toEqual({ kind: 'open' });
  });
});
