/** A progress bar on a terminal's stderr; nothing at all anywhere else. */
import type { Streams } from './streams.ts';

const width = 30;

export type Progress = {
  /** Draws the bar at a share of the work, 0 to 1, when it would look different. */
  show(share: number): void;
  /** Wipes the bar, so that something else can be written. */
  clear(): void;
};

/** Makes a progress bar; it writes only where someone is looking. */
export function createProgress(stderr: Streams['stderr']): Progress {
  let shown = '';
  return {
    show(share) {
      if (stderr.isTTY !== true) return;
      const filled = Math.floor(share * width);
      const bar = `${'#'.repeat(filled)}${'.'.repeat(width - filled)} ${Math.floor(share * 100)} %`;
      if (bar === shown) return;
      shown = bar;
      stderr.write(`\r${bar}`);
    },
    clear() {
      if (shown === '') return;
      shown = '';
      stderr.write('\r\u001b[K');
    },
  };
}
