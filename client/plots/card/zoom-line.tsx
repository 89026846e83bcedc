/** Says that a part of the horizontal axis is on show, on all plots of the page, and leads back to all of it. */
import { useWords } from '../../i18n/words.ts';
import { useChangeView, useView } from '../../view/context.tsx';
import type { XAxis } from '../x-axis.ts';

/** Draws the line; nothing while all is on show. */
export function ZoomLine({ axis, format }: { readonly axis: XAxis; readonly format: (value: number) => string }) {
  const { say } = useWords();
  const change = useChangeView();
  const unit = useView((view) => view.axis);
  const zoomed = useView((view) => view.zoom !== null);
  if (!zoomed) return null;
  const [from, to] = axis.shown.map(format);
  const text = say(`zoom.shown.${unit}`, { from: from ?? '', to: to ?? '' });
  return (
    <div className="zoom-line" role="status">
      <span title={say('zoom.shared', { part: text })}>{text}</span>
      <button type="button" className="plain-button" onClick={() => change({ zoom: null })} data-testid="zoom-all">
        {say('zoom.all')}
      </button>
    </div>
  );
}
