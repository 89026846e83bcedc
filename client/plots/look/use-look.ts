/** Which looks a plot shows: those of the step at which the playhead rests, and until they are there the last ones before. */
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { LookPart, LookRecord } from '../../../shared/protocol/look.ts';
import type { RoomRun, RunId } from '../../../shared/protocol/state.ts';
import { useRoom, useShown } from '../../room/context.tsx';
import { keyOf, latestOf, type LookStanding, type LookWish } from '../../room/looks.ts';
import { measuredAtOrBefore } from '../../room/measured.ts';
import { planFor } from '../../room/stage.ts';

/** A playhead that stands for so many ms rests. */
const restsAfter = 300;
const refreshEvery = 250;

/** The parts that each card asks for, always in the same words, so that they are asked for once. */
export const innerParts: readonly LookPart[] = ['layers'];
export const outerParts: readonly LookPart[] = ['sees', 'says'];

export type ShownLook = {
  readonly run: RoomRun;
  /** What is shown: of the step wanted, or the last one before; null where there is none. */
  readonly look: LookRecord | null;
  /** The step that is wanted; null before the first is known. */
  readonly step: number | null;
  /** How that one stands; null while nothing has been asked for. */
  readonly standing: LookStanding | null;
};

export type ShownLooks = {
  /** In the order of the runs given. */
  readonly looks: readonly ShownLook[];
  /** Whether the playhead moves, so that nothing new is asked for. */
  readonly moving: boolean;
};

/** Looks into runs at the step at which the playhead rests, the first of them being the run on show. Give it a stable list. */
export function useLooks(runs: readonly RoomRun[], parts: readonly LookPart[]): ShownLooks {
  const { looks, stage } = useRoom();
  const rest = useRest(runs[0] ?? null);
  const known = useStore(looks.known);
  const shown = useShown(refreshEvery);
  const wishes = useMemo(
    () =>
      runs.map((run): LookWish | null => {
        if (rest === null) return null;
        const reach = stage.reach(run.id);
        const step = measuredAtOrBefore(planFor(run), Math.min(rest, reach), reach);
        return step < 0 ? null : { run: run.id, step, parts };
      }),
    [runs, rest, parts, stage],
  );
  // A run is another object with every event about it; its wish remains the same.
  const names = wishes.map((wish) => (wish === null ? '' : keyOf(wish))).join('|');
  useEffect(() => {
    const releases = wishes.map((wish) => (wish === null ? () => undefined : looks.want(wish)));
    return () => releases.forEach((release) => release());
    // oxlint-disable-next-line react/exhaustive-deps
  }, [names, looks]);
  const moving = shown !== null && isMoving(shown.motion);
  return useMemo(
    () => ({
      moving,
      looks: runs.map((run, index): ShownLook => {
        const wish = wishes[index] ?? null;
        const standing = wish === null ? null : (known.get(keyOf(wish))?.standing ?? null);
        const look = standing?.kind === 'ready' ? standing.look : latestOf(known, run.id, parts, stage.reach(run.id));
        // Nothing beyond the playhead, also after it has gone back.
        return {
          run,
          look: look !== null && look.step <= stage.reach(run.id) ? look : null,
          step: wish?.step ?? null,
          standing,
        };
      }),
    }),
    // What `stage.reach` says changes with what is shown.
    // oxlint-disable-next-line react/exhaustive-deps
    [runs, wishes, known, parts, stage, moving, shown?.measured],
  );
}

const isMoving = (motion: string): boolean => motion === 'playing' || motion === 'waiting' || motion === 'behind';

/** The measured step at which the playhead has come to rest, or the first one seen while it moves; null before. */
function useRest(run: RoomRun | null): number | null {
  const { stage } = useRoom();
  const [rest, setRest] = useState<{ readonly run: RunId; readonly step: number } | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let pending = -1;
    const release = stage.subscribe((shown) => {
      if (shown === null || shown.run.id !== run?.id || shown.measured < 0) return;
      // While it moves only the first look is taken, so that there is something to see.
      if (isMoving(shown.motion) && pending >= 0) return;
      if (shown.measured === pending) return;
      pending = shown.measured;
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(() => setRest({ run: shown.run.id, step: pending }), restsAfter);
    });
    return () => {
      release();
      if (timer !== null) clearTimeout(timer);
    };
  }, [stage, run?.id]);
  return rest !== null && rest.run === run?.id ? rest.step : null;
}
