/**
 * The card around every plot: title and definition, what can be set, the plot or its table, the sentence, and what can be
 * done with it, in the same corner and the same order everywhere.
 */
import { Popover } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useWords } from '../../i18n/words.ts';
import { Icon } from '../../shell/icons.tsx';
import { useChangeView, useView } from '../../view/context.tsx';
import type { Cursor } from '../../view/link.ts';
import { useBackRow } from '../back-row.ts';
import type { Held } from '../held.ts';
import type { XAxis } from '../x-axis.ts';
import { CardMenu } from './card-menu.tsx';
import { Explain } from './explain.tsx';
import type { Figure } from './figure.ts';
import { type PinPlace, PinForm } from './pin-form.tsx';
import { ShownCard } from './shown-card.tsx';
import { useKeptScroll } from './use-kept-scroll.ts';
import { useScrolls } from './use-scrolls.ts';
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
  /** What is always at hand, in a row below the title; it takes its height from the plot. */
  readonly controls?: ReactNode;
  /** What is set now and then: it opens over the plot. */
  readonly settings?: ReactNode;
  readonly figure: Held<Figure | null>;
  /** The horizontal axis, where the plot takes part in the zoom of the page. */
  readonly axis: XAxis | null;
  readonly formatX: (value: number) => string;
  /** The sentence as text for exports; on the page `foot` draws it. */
  readonly sentence: () => string;
  readonly foot: ReactNode;
  /** What stands below the sentence. */
  readonly strip?: ReactNode;
  /** The twin in numbers. */
  readonly table: () => ReactNode;
  /** Where a pin would go: at the cursor, where there is one on this plot, else at the step on show; null: nowhere. */
  readonly pinAt: (cursor: Cursor | null) => PinPlace | null;
  readonly children: ReactNode;
};

/** Draws the card; on a projector what is to be seen of it. */
export function PlotCard(props: PlotCardProps) {
  return useBackRow() ? <ShownCard {...props} /> : <HandledCard {...props} />;
}

function HandledCard(props: PlotCardProps) {
  const { id, title, definition, sign, controls, settings, axis, foot, strip, table, children } = props;
  const { say } = useWords();
  const change = useChangeView();
  const full = useView((view) => view.full === id);
  const asTable = useView((view) => view.table);
  const [open, setOpen] = useState<'settings' | 'pin' | null>(null);
  const [body, bodyScrolls] = useScrolls<HTMLDivElement>();
  useFullScreen(full, () => change({ full: null }));
  const toggleTable = (): void => change({ table: !asTable });
  const toggleFull = (): void => toggleFullScreen(full, () => change({ full: full ? null : id }));
  const toggle = (which: 'settings' | 'pin'): void => setOpen(open === which ? null : which);
  const button = (name: 'table' | 'pin' | 'full' | 'settings', pressed: boolean, act: () => void) => (
    <button
      type="button"
      className={`plain-button card-button card-${name}`}
      aria-pressed={pressed}
      title={say(`card.${name}`)}
      aria-label={say(`card.${name}`)}
      data-testid={`${id}-${name}`}
      onClick={act}
    >
      <Icon name={name} />
    </button>
  );
  const popover = { position: 'bottom-end', shadow: 'md', width: 340, returnFocus: true } as const;
  const close = (): void => setOpen(null);
  return (
    <section className={full ? 'card plot-card full' : 'card plot-card'} aria-label={title} data-plot={id}>
      <header className="plot-heading">
        <h2>{title}</h2>
        <Explain label={say('card.definition', { title })} text={definition} />
        <span className="plot-run">{sign}</span>
        {axis !== null && <ZoomLine axis={axis} format={props.formatX} />}
        <div className="card-actions" role="toolbar" aria-label={say('card.actions', { title })}>
          {settings !== undefined && (
            <Popover {...popover} opened={open === 'settings'} onChange={close} trapFocus>
              <Popover.Target>{button('settings', open === 'settings', () => toggle('settings'))}</Popover.Target>
              <Popover.Dropdown className="settings-sheet">{settings}</Popover.Dropdown>
            </Popover>
          )}
          {/* The place of a note can still be chosen in the plot while it is written. */}
          <Popover {...popover} opened={open === 'pin'} onChange={close} closeOnClickOutside={false}>
            <Popover.Target>{button('pin', open === 'pin', () => toggle('pin'))}</Popover.Target>
            <Popover.Dropdown>
              <PinForm plot={id} placeOf={props.pinAt} onDone={close} />
            </Popover.Dropdown>
          </Popover>
          {button('table', asTable, toggleTable)}
          {button('full', full, toggleFull)}
          <CardMenu {...props} onPin={() => setOpen('pin')} onTable={toggleTable} onFull={toggleFull} />
        </div>
      </header>
      {controls !== undefined && <div className="card-controls">{controls}</div>}
      <div
        ref={body}
        className="plot-body"
        {...(bodyScrolls ? { role: 'group', tabIndex: 0, 'aria-label': title } : {})}
      >
        {asTable ? <Numbers label={say('card.numbers', { title })}>{table()}</Numbers> : children}
      </div>
      {foot}
      <div className="card-strip">{strip}</div>
    </section>
  );
}

/** The table, which stays where it has been pushed when it is of another run. */
function Numbers({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const pushed = useKeptScroll<HTMLElement>();
  return (
    // In the order of the Tab key, so that the arrows can push it aside.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section ref={pushed} className="plot-table" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}

/** Fills the page, and where the browser allows it the whole screen. */
function toggleFullScreen(full: boolean, toggle: () => void): void {
  toggle();
  // Phones that know no full screen still get the whole page; a refusal changes nothing.
  if (!full) void document.documentElement.requestFullscreen?.().catch(() => undefined);
  else if (document.fullscreenElement !== null) void document.exitFullscreen().catch(() => undefined);
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
