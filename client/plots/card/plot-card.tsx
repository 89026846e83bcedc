/**
 * The card around every plot: title and definition, what can be set, the plot or its table, the sentence, and what can be
 * done with it, in the same corner and the same order everywhere.
 */
import { type ReactNode, useEffect, useState } from 'react';
import { useWords } from '../../i18n/words.ts';
import { Icon } from '../../shell/icons.tsx';
import { useChangeView, useView } from '../../view/context.tsx';
import type { Cursor } from '../../view/link.ts';
import type { Held } from '../held.ts';
import type { XAxis } from '../x-axis.ts';
import { CardMenu } from './card-menu.tsx';
import { Explain } from './explain.tsx';
import type { Figure } from './figure.ts';
import { type PinPlace, PinForm } from './pin-form.tsx';
import { ZoomLine } from './zoom-line.tsx';
import './card.css';

export type PlotCardProps = {
  /** The plot's name in the address. */
  readonly id: string;
  readonly title: string;
  /** What is measured, in words. */
  readonly definition: string;
  /** Whose curves these are: words for the export, and a sign beside the title. */
  readonly subtitle: string;
  readonly sign?: ReactNode;
  /** What can be set, in a row below the title. */
  readonly controls?: ReactNode;
  readonly figure: Held<Figure | null>;
  /** The horizontal axis, where the plot takes part in the zoom of the page. */
  readonly axis: XAxis | null;
  readonly formatX: (value: number) => string;
  /** The sentence as text for exports; on the page it is drawn by `children` of the card's foot. */
  readonly sentence: () => string;
  readonly foot: ReactNode;
  /** The twin in numbers. */
  readonly table: () => ReactNode;
  /** Where a pin would go: at the cursor, where there is one on this plot, else at the step on show; null: nowhere. */
  readonly pinAt: (cursor: Cursor | null) => PinPlace | null;
  readonly children: ReactNode;
};

/** Draws the card. */
export function PlotCard(props: PlotCardProps) {
  const { id, title, definition, sign, controls, axis, foot, table, children } = props;
  const { say } = useWords();
  const change = useChangeView();
  const full = useView((view) => view.full === id);
  const asTable = useView((view) => view.table);
  const [pinning, setPinning] = useState(false);
  useFullScreen(full, () => change({ full: null }));
  const button = (name: 'table' | 'pin' | 'full', pressed: boolean, act: () => void) => (
    <button
      type="button"
      className="plain-button card-button"
      aria-pressed={pressed}
      title={say(`card.${name}`)}
      aria-label={say(`card.${name}`)}
      data-testid={`${id}-${name}`}
      onClick={act}
    >
      <Icon name={name} />
    </button>
  );
  return (
    <section className={full ? 'card plot-card full' : 'card plot-card'} aria-label={title} data-plot={id}>
      <header className="plot-heading">
        <h2>{title}</h2>
        <Explain label={say('card.definition', { title })} text={definition} />
        <span className="plot-run">{sign}</span>
        <div className="card-actions" role="toolbar" aria-label={say('card.actions', { title })}>
          {button('pin', pinning, () => setPinning(!pinning))}
          {button('table', asTable, () => change({ table: !asTable }))}
          {button('full', full, () => toggleFullScreen(full, () => change({ full: full ? null : id })))}
          <CardMenu {...props} />
        </div>
      </header>
      {controls !== undefined && <div className="card-controls">{controls}</div>}
      {axis !== null && <ZoomLine axis={axis} format={props.formatX} />}
      {pinning && <PinForm plot={id} placeOf={props.pinAt} onDone={() => setPinning(false)} />}
      <div className="plot-body">{asTable ? <div className="plot-table">{table()}</div> : children}</div>
      {foot}
    </section>
  );
}

/** Fills the page, and where the browser allows it the whole screen. */
function toggleFullScreen(full: boolean, toggle: () => void): void {
  toggle();
  // Phones that know no full screen still get the whole page; a refusal changes nothing.
  if (full) void document.exitFullscreen?.().catch(() => undefined);
  else void document.documentElement.requestFullscreen?.().catch(() => undefined);
}

/** Leaves with Escape, and with the browser's own way out of its full screen. */
function useFullScreen(full: boolean, leave: () => void): void {
  useEffect(() => {
    if (!full) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) leave();
    };
    const onChange = (): void => {
      if (document.fullscreenElement === null) leave();
    };
    window.addEventListener('keydown', onKey);
    document.addEventListener('fullscreenchange', onChange);
    return () => {
      window.removeEventListener('keydown', onKey);
      document.removeEventListener('fullscreenchange', onChange);
    };
  });
}
