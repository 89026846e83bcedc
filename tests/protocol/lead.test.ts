/** What the room follows: views, the lock, the call back, the spotlight. */
import { describe, expect, test } from 'vitest';
import { mayShow } from '../../shared/protocol/decide-lead.ts';
import { TestRoom } from './room.ts';

function leading() {
  const room = new TestRoom();
  const host = room.join('host');
  const ada = room.join('student', 'Ada');
  const screen = room.join('screen');
  return { room, host, ada, screen };
}
const view = 'plot=heat&runs=run-1,run-2&zoom=0_120.5&x=log';

describe('The view of the room', () => {
  test('[V1] is the text that was shown last', () => {
    const { room, host } = leading();
    expect(room.state.lead).toEqual({ view: null, locked: false, calls: 0, spotlight: null });
    room.do(host, 'show-view', { view });
    expect(room.state.lead.view).toEqual({ text: view, by: host });
    const { length } = room.log;
    room.do(host, 'show-view', { view });
    expect(room.log).toHaveLength(length);
    room.do(host, 'show-view', { view: '' });
    expect(room.state.lead.view).toEqual({ text: '', by: host });
  });

  test.each(['a'.repeat(501), 'plot=<b>', 'plot=heat#x', 'plot="heat"', '?plot=heat', 'a b', 'é'])(
    '[V1] is not %s',
    (text) => {
      const { room, host } = leading();
      expect(room.refused(host, 'show-view', { view: text })).toMatchObject({ code: 'invalid', path: 'data.view' });
    },
  );

  test('[V2] is shown by students under the spotlight only', () => {
    const { room, host, ada, screen } = leading();
    expect(room.refused(ada, 'show-view', { view }).code).toBe('unauthorized');
    room.do(host, 'spotlight', { person: ada });
    expect([host, ada, screen, 'person-9'].map((id) => mayShow(room.state, id))).toEqual([true, true, false, false]);
    room.do(ada, 'show-view', { view });
    expect(room.state.lead).toMatchObject({ spotlight: ada, view: { by: ada } });
    expect(room.refused(ada, 'spotlight', { person: host }).code).toBe('unauthorized');
    room.do(ada, 'spotlight', { person: null });
    expect(room.refused(ada, 'show-view', { view: '' }).code).toBe('unauthorized');
    expect(room.refused(ada, 'spotlight', { person: null }).code).toBe('unauthorized');
  });

  test('[V2] falls on students who are here', () => {
    const { room, host, ada, screen } = leading();
    expect(room.refused(host, 'spotlight', { person: screen })).toMatchObject({ code: 'invalid', path: 'data.person' });
    expect(room.refused(host, 'spotlight', { person: 'person-9' }).code).toBe('not-found');
    room.do(host, 'spotlight', { person: ada });
    room.do(ada, 'leave');
    expect(mayShow(room.state, ada)).toBe(false);
    room.do(host, 'spotlight', { person: null });
    expect(room.refused(host, 'spotlight', { person: ada }).code).toBe('not-found');
  });

  test('[V4] while it is locked is moved by who leads alone, and the spotlight waits', () => {
    const { room, host, ada } = leading();
    room.do(host, 'spotlight', { person: ada });
    room.do(host, 'lock-view', { locked: true });
    expect(room.refused(ada, 'show-view', { view })).toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/locked/),
    });
    expect([mayShow(room.state, ada), mayShow(room.state, host)]).toEqual([false, true]);
    room.do(host, 'show-view', { view });
    room.do(host, 'lock-view', { locked: false });
    room.do(ada, 'show-view', { view: 'plot=why&at=run-1.4' });
    expect(room.state.lead).toMatchObject({ spotlight: ada, view: { by: ada } });
    room.do(host, 'lock-view', { locked: true });
    room.do(ada, 'spotlight', { person: null });
    expect(room.state.lead.spotlight).toBeNull();
  });

  test('[V3] is locked and unlocked, and calls are counted', () => {
    const { room, host } = leading();
    room.do(host, 'lock-view', { locked: true });
    const { length } = room.log;
    room.do(host, 'lock-view', { locked: true });
    expect(room.log).toHaveLength(length);
    room.do(host, 'call-back');
    room.do(host, 'call-back');
    expect(room.state.lead).toMatchObject({ locked: true, calls: 2 });
    room.do(host, 'lock-view', { locked: false });
    expect(room.state.lead.locked).toBe(false);
  });
});

describe('Who asks for the spotlight', () => {
  test('[V6] is on a list, the first to ask first, until they have it, take it back, are declined or go', () => {
    const { room, host, ada, screen } = leading();
    const others = ['Bob', 'Eve', 'Zoe'].map((name) => room.join('student', name));
    const [bob = '', eve = '', zoe = ''] = others;
    expect(room.state.lead.asked).toBeUndefined();
    for (const person of [ada, ...others, ada]) room.do(person, 'ask-spotlight');
    expect(room.state.lead.asked).toEqual([ada, bob, eve, zoe]);
    room.do(host, 'spotlight', { person: bob });
    room.do(bob, 'ask-spotlight');
    expect(room.state.lead).toMatchObject({ spotlight: bob, asked: [ada, eve, zoe] });
    room.do(eve, 'decline-spotlight');
    room.do(host, 'decline-spotlight', { person: ada });
    expect(room.state.lead.asked).toEqual([zoe]);
    expect(room.refused(ada, 'decline-spotlight', { person: zoe })).toMatchObject({ code: 'unauthorized' });
    for (const person of [host, screen]) expect(room.refused(person, 'ask-spotlight').code).toBe('unauthorized');
    room.do(zoe, 'leave');
    expect(room.state.lead.asked).toEqual([]);
  });

  test('[A5] [V6] asks once where two entries turn out to be one person', () => {
    const { room, host, ada } = leading();
    const again = room.join('student', 'Ada 2');
    for (const person of [again, ada]) room.do(person, 'ask-spotlight');
    room.do(host, 'merge', { person: again, into: ada });
    expect(room.state.lead.asked).toEqual([ada]);
  });
});
