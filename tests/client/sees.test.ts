/** What the network sees and says: pictures on one scale, and words that say no more than was counted. */
import { describe, expect, it } from 'vitest';
import { levelOf } from '../../client/plots/sees/bitmap.ts';
import { saidClass, shortClass } from '../../client/plots/sees/class-names.ts';
import { copiesOf, errorsOf } from '../../client/plots/sees/copies.ts';
import { type SaysFacts, saysSentence, seesSentence } from '../../client/plots/sees/sentence.ts';
import { layUnits } from '../../client/plots/sees/units-painter.ts';
import { scalesOf, turnOf, unitsOf } from '../../client/plots/sees/units.ts';
import { configured } from '../core/networks.ts';
import { wordsOf } from './say.ts';

const [english, chinese] = [wordsOf('en'), wordsOf('zh-CN')];

describe('the pictures of the first layer', () => {
  const units = unitsOf([
    { unit: 1, now: [3, -4], initial: [3, -3] },
    { unit: 2, now: [0, 1], initial: [0, 1] },
  ]);

  it('are shown on one scale, the change on its own only where that is asked for', () => {
    expect(units[0]).toMatchObject({ difference: [0, -1], change: 1 / Math.sqrt(18) });
    expect(scalesOf(units, false)).toEqual({ weights: 4, difference: 4 });
    expect(scalesOf(units, true)).toEqual({ weights: 4, difference: 1 });
    const still = unitsOf([{ unit: 1, now: [1], initial: [1] }]);
    expect(scalesOf(still, true)).toEqual({ weights: 1, difference: 1 });
  });

  it('have a colour in the middle for 0, and none for what is not finite', () => {
    expect([-2, -1, 0, 1, 2].map((value) => levelOf(value, 1, 9))).toEqual([0, 0, 4, 8, 8]);
    expect(levelOf(0.5, 0, 9)).toBe(4);
    expect(levelOf(Number.NaN, 1, 9)).toBeNull();
  });

  it('turn by an angle that fading alone does not change', () => {
    const turned = (now: number[]) => turnOf(unitsOf([{ unit: 1, now, initial: [1, 0] }]));
    expect(turned([0.5, 0])).toEqual({ angle: 0, length: 0.5 });
    expect(turned([0, 3]).angle).toBeCloseTo(90, 10);
    expect(turned([1, 1e-9]).angle).toBeCloseTo((1e-9 * 180) / Math.PI, 15);
    expect(turnOf(unitsOf([{ unit: 1, now: ['NaN', 1], initial: [1, 0] }])).angle).toBeNaN();
  });

  it('are as large as fit, in lines', () => {
    for (const [width, height] of [
      [900, 300],
      [328, 460],
      [1800, 800],
    ] as const) {
      const { blocks, picture } = layUnits({ left: 0, top: 0, width, height }, 12, 13, 60, 28);
      expect(blocks).toHaveLength(12);
      expect(picture).toBeGreaterThanOrEqual(28);
      for (const block of blocks) {
        expect(block.left + block.width).toBeLessThanOrEqual(width + 0.01);
        expect(block.top + block.height).toBeLessThanOrEqual(height);
      }
    }
  });

  it('are spoken of by how far they have turned', () => {
    const configuration = configured({});
    const faded = unitsOf([{ unit: 1, now: [0.5, 0.02], initial: [1, 0] }]);
    expect(seesSentence(english, { configuration, step: 500, units: faded })).toBe(
      'From step 0 to step 500 the pattern of these pictures has turned by 2.3° of 90° and faded to 50% of its strength: the first layer still sees little but the noise it began with.',
    );
    expect(seesSentence(english, { configuration, step: 0, units: faded })).toContain('drawn at random');
    const learned = unitsOf([{ unit: 1, now: [1, 1], initial: [1, 0] }]);
    expect(seesSentence(chinese, { configuration, step: 9, units: learned })).toBe(
      '从第 0 步到第 9 步，这些图的图案转过了 90° 中的 45°，强度增大到 141%。',
    );
    const constant = configured({ initialization: { scheme: 'constant' } });
    expect(seesSentence(english, { configuration: constant, step: 9, units: faded })).not.toContain('noise');
  });
});

