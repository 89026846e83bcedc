/** Other views of the plots that a step has to offer, each a button that turns the plots to it, and back. */
import type { Look } from '../../shared/protocol/lessons.ts';
import type { RunId } from '../../shared/protocol/state.ts';
import { Toggle } from '../plots/card/toggle.tsx';
import { useChangeView, useView } from '../view/context.tsx';
import { readFollowed, type View } from '../view/view.ts';
import { useSaid } from './use-said.ts';

type Props = { readonly looks: readonly Look[]; readonly runs: readonly RunId[]; readonly usual: string };

/** Draws the buttons; `usual` is the view to which a second press returns. */
export function Looks({ looks, runs, usual }: Props) {
  const said = useSaid();
  const change = useChangeView();
  const seen = useView((view) => view);
  const turn = (view: string): void => change({ ...readFollowed(withRuns(view, runs)), sheet: 'plot' });
  return (
    <div className="step-looks">
      {looks.map(({ text, view }, n) => {
        const pressed = isSeen(withRuns(view, runs), seen);
        return (
          <Toggle
            key={text.en}
            text={said(text)}
            pressed={pressed}
            hook={`look-${n}`}
            onPress={() => turn(pressed ? usual : view)}
          />
        );
      })}
    </div>
  );
}

const withRuns = (view: string, runs: readonly RunId[]): string => view.replace('{runs}', runs.join(','));

/** Whether all that a view names is as it says. */
function isSeen(view: string, seen: View): boolean {
  const wanted = readFollowed(view);
  return Object.entries(wanted).every(
    ([key, value]) => JSON.stringify(Reflect.get(seen, key)) === JSON.stringify(value),
  );
}
