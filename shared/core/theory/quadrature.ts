/**
 * Means over the standard normal distribution, by Gauss-Legendre rules on panels that grow finer towards 0: an activation
 * may have a kink there, and where its argument is wide all of its bend happens near 0.
 */
import { cosineOfTurns } from '../elementary.ts';
import { normalDensity } from '../gaussian.ts';

/** The mean of f is the sum of weights times f(nodes); nodes are symmetric about 0, in ascending order. */
export type NormalRule = { readonly nodes: Float64Array; readonly weights: Float64Array };

/** Nodes and weights of the Gauss-Legendre rule on [-1, 1]: roots of the Legendre polynomial, by Newton's method. */
function legendre(count: number): { readonly x: number; readonly weight: number }[] {
  return Array.from({ length: count }, (_, i) => {
    let x = startOf(i, count);
    let slope = 1;
    for (let step = 0; step < 60; step++) {
      let [before, value] = [1, x];
      for (let k = 2; k <= count; k++) [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
      slope = (count * (x * value - before)) / (x * x - 1);
      const move = value / slope;
      x -= move;
      if (Math.abs(move) < 1e-16) break;
    }
    return { x, weight: 2 / ((1 - x * x) * slope * slope) };
  });
}

/** -cos(pi (i + 3/4) / (n + 1/2)), near root i. */
const startOf = (i: number, count: number): number => -cosineOfTurns((i + 0.75) / (2 * count + 1));

/** Makes the rule of so many nodes on each panel between neighbouring edges, and on their mirror images. */
function ruleOn(edges: readonly number[], count: number): NormalRule {
  const panel = legendre(count);
  const positive = edges.slice(1).flatMap((to, i) => {
    const from = edges[i] ?? 0;
    const [middle, half] = [(from + to) / 2, (to - from) / 2];
    return panel.map(({ x, weight }) => {
      const node = middle + half * x;
      return { node, weight: half * weight * normalDensity(node) };
    });
  });
  const all = [...positive.toReversed().map(({ node, weight }) => ({ node: -node, weight })), ...positive];
  return {
    nodes: Float64Array.from(all, ({ node }) => node),
    weights: Float64Array.from(all, ({ weight }) => weight),
  };
}

/** Panels that halve towards 0, from 1 down to 2^-halvings. */
const halved = (halvings: number): number[] => [
  0,
  ...Array.from({ length: halvings + 1 }, (_, i) => 2 ** (i - halvings)),
];

/** For means of one number: relative errors below 1e-10 for bends as narrow as a thousandth. */
export const fineRule = ruleOn([...halved(12), 2, 3, 4, 5, 6, 7, 8, 9], 10);

/** For means within means: to about five digits. */
export const coarseRule = ruleOn([...halved(3), 2, 3, 4.5, 6.5], 6);
