/** The rows of a list as they are now. Values change a few times a second at most, and never beyond what may be seen. */
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { RoomRun, RunId } from '../../shared/protocol/state.ts';
import { useWords } from '../i18n/words.ts';
import { useShownName } from '../people/shown-name.ts';
import { useShownRun } from '../panels/use-shown-run.ts';
import { useFacts, useRoom } from '../room/context.tsx';
import type { Spot } from '../room/fills.ts';
import type { RoomClient } from '../room/room-client.ts';
import { planFor } from '../room/stage.ts';
import { createRowMaker, type RunRow } from './rows.ts';
import { useBaseRun, useComparedRuns } from './shown.ts';
import { type RunValues, sameValues, valuesOf } from './values.ts';

/** Nobody reads a table faster, in ms. */
const refreshEvery = 400;
/** What no tick carries is asked for in one question; what has not come by then is asked for again. */
const askAgainAfter = 5000;

/** Returns the rows of all runs, oldest first. */
export function useRunRows(): readonly RunRow[] {
  const room = useRoom();
  const state = useFacts();
  const words = useWords();
  const nameOf = useShownName();
  const base = useBaseRun();
  const compared = useComparedRuns();
  const looked = useShownRun()?.id ?? null;
  const verifications = useStore(room.verifications.store);
  const values = useRunValues();
  const [rowsOf] = useState(createRowMaker);
  return useMemo(() => {
    const eyes = new Set(compared.map(({ id }) => id));
    return rowsOf({ state, words, nameOf, base, compared: eyes, looked, values, verifications });
  }, [rowsOf, state, words, nameOf, base, compared, looked, values, verifications]);
}

function useRunValues(): ReadonlyMap<RunId, RunValues> {
  const room = useRoom();
  const [values, setValues] = useState<ReadonlyMap<RunId, RunValues>>(new Map());
  useEffect(() => followValues(room, setValues), [room]);
  return values;
}

/** Tells of the values whenever they have changed, until released; fetches what is missing. */
function followValues(room: RoomClient, tell: (values: ReadonlyMap<RunId, RunValues>) => void): () => void {
  let values: ReadonlyMap<RunId, RunValues> = new Map();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let last = -Infinity;
  const asked = new Map<string, number>();

  const isDue = ({ run, step }: Spot): boolean => {
    const key = `${run} ${step}`;
    const now = performance.now();
    if (now - (asked.get(key) ?? -Infinity) < askAgainAfter) return false;
    asked.set(key, now);
    return true;
  };
  const look = (): void => {
    timer = null;
    last = performance.now();
    const runs = room.store.getState().state?.runs ?? {};
    const next = new Map(
      Object.values(runs).map((run) => [
        run.id,
        kept(values.get(run.id), valuesIn(room, run, values.get(run.id)?.step)),
      ]),
    );
    const changed = next.size !== values.size || [...next].some(([id, its]) => values.get(id) !== its);
    values = next;
    if (changed) {
      tell(next);
      // What has just moved may stand still now, and is then read to the digit.
      soon();
    }
    room.fills.steps([...next].flatMap(([run, { missing }]) => missing.map((step) => ({ run, step }))).filter(isDue));
  };
  const soon = (): void => {
    timer ??= setTimeout(look, Math.max(0, refreshEvery - (performance.now() - last)));
  };
  const releases = [room.stage.subscribe(soon), room.frames.subscribe(soon), room.store.subscribe(soon)];
  // What is missing is asked for again although nothing moves.
  const again = setInterval(soon, askAgainAfter);
  return () => {
    for (const release of releases) release();
    clearInterval(again);
    if (timer !== null) clearTimeout(timer);
  };
}

function valuesIn({ stage, frames }: RoomClient, run: RoomRun, before: number | undefined): RunValues {
  const its = frames.of(run.id);
  const measured = {
    speedOf: (layer: number) => its.speedOf(layer),
    trainAccuracy: its.trainAccuracy,
    testAccuracy: its.testAccuracy,
  };
  const step = stage.reach(run.id);
  const occasion = { step, begin: run.origin?.step ?? 0, moving: before !== undefined && before !== step };
  return valuesOf(measured, planFor(run), run.configuration.hidden.length, occasion);
}

/** Values on their way keep the place of those before: a table that flickers is not read. */
function kept(before: RunValues | undefined, now: RunValues): RunValues {
  if (before === undefined) return now;
  const isWaiting = now.missing.length > 0 && now.step >= before.step;
  const next = isWaiting
    ? { ...now, ratio: now.ratio ?? before.ratio, accuracy: now.accuracy ?? before.accuracy }
    : now;
  return sameValues(next, before) ? before : next;
}
