/** Reactions on the server: counted once a person and sign for ten seconds, told when they change and not too often. */
import { expect, test } from 'vitest';
import { Reactions } from '../../server/rooms/reactions.ts';
import { TestRoom } from '../protocol/room.ts';

test('[D5] [D6] counts each person once a sign, for ten seconds, and drops everything else', () => {
  const room = new TestRoom();
  const host = room.join('host');
  const [ada, bob] = [room.join('student', 'Ada'), room.join('student', 'Bob')];
  const reactions = new Reactions();
  reactions.take(room.state, ada, 'wow', 0);
  expect(reactions.due(0)).toBeNull();
  room.do(host, 'settings', { reactions: true });
  for (const by of [ada, ada, bob, 'person-9']) reactions.take(room.state, by, 'wow', 1000);
  for (const input of ['boo', null, 7, { wow: 1 }, 'constructor']) reactions.take(room.state, ada, input, 1000);
  reactions.take(room.state, ada, 'lost', 1000);
  expect(reactions.due(1000)).toEqual({ clear: 0, lost: 1, wow: 2, slower: 0 });
  expect(reactions.due(2000)).toBeNull();
  reactions.take(room.state, bob, 'wow', 5000);
  reactions.take(room.state, bob, 'clear', 5000);
  expect(reactions.due(5000)).toEqual({ clear: 1, lost: 1, wow: 2, slower: 0 });
  reactions.take(room.state, bob, 'lost', 5100);
  expect(reactions.due(5100)).toBeNull();
  expect(reactions.due(5500)).toMatchObject({ lost: 2 });
  expect(reactions.due(10_999)).toBeNull();
  expect(reactions.due(11_000)).toEqual({ clear: 1, lost: 1, wow: 1, slower: 0 });
  expect(reactions.due(16_000)).toEqual({ clear: 0, lost: 0, wow: 0, slower: 0 });
  expect(reactions.due(20_000)).toBeNull();
});
