/** What can be set of several plots: by what layers are measured, and how the axes run. */
import { NativeSelect } from '@mantine/core';
import { useWords } from '../../i18n/words.ts';
import { useChangeView, useView } from '../../view/context.tsx';
import { axisUnits, measures } from '../../view/view.ts';
import { definitionOf } from '../layers/measures.ts';
import { Toggle } from './toggle.tsx';

/** Draws the choice of the measure, and what it means. */
export function MeasureSetting({ id }: { readonly id: string }) {
  const { say } = useWords();
  const change = useChangeView();
  const measure = useView((view) => view.measure);
  return (
    <>
      <NativeSelect
        label={say('controls.measure')}
        value={measure}
        onChange={({ currentTarget: { value } }) =>
          change({ measure: measures.find((one) => one === value) ?? 'speed' })
        }
        data={measures.map((value) => ({ value, label: say(`measure.${value}`) }))}
        data-testid={`${id}-measure`}
      />
      <p className="soft">{say(definitionOf(measure))}</p>
    </>
  );
}

/** Draws the choice of what runs along the horizontal axis, and whether in powers of ten. */
export function AxisSetting({ id }: { readonly id: string }) {
  const { say } = useWords();
  const change = useChangeView();
  const axis = useView((view) => view.axis);
  const x = useView((view) => view.x);
  return (
    <>
      <NativeSelect
        label={say('controls.axis')}
        value={axis}
        onChange={({ currentTarget: { value } }) => change({ axis: axisUnits.find((one) => one === value) ?? 'step' })}
        data={axisUnits.map((value) => ({ value, label: say(`controls.axis.${value}`) }))}
        data-testid={`${id}-axis`}
      />
      <Toggle
        text={say('controls.axis.log')}
        pressed={x === 'log'}
        hook={`${id}-x`}
        onPress={() => change({ x: x === 'log' ? 'linear' : 'log' })}
      />
    </>
  );
}
