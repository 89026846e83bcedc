/** What a word means: a small sign beside it that says so under the pointer, in focus, and when it is tapped. */
import { useId } from 'react';
import { Icon } from '../../shell/icons.tsx';

/** Draws the sign; `label` is the name of the sign for those who hear the page. */
export function Explain({ label, text }: { readonly label: string; readonly text: string }) {
  const id = useId();
  return (
    <span className="explain">
      <button type="button" className="explain-sign" aria-label={label} aria-describedby={id}>
        <Icon name="info" size={16} />
      </button>
      <span id={id} role="tooltip" className="explain-text">
        {text}
      </span>
    </span>
  );
}
