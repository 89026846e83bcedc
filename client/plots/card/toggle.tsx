/** A button that is on or off, which a sign says as well as the colour. There is none on a projector. */
import { Icon } from '../../shell/icons.tsx';
import { useBackRow } from '../back-row.ts';

type Props = {
  readonly text: string;
  readonly pressed: boolean;
  readonly hook: string;
  readonly onPress: () => void;
};

/** Draws the button. */
export function Toggle({ text, pressed, hook, onPress }: Props) {
  if (useBackRow()) return null;
  return (
    <button type="button" className="plain-button toggle" aria-pressed={pressed} onClick={onPress} data-testid={hook}>
      <span className="toggle-box" aria-hidden="true">
        {pressed && <Icon name="check" size={14} />}
      </span>
      {text}
    </button>
  );
}
