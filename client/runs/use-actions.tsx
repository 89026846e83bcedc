/** What can be done with runs, one or several, the same in the table, in the cards and by keys. */
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import type { Start } from '../panels/use-draft.ts';
import { useMay, useRoom } from '../room/context.tsx';
import type { IconName } from '../shell/icons.tsx';
import { limitOf } from '../timeline/steps.ts';
import { useTransport } from '../timeline/use-transport.ts';
import { isVerifiable } from '../../shared/verify/task.ts';
import { useChangeView } from '../view/context.tsx';
import { NoteDialog, type NotePlace } from './note-dialog.tsx';
import type { RunRow } from './rows.ts';
import { useEyes } from './shown.ts';
import { verifyInTurn } from './verify-in-turn.ts';

const ProposalForm = lazy(() =>
  import('../board/proposal-form.tsx').then(({ ProposalForm: form }) => ({ default: form })),
);

export const actionNames = ['look', 'eye', 'compare', 'base', 'note', 'fork', 'verify', 'stop'] as const;
export type ActionName = (typeof actionNames)[number];

export type RunAction = {
  readonly name: ActionName;
  readonly icon: IconName;
  readonly label: string;
  readonly act: () => void;
};

export type RunActions = {
  /** What can be done with these runs now. */
  readonly of: (rows: readonly RunRow[]) => readonly RunAction[];
  /** The dialog that an action has opened; to be drawn once beside the list. */
  readonly dialog: ReactNode;
};

/** The actions of whoever is at the page. */
export function useRunActions(): RunActions {
  const { say } = useWords();
  const room = useRoom();
  const change = useChangeView();
  const setEyes = useEyes();
  const { leads, seek } = useTransport();
  const mayPin = useMay('pin');
  const mayPropose = useMay('propose');
  const mayStop = useMay('stop');
  const [start, setStart] = useState<Start | null>(null);
  const [place, setPlace] = useState<NotePlace | null>(null);

  const of = (rows: readonly RunRow[]): readonly RunAction[] => {
    const [one] = rows;
    if (one === undefined) return [];
    const single = rows.length === 1;
    const ids = rows.map(({ run }) => run.id);
    const { run } = one;
    const open = !rows.every(({ isShown }) => isShown);
    const step = Math.max(one.values.step, run.origin?.step ?? 0);
    const verifiable = rows.filter((row) => isVerifiable(row.run)).map((row) => row.run.id);
    const live = rows.filter(({ status }) => status === 'live');
    const offered: readonly (RunAction & { readonly fits: boolean })[] = [
      {
        name: 'look',
        icon: 'screen',
        label: say(leads ? 'runs.do.look.host' : 'runs.do.look'),
        fits: single,
        act: () => seek(leads ? room.stage.furthest(run.id) : limitOf(room, run.id), run.id),
      },
      {
        name: 'eye',
        icon: open ? 'eye' : 'eye-off',
        label: say(open ? 'runs.do.show' : 'runs.do.hide'),
        fits: true,
        act: () => setEyes(ids, open),
      },
      {
        name: 'compare',
        icon: 'plot',
        label: say('runs.do.compare'),
        fits: !single,
        act: () => change({ runs: ids, plot: 'compare' }),
      },
      {
        name: 'base',
        icon: 'runs',
        label: say('runs.do.base'),
        fits: single && !one.isBase,
        act: () => change({ base: run.id }),
      },
      {
        name: 'note',
        icon: 'note',
        label: say('runs.do.note'),
        fits: single && mayPin && one.values.step >= 0,
        act: () => setPlace({ run, step: one.values.step }),
      },
      {
        name: 'fork',
        icon: 'fork',
        label: say('runs.do.fork'),
        fits: single && mayPropose && one.values.step >= 0,
        act: () => setStart({ run: run.id, fork: step }),
      },
      {
        name: 'verify',
        icon: 'check',
        label: say('verify.start'),
        fits: verifiable.length > 0,
        act: () => verifyInTurn(room.verifications, verifiable),
      },
      {
        name: 'stop',
        icon: 'stop',
        label: say('controls.stop'),
        fits: mayStop && live.length > 0,
        act: () => live.forEach((row) => void room.send('stop', { run: row.run.id })),
      },
    ];
    return offered.filter(({ fits }) => fits);
  };

  const dialog = (
    <>
      {start !== null && (
        <Suspense fallback={null}>
          <ProposalForm start={start} onClose={() => setStart(null)} />
        </Suspense>
      )}
      {place !== null && <NoteDialog place={place} onClose={() => setPlace(null)} />}
    </>
  );
  return { of, dialog };
}
