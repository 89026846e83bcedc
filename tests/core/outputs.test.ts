/** When an answer counts as correct. */
import { expect, test } from 'vitest';
import { answerOf, isCorrect } from '../../shared/core/outputs.ts';

test.each([
  [
    [0.1, 0.9, 0.5],
    [false, true, false],
  ],
  // Among equals the first class is the answer.
  [
    [0.5, 0.5, 0.1],
    [true, false, false],
  ],
  [
    [1, 1, 1],
    [true, false, false],
  ],
  // Where a NaN stands, nothing is the largest.
  [
    [0.9, NaN, 0.1],
    [false, false, false],
  ],
  [
    [NaN, NaN, NaN],
    [false, false, false],
  ],
  [
    [-Infinity, 3, Infinity],
    [false, false, true],
  ],
])('of the outputs %j the answers are %j', (outputs, correct) => {
  expect(outputs.map((_, label) => isCorrect(outputs, label))).toEqual(correct);
  // The same outputs as one image among others.
  const among = [7, 7, ...outputs, 8];
  expect(outputs.map((_, label) => isCorrect(among, label, 2, outputs.length))).toEqual(correct);
  expect(answerOf(outputs)).toBe(correct.includes(true) ? correct.indexOf(true) : null);
});
