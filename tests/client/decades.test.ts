import { describe, expect, it } from 'vitest';
import { decadeScale, emptyExtent, heightOf, placeOf, widened } from '../../shared/drawing/decades.ts';

const extentOf = (...values: number[]) => widened(emptyExtent, values, 0, values.length);

describe('the axis of decades', () => {
  it('ends at quarter decades around what has been seen', () => {
    const { domain, ticks } = decadeScale(extentOf(0.285, 0.00003));
    expect(domain).toEqual([-4.75, -0.5]);
    expect(ticks).toEqual([-4, -3, -2, -1]);
  });

  it('holds still while values stay within it', () => {
    const before = decadeScale(extentOf(0.28, 0.00003));
    expect(decadeScale(extentOf(0.28, 0.00003, 0.1, 0.0007))).toEqual(before);
  });

  it('does not blow up a curve that hardly moves', () => {
    const { domain } = decadeScale(extentOf(0.1, 0.101));
    expect(domain[1] - domain[0]).toBe(1);
    expect(domain[0]).toBeLessThanOrEqual(-1);
    expect(domain[1]).toBeGreaterThanOrEqual(Math.log10(0.101));
  });

  it('has an axis before anything has been measured', () => {
    expect(decadeScale(emptyExtent).domain).toEqual([-3, 0]);
  });

  it('spaces ticks of very deep networks', () => {
    const { ticks } = decadeScale(extentOf(1, 1e-40));
    expect(ticks.length).toBeLessThanOrEqual(10);
    expect(ticks.every((tick) => tick % 5 === 0)).toBe(true);
  });
});

describe('lanes', () => {
  it('take what has no logarithm', () => {
    expect(placeOf(0)).toBe('zero');
    expect(placeOf(Infinity)).toBe('infinity');
    expect(placeOf(Number.NaN)).toBe('nan');
    expect(placeOf(0.01)).toBe(-2);
  });

  it('are there only once something is in them', () => {
    expect(decadeScale(extentOf(1, 0.001)).lanes).toEqual([]);
    const { lanes, domain } = decadeScale(extentOf(1, 0.001, 0, Number.NaN));
    expect(lanes.map(({ lane }) => lane)).toEqual(['zero', 'nan']);
    expect(domain[0]).toBeLessThan(-3);
    expect(domain[1]).toBeGreaterThan(0);
  });

  it('lie outside of the decades and do not overlap', () => {
    const { lanes } = decadeScale(extentOf(1, 0.001, 0, Number.NaN, Infinity));
    const [zero, infinity, nan] = lanes;
    expect(zero?.to).toBe(-3);
    expect(infinity?.from).toBe(0);
    expect(nan?.from).toBe(infinity?.to);
  });

  it('give values their height, and none to a value whose lane is not there', () => {
    const scale = decadeScale(extentOf(1, 0.001, 0));
    expect(heightOf(scale, 0.1)).toBe(-1);
    expect(heightOf(scale, 0)).toBe(scale.lanes[0]?.at);
    expect(heightOf(scale, Number.NaN)).toBeNull();
  });
});
