/** What all figures are made of: a frame with a sentence under the picture, sliders, choices, and numbers that may be very small. */
import { useId, type ReactNode } from 'react';
import type { Magnitude } from '../../shared/core/magnitude.ts';
import type { Language } from '../../shared/protocol/state.ts';
import { factorNumber, plainNumber, powerOfTen, times } from '../../shared/words/numbers.ts';
import './figures.css';

type FrameProps = {
  readonly name: string;
  readonly title: string;
  readonly picture: ReactNode;
  /** What the picture shows, in words. */
  readonly sentence: string;
  /** What it is worked with. */
  readonly children: ReactNode;
};

/** Draws a figure: title, picture, what it shows in words, which are read aloud when they change, and what it is worked with. */
export function FigureFrame({ name, title, picture, sentence, children }: FrameProps) {
  const id = useId();
  return (
    <section className="figure" aria-labelledby={id} data-testid={`figure-${name}`}>
      <h3 className="figure-title" id={id}>
        {title}
      </h3>
      {picture}
      <output className="figure-sentence" data-testid={`figure-${name}-sentence`}>
        {sentence}
      </output>
      {children}
    </section>
  );
}

type SliderProps = {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly step: number;
  /** The value as it is read. */
  readonly said: string;
  readonly hook: string;
  readonly onChange: (value: number) => void;
};

/** Draws a slider with its name and value: by drag, tap and arrow keys. */
export function Slider({ label, value, least, most, step, said, hook, onChange }: SliderProps) {
  const id = useId();
  return (
    <div className="figure-slider">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={least}
        max={most}
        step={step}
        value={value}
        aria-valuetext={said}
        data-testid={hook}
        onChange={({ currentTarget }) => onChange(Number(currentTarget.value))}
      />
      <span className="figure-value">{said}</span>
    </div>
  );
}

type ChoiceProps<One extends string> = {
  readonly label: string;
  readonly options: readonly { readonly value: One; readonly text: string }[];
  readonly value: One;
  readonly hook: string;
  readonly onChange: (value: One) => void;
};

/** Draws buttons of which one is pressed. */
export function Choice<One extends string>({ label, options, value, hook, onChange }: ChoiceProps<One>) {
  return (
    <div className="figure-choice" role="group" aria-label={label}>
      <span className="figure-choice-name" aria-hidden="true">
        {label}
      </span>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          className="plain-button"
          aria-pressed={option.value === value}
          data-testid={`${hook}-${option.value}`}
          onClick={() => onChange(option.value)}
        >
          {option.text}
        </button>
      ))}
    </div>
  );
}

/** Draws a button of a figure. */
export const FigureButton = ({ text, hook, onPress }: { text: string; hook: string; onPress: () => void }) => (
  <button type="button" className="plain-button" data-testid={hook} onClick={onPress}>
    {text}
  </button>
);

/** Writes a factor of any size. */
export const sizeText = ({ value, sign, log10 }: Magnitude, language: Language): string => {
  const size = Math.abs(value);
  if (size >= 0.001 && size < 1e6) return plainNumber(Number(value.toPrecision(size < 1 ? 3 : 6)), language);
  if (sign === 0 || size >= 1e-300) return factorNumber(value, language);
  return `${sign < 0 ? '-' : ''}${powerOfTen(Math.round(log10))}`;
};

/** Writes how many times, of so many decades. */
export const timesText = (decades: number, language: Language): string =>
  decades < 6 ? times(10 ** decades, language) : powerOfTen(Math.round(decades));

const subscripts = '₀₁₂₃₄₅₆₇₈₉';

/** Writes a whole number as an index: 12 as ₁₂. */
export const index = (value: number): string =>
  [...String(value)].map((digit) => subscripts[Number(digit)] ?? '').join('');
