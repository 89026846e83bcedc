/** The yardstick: floating-point operations a second of strict SIMD in a loop that nothing but arithmetic holds up. */
import { readFileSync } from 'node:fs';

type Peak = { readonly run: (times: number) => number; readonly operations: () => number };

const file = new URL('../../dist/peak/peak.wasm', import.meta.url);

/** Loads the loop and returns a function that times it for so many seconds, in operations a second. */
export function loadPeak(): (seconds: number) => number {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file)));
  const { run, operations } = exports as unknown as Peak;
  return (seconds) => {
    const begun = performance.now();
    const until = begun + 1000 * seconds;
    let times = 0;
    let now = begun;
    while (now < until) {
      run(1000);
      times += 1000;
      now = performance.now();
    }
    return (1000 * times * operations()) / (now - begun);
  };
}
