/** The plots of a room, one at a time: which there are, in which order, and which one is on show. */
import { useMediaQuery } from '@mantine/hooks';
import { type ComponentType, type KeyboardEvent, lazy, Suspense } from 'react';
import type { RoomRun } from '../../shared/protocol/state.ts';
import { type TextKey, useWords } from '../i18n/words.ts';
import { useChangeView, useView } from '../view/context.tsx';
import type { PlotName } from '../view/view.ts';
import { BackRow, useBackRow } from './back-row.ts';
import { LayersCard } from './layers/layers-card.tsx';
import { SentenceLine } from './layers/sentence-line.tsx';

type Entry = {
  readonly name: PlotName;
  readonly label: TextKey;
  /** Draws the card; `run` is the one on show. The card stays when that is another one: somebody may be writing a note on it. */
  readonly Card: ComponentType<{ readonly run: RoomRun }>;
  /** What a projector shows in its place, where it is not the same without what can be pressed. */
  readonly Screen?: ComponentType;
  /** It needs a wide screen. */
  readonly wide?: true;
};

const WhyCard = lazy(() => import('./why/why-card.tsx').then(({ WhyCard: card }) => ({ default: card })));
const SeesCard = lazy(() => import('./sees/sees-card.tsx').then(({ SeesCard: card }) => ({ default: card })));
const RunsCard = lazy(() => import('../runs/runs-card.tsx').then(({ RunsCard: card }) => ({ default: card })));
const RunsScreen = lazy(() => import('../runs/runs-screen.tsx').then(({ RunsScreen: card }) => ({ default: card })));

const CompareCard = lazy(() =>
  import('./compare/compare-card.tsx').then(({ CompareCard: card }) => ({ default: card })),
);
const HeatCard = lazy(() => import('./heat/heat-card.tsx').then(({ HeatCard: card }) => ({ default: card })));
const OutcomeCard = lazy(() =>
  import('./outcome/outcome-card.tsx').then(({ OutcomeCard: card }) => ({ default: card })),
);

const cards: readonly Entry[] = [
  { name: 'layers', label: 'deck.layers', Card: LayersCard },
  { name: 'compare', label: 'deck.compare', Card: CompareCard },
  { name: 'heat', label: 'deck.heat', Card: HeatCard },
  { name: 'why', label: 'deck.why', Card: WhyCard },
  { name: 'sees', label: 'deck.sees', Card: SeesCard },
  { name: 'outcome', label: 'deck.outcome', Card: OutcomeCard },
  { name: 'runs', label: 'deck.runs', Card: RunsCard, Screen: RunsScreen, wide: true },
];

/** What is looked at side by side: a cursor on one plot is on all of them. */
const together: ReadonlySet<PlotName> = new Set(['layers', 'compare', 'heat', 'outcome']);

/** Draws several cards at once. */
function AllCards({ run }: { readonly run: RoomRun }) {
  const isFar = useBackRow();
  const deck = (
    <div className="deck-all">
      {cards
        .filter(({ name }) => together.has(name))
        .map(({ name, Card }) => (
          <Suspense key={name} fallback={<section className="card plot-card" aria-busy="true" />}>
            <Card run={run} />
          </Suspense>
        ))}
    </div>
  );
  if (!isFar) return deck;
  // The corner below them belongs to the code, and the rest of that line to what is said of the run on show.
  return (
    <div className="shown-card">
      {deck}
      <SentenceLine />
    </div>
  );
}

const all: readonly Entry[] = [...cards, { name: 'all', label: 'deck.all', Card: AllCards }];

/** Draws the plot that the view asks for as a projector shows it: nothing to press, and type for the back row. */
export function ScreenDeck({ run }: { readonly run: RoomRun }) {
  const asked = useView((view) => view.plot);
  const { Card, Screen } = all.find(({ name }) => name === asked) ?? { Card: LayersCard };
  return (
    <BackRow value>
      <Suspense fallback={<section className="shown-card" aria-busy="true" />}>
        {Screen === undefined ? <Card run={run} /> : <Screen />}
      </Suspense>
    </BackRow>
  );
}

/** Draws the plot that the view asks for, and the tabs for the others below it. */
export function PlotDeck({ run }: { readonly run: RoomRun }) {
  const { say } = useWords();
  const change = useChangeView();
  const asked = useView((view) => view.plot);
  const wide = useMediaQuery('(min-width: 840px)', window.innerWidth >= 840, { getInitialValueInEffect: false });
  const entries = wide ? all : all.filter((entry) => entry.wide !== true);
  const shown = entries.find(({ name }) => name === asked) ?? entries[0];
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const at = entries.findIndex(({ name }) => name === shown?.name);
    const next = entries[(at + by + entries.length) % entries.length];
    if (by === 0 || next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    change({ plot: next.name });
    document.getElementById(`deck-${next.name}`)?.focus();
  };
  if (shown === undefined) return null;
  return (
    <div className="plot-deck">
      <Suspense fallback={<section className="card plot-card" aria-busy="true" />}>
        <shown.Card run={run} />
      </Suspense>
      {entries.length > 1 && (
        <div className="deck-tabs" role="tablist" aria-label={say('deck.label')}>
          {entries.map(({ name, label }) => (
            <button
              key={name}
              id={`deck-${name}`}
              type="button"
              role="tab"
              className="plain-button deck-tab"
              aria-selected={name === shown.name}
              tabIndex={name === shown.name ? 0 : -1}
              data-testid={`deck-${name}`}
              onClick={() => change({ plot: name })}
              onKeyDown={onKeyDown}
            >
              {say(label)}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
