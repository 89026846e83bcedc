/** The figures that a lesson's step can name. Each is worked with by itself, needs no room, and is fetched when it is first drawn. */
import { type ComponentType, lazy, type LazyExoticComponent, Suspense } from 'react';
import type { FigureName } from '../../shared/protocol/lessons.ts';
import { useWords } from '../i18n/words.ts';

const figure = (load: () => Promise<ComponentType>): LazyExoticComponent<ComponentType> =>
  lazy(async () => ({ default: await load() }));

export const figures = {
  /** One neuron a layer, with every factor of its gradient. */
  chain: figure(() => import('./chain/own-chain.tsx').then(({ OwnChain }) => OwnChain)),
  /** How rarely a factor is 1 or more. */
  luck: figure(() => import('./luck/luck.tsx').then(({ Luck }) => Luck)),
  /** Parity in circuits of every depth. */
  circuit: figure(() => import('./circuit/circuit-lab.tsx').then(({ CircuitLab }) => CircuitLab)),
  /** Adding and multiplying, put together from smaller circuits. */
  multiplier: figure(() => import('./multiplier/multiplier-lab.tsx').then(({ MultiplierLab }) => MultiplierLab)),
  /** Linear regions, shallow against deep. */
  regions: figure(() => import('./regions/regions-figure.tsx').then(({ RegionsFigure }) => RegionsFigure)),
  /** Many networks at the start, and what theory says of them. */
  start: figure(() => import('./start/start-lab.tsx').then(({ StartLab }) => StartLab)),
  /** The slope of an activation, with operating points. */
  slope: figure(() => import('./slope/sigma-prime.tsx').then(({ SigmaPrime }) => SigmaPrime)),
  /** Singular values of the factors of a gradient, and of their product. */
  matrix: figure(() => import('./matrix/matrix-lab.tsx').then(({ MatrixLab }) => MatrixLab)),
  /** Order and chaos over the variance of the weights and depth. */
  map: figure(() => import('./map/chaos-map.tsx').then(({ ChaosMap }) => ChaosMap)),
  /** Cost over two weights, quadratic and cross-entropy. */
  surface: figure(() => import('./surface/surface.tsx').then(({ CostSurface }) => CostSurface)),
  /** What remedies do to the gradient, measured at the start. */
  remedies: figure(() => import('./remedies/remedies-lab.tsx').then(({ RemediesLab }) => RemediesLab)),
} as const satisfies Record<FigureName, LazyExoticComponent<ComponentType>>;

/** Where a figure is drawn: for somebody alone, in a class, or on its projector. Some are another thing there. */
const tables = {
  alone: figures,
  class: {
    ...figures,
    chain: figure(() => import('./chain/class-chain.tsx').then(({ ClassChain }) => ClassChain)),
  },
  screen: {
    ...figures,
    chain: figure(() => import('./chain/screen-chains.tsx').then(({ ScreenChains }) => ScreenChains)),
  },
} as const satisfies Record<string, Record<FigureName, LazyExoticComponent<ComponentType>>>;
type Place = keyof typeof tables;

/** Draws the figure of a step; a word stands for it until it has been fetched. */
export function NamedFigure({ name, place }: { readonly name: FigureName; readonly place: Place }) {
  const { say } = useWords();
  const Figure = tables[place][name];
  return (
    <Suspense fallback={<p className="soft">{say('figure.loading')}</p>}>
      <Figure />
    </Suspense>
  );
}
