/** Which runs the plots compare: those whose eye is open. Everybody opens and closes eyes for themselves; links carry them. */
import { useMemo } from 'react';
import { shownRuns } from '../../shared/protocol/playhead.ts';
import { lookUp, type RoomRun, type RoomState, type RunId } from '../../shared/protocol/state.ts';
import { useFacts, useRoom } from '../room/context.tsx';
import { useChangeView, useView, useViewNow } from '../view/context.tsx';

const orderOf = (runs: RoomState['runs']): ReadonlyMap<RunId, number> =>
  new Map(Object.keys(runs).map((id, index) => [id, index]));

/** The runs that are compared, oldest first: those chosen, or else those that the room shows. Runs that do not exist are passed over. */
export function comparedRuns(state: RoomState, chosen: readonly RunId[] | null): RoomRun[] {
  const runs = chosen === null ? shownRuns(state) : chosen.flatMap((id) => lookUp(state.runs, id) ?? []);
  const order = orderOf(state.runs);
  return runs.toSorted((one, other) => (order.get(one.id) ?? 0) - (order.get(other.id) ?? 0));
}

/** Opens or closes the eyes of some runs; the others stay as they are. */
export function withEyes(compared: readonly RunId[], runs: readonly RunId[], open: boolean): RunId[] {
  const others = compared.filter((id) => !runs.includes(id));
  return open ? [...others, ...runs] : others;
}

/** The runs that are compared on this page, oldest first; another list with every event of the room. */
export function useComparedRuns(): readonly RoomRun[] {
  const state = useFacts();
  const chosen = useView((view) => view.runs);
  return useMemo(() => comparedRuns(state, chosen), [state, chosen]);
}

/** Returns how to open and close eyes. */
export function useEyes(): (runs: readonly RunId[], open: boolean) => void {
  const { store } = useRoom();
  const change = useChangeView();
  const viewNow = useViewNow();
  return (runs, open) => {
    const { state } = store.getState();
    if (state === null) return;
    const compared = comparedRuns(state, viewNow().runs).map(({ id }) => id);
    change({ runs: withEyes(compared, runs, open) });
  };
}

/** The run that the others are compared with: the one chosen, or else the oldest; null without runs. */
export function useBaseRun(): RoomRun | null {
  const { runs } = useFacts();
  const chosen = useView((view) => view.base);
  return (chosen === null ? undefined : lookUp(runs, chosen)) ?? Object.values(runs)[0] ?? null;
}
