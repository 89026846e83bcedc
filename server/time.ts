/** The time of this machine, for what takes time as a parameter. */
import type { Time } from '../shared/training/time.ts';

export const machineTime: Time = {
  now: () => performance.now(),
  later(work, ms) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};
