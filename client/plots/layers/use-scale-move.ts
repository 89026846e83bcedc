/**
 * The axis on its way between even steps and powers of ten. The first time that this device shows the speeds of learning they
 * begin on even steps, where the first layers lie on zero, and move apart slowly; later changes are quick. Who wants no motion
 * sees none.
 */
import { useEffect, useRef, useState } from 'react';
import { recall, remember } from '../../shell/memory.ts';

const seenKey = 'deltaroom:decades-seen';

const lingers = 1600;
const slowly = 3600;
const quickly = 500;
/** How long the words about it stay after the move. */
const staysFor = 5000;

export type ScaleMove = {
  /** 0 on even steps, 1 on powers of ten. */
  readonly share: number;
  /** Which words belong to the first move: before it begins, or while and after it; null: none. */
  readonly explaining: 'before' | 'after' | null;
};

const eased = (share: number): number => share * share * (3 - 2 * share);
const wantsMotion = (): boolean => !window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Moves a number in animation frames from one end to the other; returns how to stop it. */
function move(from: number, to: number, after: number, during: number, draw: (at: number) => void): () => void {
  const begin = performance.now() + after;
  let frame = requestAnimationFrame(function step(now) {
    const passed = during === 0 ? 1 : Math.min(Math.max((now - begin) / during, 0), 1);
    draw(passed === 1 ? to : from + (to - from) * eased(passed));
    if (passed < 1) frame = requestAnimationFrame(step);
  });
  return () => cancelAnimationFrame(frame);
}

/** Follows what the view asks for; `ready` is whether there is something that could move. */
export function useScaleMove(wanted: 'log' | 'linear', ready: boolean): ScaleMove {
  const target = wanted === 'log' ? 1 : 0;
  const [phase, setPhase] = useState<'first' | 'explained' | 'usual'>(() =>
    wanted === 'log' && recall(seenKey) === null && wantsMotion() ? 'first' : 'usual',
  );
  const [share, setShare] = useState(phase === 'first' ? 0 : target);
  const at = useRef(share);

  useEffect(() => {
    const draw = (next: number): void => {
      at.current = next;
      setShare(next);
      if (phase !== 'first' || next !== 1) return;
      remember(seenKey, '1');
      setPhase('explained');
    };
    if (phase === 'first') {
      if (ready && target === 1) return move(0, 1, lingers, slowly, draw);
      if (target === 0) draw(0);
      return;
    }
    if (at.current !== target) return move(at.current, target, 0, wantsMotion() ? quickly : 0, draw);
  }, [phase, ready, target]);

  useEffect(() => {
    if (phase !== 'explained') return;
    const timer = setTimeout(() => setPhase('usual'), staysFor);
    return () => clearTimeout(timer);
  }, [phase]);

  const explains = phase === 'explained' || (phase === 'first' && ready && target === 1);
  return { share, explaining: explains ? (share === 0 ? 'before' : 'after') : null };
}
