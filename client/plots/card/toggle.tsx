/** A button that is on or off, which a sign says as well as the colour. */
import { Icon } from '../../shell/icons.tsx';

type Props = {
  readonly text: string;
  readonly pressed: boolean;
  readonly hook: string;
  readonly onPress: () => void;
};

/** Draws the button. */
export const Toggle = ({ text, pressed, hook, onPress }: Props) => (
  <button type="button" className="plain-button toggle" aria-pressed={pressed} onClick={onPress} data-testid={hook}>
    <span className="toggle-box" aria-hidden="true">
      {pressed && <Icon name="check" size={14} />}
    </span>
    {text}
  </button>
);
