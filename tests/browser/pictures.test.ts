/**
 * Every plot in its states, as people have looked at it and found it right. The pictures are kept in `pictures/`; README.md of
 * the tests says how a new one is accepted.
 */
import { describe, expect } from 'vitest';
import { test, type Visit } from '../support/gallery.ts';
import { expectPicture, looksLike, looksOther } from '../support/pictures/kept.ts';
import { exhibitOf, falling, measuredBy } from './exhibits.ts';
import { trainedRun } from './looked.ts';

const card = { width: 960, height: 600 };
const phone = { width: 390, height: 560 };
const projector = { width: 1920, height: 1080 };

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

const fast = { ...four, optimizer: { name: 'sgd', learningRate: 100 } };
const exploding = {
  configuration: fast,
  measurements: measuredBy(fast, 120, {
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
  { name: 'layers-theory', ...card, search: '?theory=1', exhibit: exhibitOf({ runs: [fallen] }) },
  {
    name: 'layers-theory-phone',
    ...phone,
    search: '?theory=1',
    scheme: 'dark',
    exhibit: exhibitOf({ runs: [fallen] }),
  },
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

/** Full-batch descent with another number of layers, another activation, another seed: what classes compare. */
const compared = [
  { configuration: descent(2, 300), factor: 4.7 },
  { configuration: descent(4, 300), factor: 4.9 },
  { configuration: { ...descent(4, 300), activation: 'tanh' }, factor: 2.2 },
].map(({ configuration, factor }) => ({
  configuration,
  measurements: measuredBy(configuration, 300, { speed: falling(configuration.hidden.length, factor) }),
}));

const seeded = (configuration: { readonly hidden: readonly number[] }, factor: number, seeds: number) =>
  Array.from({ length: seeds }, (_, seed) => {
    const its = { ...configuration, seed };
    const one = falling(its.hidden.length, factor * (1 + 0.08 * Math.sin(seed * 2.3)));
    return {
      configuration: its,
      measurements: measuredBy(its, 300, { speed: (layer, step) => one(layer, step + 7 * seed) }),
    };
  });

const seeds = [...seeded(descent(2, 300), 4.7, 5), ...seeded(descent(4, 300), 4.9, 5)];
const crowd = Array.from({ length: 24 }, (_, index) => {
  const widths = Array<number>(2 + (index % 8)).fill(20 + Math.floor(index / 8));
  const configuration = { ...descent(1, 300), hidden: widths };
  const factor = 2 + (index % 5);
  return {
    configuration,
    measurements: measuredBy(configuration, 300, { speed: falling(configuration.hidden.length, factor) }),
  };
});
const namesOf = (runs: readonly unknown[]): string => runs.map((_, index) => `run-${index + 1}`).join();

const compare: readonly Picture[] = [
  { name: 'compare', ...card, search: '?plot=compare', exhibit: exhibitOf({ runs: compared }) },
  { name: 'compare-dark', ...card, scheme: 'dark', search: '?plot=compare', exhibit: exhibitOf({ runs: compared }) },
  {
    name: 'compare-chinese',
    ...card,
    language: 'zh-CN',
    search: '?plot=compare',
    exhibit: exhibitOf({ runs: compared, language: 'zh-CN' }),
  },
  { name: 'compare-phone', ...phone, search: '?plot=compare', exhibit: exhibitOf({ runs: compared }) },
  { name: 'compare-empty', ...card, search: '?plot=compare', exhibit: exhibitOf({ runs: [waiting] }) },
  { name: 'compare-one-point', ...card, search: '?plot=compare', exhibit: exhibitOf({ runs: [begun] }) },
  { name: 'compare-live', ...card, search: '?plot=compare', exhibit: exhibitOf({ runs: [growing, ...compared] }) },
  {
    name: 'compare-zero-nan',
    ...card,
    search: '?plot=compare',
    exhibit: exhibitOf({ runs: [dying, exploding, fallen] }),
  },
  {
    name: 'compare-seeds',
    ...card,
    search: `?plot=compare&runs=${namesOf(seeds)}`,
    exhibit: exhibitOf({ runs: seeds }),
  },
  {
    name: 'compare-24',
    ...card,
    search: `?plot=compare&runs=${namesOf(crowd)}`,
    exhibit: exhibitOf({ runs: crowd }),
  },
  { name: 'compare-multiples', ...card, search: '?plot=compare&multiples=1', exhibit: exhibitOf({ runs: compared }) },
];

const heat: readonly Picture[] = [
  { name: 'heat', ...card, search: '?plot=heat', exhibit: exhibitOf({ runs: [fallen] }) },
  { name: 'heat-dark', ...card, scheme: 'dark', search: '?plot=heat', exhibit: exhibitOf({ runs: [fallen] }) },
  {
    name: 'heat-chinese',
    ...card,
    language: 'zh-CN',
    search: '?plot=heat',
    exhibit: exhibitOf({ runs: [fallen], language: 'zh-CN' }),
  },
  { name: 'heat-phone', ...phone, search: '?plot=heat', exhibit: exhibitOf({ runs: [fallen] }) },
  { name: 'heat-empty', ...card, search: '?plot=heat', exhibit: exhibitOf({ runs: [waiting] }) },
  { name: 'heat-one-point', ...card, search: '?plot=heat', exhibit: exhibitOf({ runs: [begun] }) },
  { name: 'heat-live', ...card, search: '?plot=heat', exhibit: exhibitOf({ runs: [growing] }) },
  { name: 'heat-zero', ...card, search: '?plot=heat', exhibit: exhibitOf({ runs: [dying] }) },
  { name: 'heat-not-finite', ...card, search: '?plot=heat', exhibit: exhibitOf({ runs: [exploding] }) },
  { name: 'heat-64', ...card, search: '?plot=heat', exhibit: exhibitOf({ runs: [vanishing] }) },
  {
    name: 'heat-24',
    ...card,
    search: `?plot=heat&multiples=1&runs=${namesOf(crowd)}`,
    exhibit: exhibitOf({ runs: crowd }),
  },
];

const outcome: readonly Picture[] = [
  { name: 'outcome', ...card, search: '?plot=outcome', exhibit: exhibitOf({ runs: [fallen] }) },
  {
    name: 'outcome-dark-seconds',
    ...card,
    scheme: 'dark',
    search: '?plot=outcome&axis=seconds',
    exhibit: exhibitOf({ runs: [fallen] }),
  },
  {
    name: 'outcome-chinese',
    ...card,
    language: 'zh-CN',
    search: '?plot=outcome',
    exhibit: exhibitOf({ runs: [fallen], language: 'zh-CN' }),
  },
  { name: 'outcome-phone', ...phone, search: '?plot=outcome', exhibit: exhibitOf({ runs: [growing] }) },
  { name: 'outcome-empty', ...card, search: '?plot=outcome', exhibit: exhibitOf({ runs: [waiting] }) },
  { name: 'outcome-not-finite', ...card, search: '?plot=outcome', exhibit: exhibitOf({ runs: [exploding] }) },
];

/** Trained a little, so that there is something to see in them. */
const small = { ...descent(3, 40), hidden: [30, 30, 30], batchSize: 10, epochs: 2, measureEvery: 2 };
const learned = trainedRun(small, 40);
const learning = trainedRun(small, 22, true);
const deepest = { ...descent(64, 10), hidden: Array<number>(64).fill(10) };
const drowned = trainedRun(deepest, 10);

const inside = (plot: 'why' | 'sees', part: string, search: string): readonly Picture[] => {
  const name = part === '' ? plot : `${plot}-${part}`;
  const at = `?plot=${plot}${search}`;
  return [
    { name, ...card, search: at, exhibit: exhibitOf({ runs: [learned] }) },
    { name: `${name}-dark`, ...card, scheme: 'dark', search: at, exhibit: exhibitOf({ runs: [learned] }) },
    { name: `${name}-phone`, ...phone, search: at, exhibit: exhibitOf({ runs: [learned] }) },
    {
      name: `${name}-chinese`,
      ...card,
      language: 'zh-CN',
      search: at,
      exhibit: exhibitOf({ runs: [learned], language: 'zh-CN' }),
    },
    { name: `${name}-empty`, ...card, search: at, exhibit: exhibitOf({ runs: [waiting] }) },
    { name: `${name}-live`, ...card, search: at, exhibit: exhibitOf({ runs: [learning] }) },
    { name: `${name}-64`, ...card, search: at, exhibit: exhibitOf({ runs: [drowned] }) },
  ];
};

const insides: readonly Picture[] = [
  ...inside('why', '', ''),
  { name: 'why-slope', ...card, search: '?plot=why&why=slope', exhibit: exhibitOf({ runs: [learned] }) },
  { name: 'why-values', ...card, search: '?plot=why&why=values', exhibit: exhibitOf({ runs: [learned] }) },
  { name: 'why-values-phone', ...phone, search: '?plot=why&why=values', exhibit: exhibitOf({ runs: [learned] }) },
  { name: 'why-neurons', ...card, search: '?plot=why&why=neurons', exhibit: exhibitOf({ runs: [learned] }) },
  { name: 'why-neurons-64', ...card, search: '?plot=why&why=neurons', exhibit: exhibitOf({ runs: [drowned] }) },
  ...inside('sees', '', ''),
  { name: 'sees-says', ...card, search: '?plot=sees&sees=says', exhibit: exhibitOf({ runs: [learned] }) },
  { name: 'sees-says-phone', ...phone, search: '?plot=sees&sees=says', exhibit: exhibitOf({ runs: [learned] }) },
  { name: 'sees-says-one-answer', ...card, search: '?plot=sees&sees=says', exhibit: exhibitOf({ runs: [drowned] }) },
];

/** What hangs on the wall while the class is shown a plot. */
const onScreen = (
  name: string,
  search: string,
  runs: Parameters<typeof exhibitOf>[0]['runs'],
  { scheme, language }: Pick<Visit, 'scheme' | 'language'> = {},
): Picture => ({
  name: `screen-${name}`,
  ...projector,
  ...(scheme === undefined ? {} : { scheme }),
  ...(language === undefined ? {} : { language }),
  search,
  exhibit: exhibitOf({ runs, frame: 'screen', ...(language === undefined ? {} : { language }) }),
});

const screens: readonly Picture[] = [
  onScreen('compare', '?plot=compare', compared),
  onScreen('compare-dark', '?plot=compare', compared, { scheme: 'dark' }),
  onScreen('compare-chinese', '?plot=compare', compared, { language: 'zh-CN' }),
  onScreen('compare-24', `?plot=compare&runs=${namesOf(crowd)}`, crowd),
  onScreen('compare-multiples', '?plot=compare&multiples=1', compared),
  onScreen('heat', '?plot=heat', [fallen]),
  onScreen('heat-dark-chinese', '?plot=heat', [fallen], { scheme: 'dark', language: 'zh-CN' }),
  onScreen('heat-24', `?plot=heat&multiples=1&runs=${namesOf(crowd)}`, crowd),
  onScreen('why', '?plot=why', [learned]),
  onScreen('why-dark-chinese', '?plot=why', [learned], { scheme: 'dark', language: 'zh-CN' }),
  onScreen('why-64', '?plot=why', [drowned]),
  onScreen('why-slope', '?plot=why&why=slope', [learned]),
  onScreen('why-values', '?plot=why&why=values', [learned]),
  onScreen('why-neurons', '?plot=why&why=neurons', [learned]),
  onScreen('sees', '?plot=sees', [learned]),
  onScreen('sees-dark-chinese', '?plot=sees', [learned], { scheme: 'dark', language: 'zh-CN' }),
  onScreen('says', '?plot=sees&sees=says', [learned]),
  onScreen('outcome', '?plot=outcome', [fallen]),
  onScreen('outcome-dark-chinese', '?plot=outcome', [fallen], { scheme: 'dark', language: 'zh-CN' }),
  onScreen('runs', '?plot=runs', compared),
  onScreen('runs-24-dark-chinese', '?plot=runs', crowd, { scheme: 'dark', language: 'zh-CN' }),
  onScreen('all', '?plot=all', compared),
];

describe('Every plot looks as it did when it was found right:', () => {
  test.for([...home, ...outcomes, ...compare, ...heat, ...outcome, ...insides, ...screens])(
    '$name',
    async ({ name, ...visit }, { browser, gallery }) => {
      const { screenshot, masks } = await gallery.visit(browser, { ...visit, until: looksLike(name) });
      expectPicture(name, screenshot, masks);
    },
  );
});

describe('A picture fails where', () => {
  const speed = falling(4, 4.9);
  const planted: readonly (Visit & { readonly what: string })[] = [
    {
      what: 'one line has moved by a decade',
      ...card,
      exhibit: exhibitOf({
        runs: [
          {
            configuration: four,
            measurements: measuredBy(four, 400, {
              speed: (layer, step) => speed(layer, step) * (layer === 2 ? 10 : 1),
            }),
          },
        ],
        notes,
      }),
    },
    { what: 'a note is missing', ...card, exhibit: exhibitOf({ runs: [fallen], notes: notes.slice(0, 1) }) },
  ];
  test.for(planted)('$what', async ({ what: _what, ...visit }, { browser, gallery }) => {
    const { screenshot, masks } = await gallery.visit(browser, visit);
    expect(looksOther('layers', screenshot, masks)).toBe(true);
  });

  test('the name of a tick is missing', async ({ browser, gallery }) => {
    const { page, screenshot, masks } = await gallery.visit(browser, {
      ...card,
      exhibit: exhibitOf({ runs: [fallen], notes }),
    });
    expect(looksOther('layers', screenshot, masks)).toBe(false);
    for (const axis of ['x', 'y']) {
      const name = page.locator(`.recharts-${axis}Axis-tick-labels text`).nth(1);
      await name.evaluate((text) => (text.style.visibility = 'hidden'));
      expect(looksOther('layers', await page.screenshot(), masks)).toBe(true);
      await name.evaluate((text) => (text.style.visibility = ''));
    }
  });
});
