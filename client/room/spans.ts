/** Spans of steps, both ends included: which parts of a curve have been received, and which are missing. */

export type Span = readonly [from: number, to: number];

/** Adds a span to disjoint, sorted ones; spans that share a step become one. */
export function withSpan(spans: readonly Span[], added: Span): Span[] {
  let [from, to] = added;
  const apart: Span[] = [];
  for (const span of spans) {
    if (span[1] < from || span[0] > to) apart.push(span);
    else {
      from = Math.min(from, span[0]);
      to = Math.max(to, span[1]);
    }
  }
  return [...apart, [from, to] as const].toSorted((a, b) => a[0] - b[0]);
}

/** Lists the parts of `wanted` that no span covers; each begins and ends at a step that is covered, where there is one. */
export function missingFrom(spans: readonly Span[], wanted: Span): Span[] {
  const missing: Span[] = [];
  let [at] = wanted;
  for (const [from, to] of spans) {
    if (to < at) continue;
    if (from > wanted[1]) break;
    if (from > at) missing.push([at, from]);
    at = Math.max(at, to);
  }
  if (at < wanted[1] || spans.length === 0) missing.push([at, wanted[1]]);
  return missing;
}
