/** What can be set of the comparison: by what the runs are compared, in one plot or in many, and how the axes run. */
import { NativeSelect } from '@mantine/core';
import { useWords } from '../../i18n/words.ts';
import { useChangeView, useView } from '../../view/context.tsx';
import { type Comparison, comparisons } from '../../view/view.ts';
import { AxisSetting, MeasureSetting } from '../card/axis-settings.tsx';
import { useBackRow } from '../back-row.ts';
import { Toggle } from '../card/toggle.tsx';

const comparisonOf = (value: string): Comparison => comparisons.find((one) => one === value) ?? 'ratio';

/** Draws what is always at hand: what is compared, and whether each run has a small plot of its own. */
export function CompareControls({ layers }: { readonly layers: number }) {
  const { say } = useWords();
  const change = useChangeView();
  const compared = useView((view) => view.compared);
  const layer = useView((view) => view.layer ?? 1);
  const multiples = useView((view) => view.multiples);
  const isFar = useBackRow();
  if (isFar) return null;
  const entries = Array.from({ length: layers }, (_, index) => index + 1);
  return (
    <>
      {!multiples && (
        <NativeSelect
          aria-label={say('compare.by')}
          value={compared === 'layer' ? `layer ${layer}` : compared}
          onChange={({ currentTarget: { value } }) => {
            const [kind = '', number] = value.split(' ');
            change({ compared: comparisonOf(kind), ...(number === undefined ? {} : { layer: Number(number) }) });
          }}
          data={[
            { value: 'ratio', label: say('compare.by.ratio') },
            ...entries.map((one) => ({ value: `layer ${one}`, label: say('compare.by.layer', { layer: one }) })),
            { value: 'cost', label: say('compare.by.cost') },
            { value: 'accuracy', label: say('compare.by.accuracy') },
          ]}
          data-testid="compare-by"
        />
      )}
      <Toggle
        text={say('compare.multiples')}
        pressed={multiples}
        hook="compare-multiples-toggle"
        onPress={() => change({ multiples: !multiples })}
      />
    </>
  );
}

/** Draws what is set now and then. */
export function CompareSettings() {
  const { say } = useWords();
  const change = useChangeView();
  const y = useView((view) => view.y);
  return (
    <>
      <MeasureSetting id="compare" />
      <Toggle
        text={say('controls.y.log')}
        pressed={y === 'log'}
        hook="compare-y"
        onPress={() => change({ y: y === 'log' ? 'linear' : 'log' })}
      />
      <AxisSetting id="compare" />
    </>
  );
}
