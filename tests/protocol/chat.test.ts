/** The chat: closed until the host opens it, slow where the host wants it, and hidden where the host says so. */
import { expect, test } from 'vitest';
import { mayReact } from '../../shared/protocol/reactions.ts';
import { TestRoom } from './room.ts';

function talking() {
  const room = new TestRoom();
  const host = room.join('host');
  const ada = room.join('student', 'Ada');
  const screen = room.join('screen');
  return { room, host, ada, screen };
}
const chatOf = ({ state }: TestRoom) => state.chat ?? { open: false, slow: 0, messages: [] };

test('[D1] is closed until who leads opens it, and what was said stays in sight when it is closed again', () => {
  const { room, host, ada } = talking();
  expect(room.refused(ada, 'say', { text: 'hi' })).toMatchObject({ code: 'conflict' });
  expect(room.refused(host, 'say', { text: 'hi' })).toMatchObject({ code: 'conflict' });
  expect(room.refused(ada, 'chat', { open: true }).code).toBe('unauthorized');
  room.do(host, 'chat', { open: true });
  const { length } = room.log;
  room.do(host, 'chat', { open: true });
  expect(room.log).toHaveLength(length);
  expect(room.do(ada, 'say', { text: 'why?' })).toEqual({ message: 'message-1' });
  room.do(host, 'chat', { open: false });
  expect(room.refused(ada, 'say', { text: 'and?' }).code).toBe('conflict');
  expect(chatOf(room).messages).toEqual([{ id: 'message-1', author: ada, at: room.now, text: 'why?', hidden: false }]);
});

test('[D2] takes 1 to 280 characters, cleaned, and a thousand messages', () => {
  const { room, host, ada, screen } = talking();
  room.do(host, 'chat', { open: true });
  room.do(ada, 'say', { text: '  right\u202e to left\u0000 ' });
  expect(chatOf(room).messages[0]?.text).toBe('right to left');
  for (const text of ['', '   ', '👩‍👩‍👧'.repeat(281)]) expect(room.refused(ada, 'say', { text }).code).toBe('invalid');
  room.do(ada, 'say', { text: '👩‍👩‍👧'.repeat(280) });
  expect(room.refused(screen, 'say', { text: 'hi' }).code).toBe('unauthorized');
  for (let n = 2; n < 1000; n++) room.do(host, 'say', { text: `${n}` });
  expect(room.refused(host, 'say', { text: 'one more' }).code).toBe('limit-reached');
});

test('[D3] with slow mode a person waits, who leads does not', () => {
  const { room, host, ada } = talking();
  room.do(host, 'chat', { open: true, slow: 30 });
  room.do(ada, 'say', { text: 'one' });
  room.now += 29_999;
  expect(room.refused(ada, 'say', { text: 'two' })).toMatchObject({ code: 'rate-limited' });
  room.do(host, 'say', { text: 'one' });
  room.do(host, 'say', { text: 'two' });
  room.now += 1;
  room.do(ada, 'say', { text: 'two' });
});

test('[D4] is hidden and shown by who leads, and belongs to who two entries turn out to be', () => {
  const { room, host, ada } = talking();
  const bob = room.join('student', 'Bob');
  room.do(host, 'chat', { open: true });
  room.do(bob, 'say', { text: 'rude' });
  expect(room.refused(ada, 'hide-message', { message: 'message-1' }).code).toBe('unauthorized');
  expect(room.refused(host, 'hide-message', { message: 'message-9' }).code).toBe('not-found');
  room.do(host, 'hide-message', { message: 'message-1' });
  expect(chatOf(room).messages[0]?.hidden).toBe(true);
  room.do(host, 'hide-message', { message: 'message-1', hidden: false });
  room.do(host, 'merge', { person: bob, into: ada });
  expect(chatOf(room).messages).toMatchObject([{ author: ada, hidden: false }]);
});

test('[D5] reactions are for those who take part, where the host wants them', () => {
  const { room, host, ada, screen } = talking();
  const may = () => [host, ada, screen, 'person-9'].map((id) => mayReact(room.state, id));
  expect(may()).toEqual([false, false, false, false]);
  room.do(host, 'settings', { reactions: true });
  expect(may()).toEqual([true, true, false, false]);
  room.do(ada, 'leave');
  expect(mayReact(room.state, ada)).toBe(false);
});
