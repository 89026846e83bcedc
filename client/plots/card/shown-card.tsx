/** A card on a projector: what it shows, whose it is, and its sentence; nothing to press. */
import type { ReactNode } from 'react';
import './shown-card.css';

type Props = {
  readonly id: string;
  readonly title: string;
  readonly sign?: ReactNode;
  /** What the card says beside its title, where it says something besides what can be pressed. */
  readonly controls?: ReactNode;
  readonly foot: ReactNode;
  readonly children: ReactNode;
};

/** Draws it. */
export const ShownCard = ({ id, title, sign, controls, foot, children }: Props) => (
  <section className="shown-card" aria-label={title} data-plot={id}>
    <header className="plot-heading">
      <h2>{title}</h2>
      <div className="card-controls">{controls}</div>
      <span className="plot-run">{sign}</span>
    </header>
    <div className="plot-body">{children}</div>
    {foot}
  </section>
);
