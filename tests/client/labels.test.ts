import { describe, expect, it } from 'vitest';
import { labelledLayers, spreadLabels } from '../../shared/drawing/labels.ts';

describe('labels at the ends of curves', () => {
  it('stay where they want to be when there is room', () => {
    expect(spreadLabels([10, 50, 90], 16, 0, 200)).toEqual([10, 50, 90]);
  });

  it('move apart evenly around their middle when they collide', () => {
    expect(spreadLabels([100, 100], 16, 0, 200)).toEqual([92, 108]);
    expect(spreadLabels([100, 104, 180], 16, 0, 200)).toEqual([94, 110, 180]);
  });

  it('keep the order of the curves', () => {
    expect(spreadLabels([60, 58, 59], 10, 0, 200)).toEqual([69, 49, 59]);
  });

  it('stay inside the plot', () => {
    const placed = spreadLabels([198, 199, 200], 16, 0, 200);
    expect(Math.max(...placed)).toBeLessThanOrEqual(200);
    expect(spreadLabels([0, 0, 0], 16, 8, 200)).toEqual([8, 24, 40]);
  });

  it('never overlap, whatever the curves do', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const wanted = Array.from({ length: 8 }, (_, index) => (((seed * 7919 + index * 104_729) % 997) / 997) * 300);
      const placed = spreadLabels(wanted, 16, 0, 300).toSorted((a, b) => a - b);
      for (let index = 1; index < placed.length; index++) {
        expect((placed[index] ?? 0) - (placed[index - 1] ?? 0)).toBeGreaterThanOrEqual(16 - 1e-9);
      }
      expect(placed[0]).toBeGreaterThanOrEqual(-1e-9);
      expect(placed.at(-1)).toBeLessThanOrEqual(300 + 1e-9);
    }
  });

  it('share what room there is when there is too little', () => {
    expect(spreadLabels([5, 5, 5], 16, 0, 20)).toEqual([0, 10, 20]);
  });

  it('are given to all of ten layers, and beyond to the first, the last and the one pointed at', () => {
    expect(labelledLayers(3, null)).toEqual([1, 2, 3]);
    expect(labelledLayers(10, null)).toHaveLength(10);
    expect(labelledLayers(40, null)).toEqual([1, 40]);
    expect(labelledLayers(40, 17)).toEqual([1, 17, 40]);
  });
});
