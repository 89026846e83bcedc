/** What stands in a plot that has nothing to draw yet, or cannot get it: waiting, loading, failed. Never a spinner without a word. */
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useWords } from '../../i18n/words.ts';
import { useRoom } from '../../room/context.tsx';
import type { RunId } from '../../../shared/protocol/state.ts';

type Props = {
  readonly run: RunId;
  /** Whether there is anything drawn. */
  readonly drawn: boolean;
  /** Whether anything has been measured that may be shown. */
  readonly measured: boolean;
};

/** Nobody wonders about what comes within so many ms. */
const lateAfter = 1500;

/** Draws the notice over the plot; nothing where the plot speaks for itself. */
export function PlotNotice({ run, drawn, measured }: Props) {
  const { say } = useWords();
  const { fills } = useRoom();
  const standing = useStore(fills.fetching, (fetching) => fetching[run] ?? 'idle');
  // While a run is played something is always on its way; what does not come is said.
  const isLate = useLasting(standing === 'loading', lateAfter);
  const kind =
    standing === 'failed' ? 'failed' : drawn ? (isLate ? 'loading' : null) : measured ? 'loading' : 'waiting';
  if (kind === null) return null;
  return (
    <div
      className={drawn ? 'plot-notice beside' : 'plot-notice'}
      role="status"
      data-kind={kind}
      data-testid="plot-notice"
    >
      <span className="plot-notice-sign" aria-hidden="true" />
      <span>{say(`notice.${kind}`)}</span>
    </div>
  );
}

/** Whether something has been so for some ms. */
function useLasting(isSo: boolean, ms: number): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!isSo) return;
    const timer = setTimeout(() => setLasts(true), ms);
    return () => {
      clearTimeout(timer);
      setLasts(false);
    };
  }, [isSo, ms]);
  return lasts;
}
