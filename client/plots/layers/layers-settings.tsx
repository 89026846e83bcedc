/** What can be set of the home view: by what learning is measured, how the axes run, how much is smoothed, and the book's look. */
import { percent } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { useChangeView, useView } from '../../view/context.tsx';
import { AxisSetting, MeasureSetting } from '../card/axis-settings.tsx';
import { Toggle } from '../card/toggle.tsx';
import { isPredicted } from './use-theory.ts';

/** The book has epochs, evenly, and its own measure. */
const bookLook = { book: true, measure: 'speed', axis: 'epoch', x: 'linear' } as const;

/** Draws the controls. */
export function LayersSettings() {
  const { say } = useWords();
  const change = useChangeView();
  const book = useView((view) => view.book);
  return (
    <>
      {!book && (
        <>
          <MeasureSetting id="layers" />
          <Scales />
          <TheorySetting />
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

function TheorySetting() {
  const { say } = useWords();
  const change = useChangeView();
  const theory = useView((view) => view.theory);
  const measure = useView((view) => view.measure);
  if (!isPredicted(measure)) return null;
  return (
    <Toggle
      text={say('controls.theory')}
      pressed={theory}
      hook="layers-theory"
      onPress={() => change({ theory: !theory })}
    />
  );
}

function Scales() {
  const { say, language } = useWords();
  const change = useChangeView();
  const y = useView((view) => view.y);
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
      <AxisSetting id="layers" />
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
