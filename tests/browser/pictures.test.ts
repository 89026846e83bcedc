/**
 * Every plot in its states, as people have looked at it and found it right. The pictures are kept in `pictures/`; README.md of
 * the tests says how a new one is accepted.
 */
import { describe } from 'vitest';
import { test, type Visit } from '../support/gallery.ts';
import { expectPicture } from '../support/pictures/kept.ts';
import { exhibitOf, falling, measuredBy } from './exhibits.ts';

const card = { width: 960, height: 600 };
const phone = { width: 390, height: 560 };
const projector = { width: 1280, height: 720 };

/** Full-batch descent, every step measured; `hidden` layers of 30. */
const descent = (hidden: number, epochs: number) => ({
  dataset: { name: 'mnist', train: 200, test: 50 },
  hidden: Array<number>(hidden).fill(30),
  batchSize: 'full',
  epochs,
  measureEvery: 1,
});

const four = descent(4, 400);
const fallen = { configuration: four, measurements: measuredBy(four, 400, { speed: falling(4, 4.9) }) };
const growing = {
  configuration: four,
  measurements: measuredBy(four, 150, { speed: falling(4, 4.9) }),
  live: true,
} as const;
const begun = {
  configuration: four,
  measurements: measuredBy(four, 0, { speed: falling(4, 4.9) }),
  live: true,
} as const;
const waiting = { configuration: four, measurements: [], live: true } as const;

/** Relu, whose first layers die: exactly zero from there on. */
const relu = { ...descent(4, 200), activation: 'relu' };
const dying = {
  configuration: relu,
  measurements: measuredBy(relu, 200, {
    speed: (layer, step) => (step >= 60 + 30 * layer && layer < 3 ? 0 : falling(4, 4.9)(layer, step)),
    dead: (layer, step) => (layer < 3 ? Math.min(1, step / (60 + 30 * layer)) : 0.1),
  }),
};

const exploding = {
  configuration: four,
  measurements: measuredBy(four, 120, {
    speed(layer, step) {
      const value = falling(4, 0.4)(layer, 0) * 10 ** (step / 12);
      return step > 110 ? Number.NaN : value > 1e8 ? Infinity : value;
    },
    cost: (step) => (step > 110 ? Number.NaN : 2.3 * 10 ** (step / 30)),
  }),
};

const deep = { ...descent(64, 100), hidden: Array<number>(64).fill(10) };
const vanishing = { configuration: deep, measurements: measuredBy(deep, 100, { speed: falling(64, 2.1) }) };

const notes = [
  { step: 120, layer: 1, text: 'Hardly moves' },
  { step: 300, layer: null, text: 'All of them settle here' },
];

type Picture = Visit & { readonly name: string };

const home: readonly Picture[] = [
  { name: 'layers', ...card, exhibit: exhibitOf({ runs: [fallen], notes }) },
  { name: 'layers-dark', ...card, scheme: 'dark', exhibit: exhibitOf({ runs: [fallen], notes }) },
  {
    name: 'layers-chinese',
    ...card,
    language: 'zh-CN',
    exhibit: exhibitOf({ runs: [fallen], language: 'zh-CN' }),
  },
  { name: 'layers-phone', ...phone, exhibit: exhibitOf({ runs: [fallen], notes }) },
  { name: 'layers-screen', ...projector, exhibit: exhibitOf({ runs: [fallen], frame: 'screen' }) },
  { name: 'layers-empty', ...card, exhibit: exhibitOf({ runs: [waiting] }) },
  { name: 'layers-loading', ...card, server: 'never', exhibit: exhibitOf({ runs: [fallen] }) },
  { name: 'layers-failed', ...card, server: 'failing', exhibit: exhibitOf({ runs: [fallen] }) },
  { name: 'layers-one-point', ...card, exhibit: exhibitOf({ runs: [begun] }) },
  { name: 'layers-live', ...card, exhibit: exhibitOf({ runs: [growing] }) },
  { name: 'layers-zero', ...card, exhibit: exhibitOf({ runs: [dying] }) },
  { name: 'layers-not-finite', ...card, exhibit: exhibitOf({ runs: [exploding] }) },
  { name: 'layers-64', ...card, exhibit: exhibitOf({ runs: [vanishing] }) },
  { name: 'layers-64-dark', ...card, scheme: 'dark', exhibit: exhibitOf({ runs: [vanishing] }) },
  { name: 'layers-linear', ...card, search: '?y=linear', exhibit: exhibitOf({ runs: [fallen] }) },
  {
    name: 'layers-smooth-zoomed',
    ...card,
    search: '?x=log&smooth=0.8&zoom=10_200',
    exhibit: exhibitOf({ runs: [fallen] }),
  },
  { name: 'layers-table', ...card, search: '?table=1', exhibit: exhibitOf({ runs: [fallen] }) },
  { name: 'layers-book', ...card, search: '?book=1', exhibit: exhibitOf({ runs: [fallen] }) },
];

const outcomes: readonly Picture[] = [
  { name: 'outcomes', ...card, height: 260, exhibit: exhibitOf({ runs: [fallen], frame: 'outcomes' }) },
  {
    name: 'outcomes-live-dark',
    ...card,
    height: 260,
    scheme: 'dark',
    exhibit: exhibitOf({ runs: [growing], frame: 'outcomes' }),
  },
  { name: 'outcomes-not-finite', ...card, height: 260, exhibit: exhibitOf({ runs: [exploding], frame: 'outcomes' }) },
];

describe('Every plot looks as it did when it was found right:', () => {
  test.for([...home, ...outcomes])('$name', async ({ name, ...visit }, { browser, gallery }) => {
    const { screenshot, masks } = await gallery.visit(browser, visit);
    expectPicture(name, screenshot, masks);
  });
});
