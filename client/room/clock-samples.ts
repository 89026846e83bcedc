/** Asks for the time of whoever serves the room: often at first, then every now and then, and again when the page is looked at. */
import type { RoomClock } from './clock.ts';
import type { Wire } from './line.ts';

const samplesAtFirst = 8;
const betweenSamples = 60;
const sampleEvery = 30_000;

export type TimeKeeping = {
  /** The line is there, perhaps again: what was measured before is worth nothing. */
  restart(): void;
  /** Goes on asking; returns how to end it. */
  open(): () => void;
};

/** Keeps a clock right; `changed` hears of every answer. */
export function keepTime(wire: Wire, clock: RoomClock, changed: () => void): TimeKeeping {
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const sample = (left: number): void => {
    const sent = performance.now();
    wire.time((server) => {
      clock.add({ sent, received: performance.now(), server });
      changed();
      if (left <= 1) return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        sample(left - 1);
      }, betweenSamples);
      timers.add(timer);
    });
  };
  return {
    restart() {
      clock.restart();
      sample(samplesAtFirst);
    },
    open() {
      const everySoOften = setInterval(() => {
        if (wire.connected && document.visibilityState === 'visible') sample(1);
      }, sampleEvery);
      const onVisible = (): void => {
        if (document.visibilityState === 'visible' && wire.connected) sample(samplesAtFirst);
      };
      document.addEventListener('visibilitychange', onVisible);
      return () => {
        clearInterval(everySoOften);
        for (const timer of timers) clearTimeout(timer);
        timers.clear();
        document.removeEventListener('visibilitychange', onVisible);
      };
    },
  };
}
