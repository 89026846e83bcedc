/** Which hidden layer is the slowest: one button for each, in the layers' own colours. */
import { useComputedColorScheme } from '@mantine/core';
import { useWords } from '../i18n/words.ts';
import { layerColours } from '../theme.ts';

type Props = {
  readonly name: string;
  readonly hidden: number;
  readonly chosen: number | null;
  readonly onChoose: (layer: number) => void;
};

/** Draws the choices. */
export function LayerChoices({ name, hidden, chosen, onChoose }: Props) {
  const { say } = useWords();
  const colours = layerColours(useComputedColorScheme('light'), hidden);
  return (
    <fieldset className="choices layers">
      <legend>{say('guess.slowest')}</legend>
      {colours.map((colour, index) => (
        <label key={colour} className="guess-choice" data-testid={`guess-slowest-${index + 1}`}>
          <input
            type="radio"
            name={name}
            value={index + 1}
            checked={chosen === index + 1}
            onChange={() => onChoose(index + 1)}
          />
          <span>
            <i className="swatch" style={{ background: colour }} aria-hidden="true" />
            {index + 1}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
