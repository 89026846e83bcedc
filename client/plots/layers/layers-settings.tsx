/** What can be set of the home view: by what learning is measured, how the axes run, how much is smoothed, and the book's look. */
import { NativeSelect } from '@mantine/core';
import { percent } from '../../i18n/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { useChangeView, useView } from '../../view/context.tsx';
import { type Measure, measures } from '../../view/view.ts';
import { Toggle } from '../card/toggle.tsx';
import { definitionOf } from './measures.ts';

/** The book has epochs, evenly, and its own measure. */
const bookLook = { book: true, measure: 'speed', axis: 'epoch', x: 'linear' } as const;

const measureOf = (value: string): Measure => measures.find((one) => one === value) ?? 'speed';

/** Draws the controls. */
export function LayersSettings() {
  const { say } = useWords();
  const change = useChangeView();
  const measure = useView((view) => view.measure);
  const book = useView((view) => view.book);
  return (
    <>
      {!book && (
        <>
          <NativeSelect
            label={say('controls.measure')}
            value={measure}
            onChange={({ currentTarget: { value } }) => change({ measure: measureOf(value) })}
            data={measures.map((value) => ({ value, label: say(`measure.${value}`) }))}
            data-testid="layers-measure"
          />
          <p className="soft">{say(definitionOf(measure))}</p>
          <Scales />
        </>
      )}
      <Toggle
        text={say('controls.book')}
        pressed={book}
        hook="layers-book"
        onPress={() => change(book ? { book: false, axis: 'step' } : bookLook)}
      />
    </>
  );
}

function Scales() {
  const { say, language } = useWords();
  const change = useChangeView();
  const x = useView((view) => view.x);
  const y = useView((view) => view.y);
  const axis = useView((view) => view.axis);
  const smoothing = useView((view) => view.smoothing);
  const said = smoothing === 0 ? say('controls.smoothing.off') : percent(smoothing, language, 0);
  return (
    <>
      <Toggle
        text={say('controls.y.log')}
        pressed={y === 'log'}
        hook="layers-y"
        onPress={() => change({ y: y === 'log' ? 'linear' : 'log' })}
      />
      <Toggle
        text={say('controls.x.log')}
        pressed={x === 'log'}
        hook="layers-x"
        onPress={() => change({ x: x === 'log' ? 'linear' : 'log' })}
      />
      <Toggle
        text={say('controls.x.epoch')}
        pressed={axis === 'epoch'}
        hook="layers-axis"
        onPress={() => change({ axis: axis === 'epoch' ? 'step' : 'epoch' })}
      />
      <label className="smoothing">
        <span>{say('controls.smoothing')}</span>
        <input
          type="range"
          min={0}
          max={0.99}
          step={0.01}
          value={smoothing}
          aria-valuetext={said}
          onChange={({ currentTarget: { value } }) => change({ smoothing: Number(value) })}
          data-testid="layers-smoothing"
        />
        <span className="smoothing-value">{said}</span>
      </label>
    </>
  );
}
