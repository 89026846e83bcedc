/** Round numbers along an axis. */

/** Chooses at most about `most` round numbers from 0 to `to`, both ends included where the last round one is far enough. */
export function roundTicks(to: number, most: number): number[] {
  const ticks = roundBetween(0, to, most);
  const last = ticks.at(-1) ?? 0;
  const spacing = (ticks[1] ?? to) - (ticks[0] ?? 0);
  if (to === last) return ticks;
  return to - last > spacing * 0.6 ? [...ticks, to] : [...ticks.slice(0, -1), to];
}

/** Chooses at most about `most` round numbers between two values. */
export function roundBetween(from: number, to: number, most: number): number[] {
  const span = to - from;
  if (!(span > 0) || most < 1) return [from];
  const rough = span / most;
  const decade = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * decade >= rough) ?? 10) * decade;
  const ticks: number[] = [];
  const first = Math.ceil(from / step - 1e-9);
  for (let index = first; index * step <= to + step * 1e-9; index++) ticks.push(Number((index * step).toPrecision(12)));
  return ticks;
}

/** The end of an axis from 0 that holds a value, at one of few round places so that it moves seldom. */
export function roundUp(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const decade = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((candidate) => candidate * decade >= value * 1.02) ?? 15;
  return Number((factor * decade).toPrecision(6));
}
