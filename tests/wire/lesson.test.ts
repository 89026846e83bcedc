/** A lesson over the wire: which rooms have one, what each person sees of it, and presses that come twice. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultLesson } from '../../shared/experiments/lessons/lessons.ts';
import { nextMove } from '../../shared/protocol/next-move.ts';
import type { Secrets } from '../../shared/protocol/secrets.ts';
import { startTestLab, type TestLab } from '../support/lab.ts';
import { openRoom, Person } from '../support/person.ts';
import { trainedUnseen } from '../support/unseen.ts';

let lab: TestLab;
beforeAll(async () => {
  lab = await startTestLab();
});
afterAll(() => lab.close());

/** The lesson of a room that is opened with a wish. */
async function lessonWith(wish: object): Promise<unknown> {
  const room = await openRoom(lab.url, wish);
  const host = await Person.join(lab.url, { code: room.code, hostKey: room.hostKey });
  host.disconnect();
  return host.state.lesson?.plan.id ?? null;
}

test('A room has the lesson that is named, the first one where nothing is named, and none beside an experiment', async () => {
  expect(await lessonWith({})).toBe(defaultLesson.id);
  expect(await lessonWith({ lesson: 'depth' })).toBe('depth');
  expect(await lessonWith({ experiment: 'book-4' })).toBeNull();
  expect(await lessonWith({ experiment: 'book-4', lesson: 'depth' })).toBe('depth');
});

test('[M1] [M4] two who lead press at the same moment, and one thing is done', async () => {
  const room = await openRoom(lab.url, { lesson: 'depth' });
  const join = (auth: object) => Person.join(lab.url, { code: room.code, ...auth });
  const [host, other, ada] = [
    await join({ hostKey: room.hostKey }),
    await join({ hostKey: room.hostKey }),
    await join({ name: 'Ada' }),
  ];
  const press = { expects: 'step-0/open' };
  const acks = await Promise.all([host.send('next', press), other.send('next', press), host.send('next', press)]);
  expect(acks.filter(({ ok }) => ok)).toHaveLength(1);
  expect(acks.filter((ack) => !ack.ok).map((ack) => !ack.ok && ack.error.code)).toEqual(['conflict', 'conflict']);
  await ada.until(({ guesses }) => guesses['guess-1'] !== undefined);
  expect(Object.keys(ada.state.runs)).toEqual(['run-1']);

  // Whoever leads knows from what was sent to them what the button does; a student is not told how many were right.
  await ada.do('guess', { guess: 'guess-1', choice: '3' });
  await trainedUnseen(lab.url, room);
  await host.do('next', { expects: 'guess-1/close-1' });
  const late = await join({ hostKey: room.hostKey });
  const { secrets } = late.welcome as unknown as { secrets: Secrets };
  const move = nextMove(late.state, secrets);
  const { right } = secrets.guesses['guess-1']?.[0] ?? {};
  expect(move?.kind).toBe('reveal');
  expect(right).toEqual({ right: 1, of: 1 });
  await ada.until(({ guesses }) => guesses['guess-1']?.standing.kind === 'closed');
  expect(ada.events.at(-1)).not.toHaveProperty('private');
  for (const person of [host, other, ada, late]) person.disconnect();
});
