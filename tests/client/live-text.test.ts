/** What is read aloud comes at a calm rate, whatever changes and however often, and not at all while it is paused. */
import { describe, expect, test } from 'vitest';
import { createLiveText, spokenEvery } from '../../client/shell/live-text.ts';

/** A clock that stands still until it is moved. */
function handClock() {
  let now = 0;
  let calls: { readonly at: number; readonly act: () => void }[] = [];
  return {
    now: () => now,
    after(milliseconds: number, act: () => void) {
      const call = { at: now + milliseconds, act };
      calls.push(call);
      return () => {
        calls = calls.filter((one) => one !== call);
      };
    },
    to(time: number): void {
      for (;;) {
        const [next] = calls.filter(({ at }) => at <= time).toSorted((a, b) => a.at - b.at);
        if (next === undefined) break;
        calls = calls.filter((one) => one !== next);
        now = next.at;
        next.act();
      }
      now = time;
    },
  };
}

/** A live text, its clock, and when it has said what. */
function listened(beginsPaused = false) {
  const clock = handClock();
  const text = createLiveText(clock, beginsPaused);
  const heard: [number, string][] = [];
  text.subscribe(() => {
    if (heard.at(-1)?.[1] !== text.spoken() && text.spoken() !== '') heard.push([clock.now(), text.spoken()]);
  });
  return { clock, text, heard };
}

describe('live text', () => {
  test('of a plot that moves is spoken every ten seconds, each time as it is then', () => {
    const { clock, text, heard } = listened();
    for (let at = 0; at <= 60_000; at += 100) {
      clock.to(at);
      text.offer('plot', `step ${at}`, true);
    }
    expect(heard).toEqual([1, 2, 3, 4, 5, 6].map((n) => [n * spokenEvery, `step ${n * spokenEvery - 100}`]));
  });

  test('at rest is spoken once it has settled', () => {
    const { clock, text, heard } = listened();
    text.offer('plot', 'paused', false);
    clock.to(60_000);
    text.offer('plot', 'paused', false);
    clock.to(90_000);
    expect(heard).toEqual([[400, 'paused']]);
  });

  test('is never spoken more often than every ten seconds, whatever sources come, go, move and rest', () => {
    const { clock, text, heard } = listened();
    for (let at = 0, n = 0; at <= 300_000; at += 137, n++) {
      clock.to(at);
      const source = ['plot', 'state', 'outcome'][n % 3] ?? '';
      if (n % 11 === 0) text.withdraw(source);
      else text.offer(source, `${source} ${n % 7 === 0 ? 'again' : n}`, n % 5 < 2);
      if (n % 50 === 0) text.pause(n % 100 === 0);
    }
    const between = heard.slice(1).map(([at], index) => at - (heard[index]?.[0] ?? 0));
    expect(between.length).toBeGreaterThan(5);
    expect(Math.min(...between)).toBeGreaterThanOrEqual(spokenEvery);
  });

  test('of two sources is spoken together, and what has changed back is not spoken', () => {
    const { clock, text, heard } = listened();
    text.offer('state', 'paused', false);
    text.offer('plot', 'layer 1 is slow', false);
    clock.to(1000);
    text.offer('state', 'behind', false);
    text.offer('state', 'paused', false);
    clock.to(60_000);
    expect(heard).toEqual([[400, 'paused layer 1 is slow']]);
  });

  test('is silent while it is paused, and then says how things are, not how they were', () => {
    const { clock, text, heard } = listened(true);
    text.offer('plot', 'one', false);
    clock.to(20_000);
    expect([text.isPaused(), heard]).toEqual([true, []]);
    text.offer('plot', 'two', false);
    text.pause(false);
    clock.to(21_000);
    text.pause(true);
    text.offer('plot', 'three', true);
    clock.to(80_000);
    expect([text.isPaused(), heard]).toEqual([true, [[20_400, 'two']]]);
  });
});