describe('the sentence about answers', () => {
  const saidOf = (
    says: Partial<SaysFacts['says']>,
    dataset: SaysFacts['dataset'] = configured({}).dataset,
  ): SaysFacts => ({
    dataset,
    step: 500,
    says: {
      of: 'probe',
      images: 1000,
      labels: [97, 116, 99, 93, 105, 92, 94, 117, 87, 100],
      answered: [0, 0, 0, 0, 0, 0, 0, 1000, 0, 0],
      right: [0, 0, 0, 0, 0, 0, 0, 117, 0, 0],
      unanswered: 0,
      ...says,
    },
  });

  it('tells of a network that answers one digit to everything', () => {
    expect(saysSentence(english, saidOf({}))).toBe(
      'At step 500 it answers 7 to 1,000 of 1,000 images; 117 of them are a 7.',
    );
    expect(saysSentence(chinese, saidOf({}))).toBe(
      '第 500 步时，1,000 张图像中有 1,000 张它都回答 7；其中真正是 7 的有 117 张。',
    );
  });

  it('counts right answers where they are spread', () => {
    const spread = saidOf({ answered: [100, 110, 100, 90, 100, 90, 95, 120, 95, 100], right: Array(10).fill(84) });
    expect(saysSentence(english, spread)).toBe(
      'At step 500 it answers 840 of 1,000 images rightly. Its most frequent answer is 7, 120 times; there are 117.',
    );
  });

  it('does not wonder at an answer that most of the data deserve', () => {
    const two = { images: 100, labels: [60, 40], answered: [65, 35], right: [58, 33] };
    expect(saysSentence(english, saidOf(two, { name: 'xor', train: 100, test: 0, noise: 0 }))).toBe(
      'At step 500 it answers 91 of 100 points rightly. Its most frequent answer is class 0, 65 times; there are 60.',
    );
  });

  it('calls shapes by their names', () => {
    const shapes = { name: 'shapeset', train: 90, test: 0 } as const;
    const counts = { images: 90, labels: Array(9).fill(10), answered: [0, 0, 0, 0, 0, 0, 0, 90, 0], right: [0] };
    expect(saysSentence(english, saidOf(counts, shapes))).toBe(
      'At step 500 it answers “triangle and ellipse” to 90 of 90 images; for 10 of them that is right.',
    );
    expect(saysSentence(chinese, saidOf(counts, shapes))).toBe(
      '第 500 步时，90 张图像中有 90 张它都回答“三角形和椭圆”；其中真正如此的有 10 张。',
    );
    expect([0, 4, 8].map((label) => shortClass(shapes, label))).toEqual(['△', '▱▱', '▱○']);
    expect([0, 4, 8].map((label) => saidClass(english, shapes, label))).toEqual([
      'triangle',
      'two parallelograms',
      'parallelogram and ellipse',
    ]);
    expect(shortClass(configured({}).dataset, 7)).toBe('7');
  });

  it('tells how well pictures are repeated, beside a grey answer', () => {
    const pixels = [
      [0, 128],
      [128, 0],
    ];
    const answered = (outputs: (one: readonly number[]) => readonly number[]) =>
      errorsOf(copiesOf(pixels.map((one) => ({ pixels: one, outputs: outputs(one) }))));
    expect(answered((one) => one.map((byte) => byte / 256))).toEqual({ error: 0, grey: 0.25 });
    expect(answered(() => [0.25, 0.25])).toEqual({ error: 0.25, grey: 0.25 });
    expect(answered(() => [NaN, 0]).error).toBeNaN();
  });

  it('says where there is no answer', () => {
    const none = saidOf({ answered: Array(10).fill(0), right: Array(10).fill(0), unanswered: 1000 });
    expect(saysSentence(english, none)).toBe(
      'At step 500 it has no answer to any of 1,000 images: an output is not a number.',
    );
    expect(saysSentence(chinese, saidOf({ unanswered: 3 }))).toContain('有 3 张因输出不是数而没有回答。');
  });
});
