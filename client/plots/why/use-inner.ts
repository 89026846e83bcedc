/** What of the inside of which runs is shown: the run on show, and up to two others that are compared. */
import { useComputedColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import { useComparedRuns } from '../../runs/shown.ts';
import { paletteOf } from '../../theme.ts';
import { innerParts, type ShownLook, type ShownLooks, useLooks } from '../look/use-look.ts';
import { signOf } from '../run-signs.ts';
import type { Stroke } from '../sheet/sheet.ts';

/** More outlines over each other cannot be told apart. */
const mostRuns = 3;

export type Inner = ShownLooks & {
  /** Those that are there: the run on show first. */
  readonly there: readonly ShownLook[];
  /** How each of these is outlined; null for one alone. */
  readonly strokes: readonly Stroke[] | null;
  /** Runs that are compared, but not shown here. */
  readonly left: number;
};

/** Looks into the layers of a run, and where `others` into those that it is compared with. */
export function useInner(run: RoomRun, others: boolean): Inner {
  const scheme = useComputedColorScheme('light');
  const compared = useComparedRuns();
  // The list is a new one with every event of the room; what matters is which runs are in it.
  const names = compared.map(({ id }) => id).join();
  const runs = useMemo(
    () => [run, ...compared.filter(({ id }) => others && id !== run.id)].slice(0, mostRuns),
    // oxlint-disable-next-line react/exhaustive-deps
    [run, names, others],
  );
  const shown = useLooks(runs, innerParts);
  return useMemo(() => {
    const there = shown.looks.filter(({ look }) => look?.layers !== undefined);
    const palette = paletteOf(scheme);
    const strokes = there.map(({ run: { label } }, place): Stroke => {
      const { index } = signOf(label);
      return {
        colour: palette.runs[index] ?? palette.ink,
        width: 2,
        dash: outlineDash[place] ?? [],
      };
    });
    const left = others ? compared.filter(({ id }) => !runs.some((one) => one.id === id)).length : 0;
    return { ...shown, there, strokes: there.length > 1 ? strokes : null, left };
    // oxlint-disable-next-line react/exhaustive-deps
  }, [shown, scheme, runs, names]);
}

/** Outlines lie over each other, so that each needs a dash of its own. */
const outlineDash: readonly (readonly number[])[] = [[], [7, 3], [2, 3]];
