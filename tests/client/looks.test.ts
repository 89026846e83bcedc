/** Looks that a page asks for: one request for each, given up when it is no longer wanted, tried again where that can help. */
import { describe, expect, it, test } from 'vitest';
import { createLooks, keyOf, latestOf, type LookWish, mayComeLater } from '../../client/room/looks.ts';
import type { LookAnswer, Reader } from '../../client/room/line.ts';
import type { LookRecord } from '../../shared/protocol/look.ts';

const wishOf = (step: number, run = 'run-1'): LookWish => ({ run, step, parts: ['layers'] });
const lookOf = ({ run, step }: LookWish): LookRecord => ({
  run,
  step,
  engine: 'e',
  images: 1,
  digest: 'd',
  layers: [],
});

/** Looks whose answers and clock the test holds in its hand. */
function held(hasToken = true) {
  const asked: { wish: LookWish; signal: AbortSignal; answer: (answer: LookAnswer) => void }[] = [];
  const waiting: (() => void)[] = [];
  const ask: Reader['look'] = (wish, signal) => new Promise((answer) => asked.push({ wish, signal, answer }));
  let reader = hasToken ? { look: ask } : null;
  const looks = createLooks({
    reader: () => reader,
    later(work) {
      waiting.push(work);
      return () => waiting.splice(waiting.indexOf(work), 1);
    },
  });
  const standing = (step: number, run?: string) => looks.known.getState().get(keyOf(wishOf(step, run)))?.standing;
  const settled = (): Promise<void> => new Promise((done) => setImmediate(done));
  return {
    looks,
    asked,
    waiting,
    standing,
    enter: () => (reader = { look: ask }),
    async answer(index: number, answer?: LookAnswer) {
      const its = asked[index];
      its?.answer(answer ?? { ok: true, value: lookOf(its.wish) });
      await settled();
    },
  };
}
const busy: LookAnswer = { ok: false, error: { code: 'rate-limited', message: '' } };

describe('a look', () => {
  it('is asked for once, however many want it, and is kept', async () => {
    const { looks, asked, standing, answer } = held();
    const releases = [looks.want(wishOf(3)), looks.want(wishOf(3))];
    expect(asked).toHaveLength(1);
    expect(standing(3)).toEqual({ kind: 'loading' });
    await answer(0);
    expect(standing(3)?.kind).toBe('ready');
    releases.forEach((release) => release());
    looks.want(wishOf(3));
    expect(asked).toHaveLength(1);
  });

  it('is given up when it is no longer wanted: the last wish wins', async () => {
    const { looks, asked, standing, answer } = held();
    looks.want(wishOf(3))();
    expect(asked[0]?.signal.aborted).toBe(true);
    looks.want(wishOf(4));
    await answer(0);
    await answer(1);
    expect([standing(3), standing(4)?.kind]).toEqual([undefined, 'ready']);
  });

  it('is asked for again while the server is busy, and says so meanwhile', async () => {
    const { looks, asked, waiting, standing, answer } = held();
    const release = looks.want(wishOf(3));
    await answer(0, busy);
    expect(standing(3)).toEqual({ kind: 'failed', trouble: { code: 'rate-limited', message: '' }, again: true });
    waiting.shift()?.();
    expect(asked).toHaveLength(2);
    await answer(1, busy);
    release();
    expect(waiting).toEqual([]);
    expect(asked).toHaveLength(2);
  });

  it('is not asked for again where that cannot help', async () => {
    const { looks, waiting, standing, answer } = held();
    looks.want(wishOf(3));
    await answer(0, { ok: false, error: { code: 'conflict', message: '', path: 'run' } });
    expect(standing(3)).toMatchObject({ kind: 'failed', again: false });
    expect(waiting).toEqual([]);
  });

  it('waits until the room has let the page in', async () => {
    const { looks, asked, waiting, enter, answer, standing } = held(false);
    looks.want(wishOf(3));
    expect(asked).toHaveLength(0);
    enter();
    waiting.shift()?.();
    await answer(0);
    expect(standing(3)?.kind).toBe('ready');
  });
});

describe('the looks that are kept', () => {
  it('are the newest ones, and those that are wanted', async () => {
    const { looks, answer, standing } = held();
    looks.want(wishOf(0));
    await answer(0);
    for (let step = 1; step <= 30; step++) {
      const release = looks.want(wishOf(step));
      await answer(step);
      release();
    }
    expect([standing(0)?.kind, standing(1), standing(30)?.kind]).toEqual(['ready', undefined, 'ready']);
    expect(looks.known.getState().size).toBe(24);
  });

  it('give the last one before a step, never one beyond it', async () => {
    const { looks, answer } = held();
    for (const [index, step] of [20, 120, 60].entries()) {
      const release = looks.want(wishOf(step));
      await answer(index);
      release();
    }
    const latest = (upTo: number, run = 'run-1') => latestOf(looks.known.getState(), run, ['layers'], upTo)?.step;
    expect([latest(500), latest(59), latest(10), latest(500, 'run-2')]).toEqual([60, 20, undefined, undefined]);
    expect(latestOf(looks.known.getState(), 'run-1', ['sees', 'says'], 500)).toBeNull();
  });
});

test.each([
  [{ code: 'rate-limited', message: '' }, true],
  [{ code: 'unavailable', message: '' }, true],
  [{ code: 'network', message: '' }, true],
  [{ code: 'conflict', message: '', path: 'step' }, true],
  [{ code: 'conflict', message: '', path: 'run' }, false],
  [{ code: 'forbidden', message: '', path: 'step' }, false],
  [{ code: 'not-found', message: '' }, false],
  [{ code: 'too-expensive', message: '' }, false],
] as const)('after %o a look may come later: %s', (trouble, later) => {
  expect(mayComeLater(trouble)).toBe(later);
});
