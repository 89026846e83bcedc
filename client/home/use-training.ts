/** Trains the two networks of the start page and plays what comes out, at a pace that eyes can follow. */
import { useEffect, useState } from 'react';
import { hasSimd } from '../verify/simd.ts';
import { type Moment, steps } from './networks.ts';
import { recorded } from './recorded.ts';
import type { Order, Report } from './training-worker.ts';

/** All steps are played in so many ms, whatever the device needs to compute them. */
const playMs = 12_000;
/** The figure is drawn again at most so often, in ms. */
const drawEvery = 60;

/** What is on show: up to which step, of which networks, and whether this page has trained them. */
export type Played = {
  readonly live: boolean;
  readonly step: number;
  readonly networks: readonly (readonly Moment[])[];
};

const atFirst: Played = { live: false, step: steps, networks: recorded };

/** Returns what is to be drawn; `seed` draws the weights, and another one trains again. */
export function useTraining(seed: number): Played {
  const [played, setPlayed] = useState(atFirst);
  useEffect(() => {
    if (!canTrain()) return;
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const networks: Moment[][] = [[], []];
    let worker: Worker | null = null;
    let frame = 0;
    let began: number | null = null;
    let drawn = -Infinity;

    const draw = (now: number): void => {
      frame = requestAnimationFrame(draw);
      const trained = Math.min(...networks.map((moments) => moments.at(-1)?.step ?? -1));
      if (trained < 0 || (still && trained < steps)) return;
      began ??= now;
      if (now - drawn < drawEvery) return;
      drawn = now;
      const due = still ? steps : Math.floor(((now - began) / playMs) * steps);
      const step = Math.min(steps, trained, due);
      setPlayed({ live: true, step, networks: networks.map((moments) => moments.filter((one) => one.step <= step)) });
      if (step >= steps) cancelAnimationFrame(frame);
    };
    const start = (): void => {
      worker = new Worker(new URL('./training-worker.ts', import.meta.url), { type: 'module' });
      worker.addEventListener('message', ({ data }: MessageEvent<Report>) =>
        networks[data.network]?.push(...data.moments),
      );
      // Where it cannot train, the recorded run stays.
      worker.addEventListener('error', (event) => event.preventDefault());
      const order: Order = { seed };
      worker.postMessage(order);
      frame = requestAnimationFrame(draw);
    };
    // Joining a room comes first: the page is there and at rest before anything is trained.
    const timer = setTimeout(start, 600);
    return () => {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      worker?.terminate();
    };
  }, [seed]);
  return played;
}

/** Whether this device can, and whether the person does not want to save data. */
function canTrain(): boolean {
  const connection: unknown = Reflect.get(navigator, 'connection');
  const saving = typeof connection === 'object' && connection !== null && Reflect.get(connection, 'saveData') === true;
  return !saving && typeof Worker === 'function' && hasSimd();
}
