/** More or fewer hidden layers, one at a time, as on the board of a classroom. */
import { useWords } from '../i18n/words.ts';
import { Icon } from '../shell/icons.tsx';
import type { Width } from './widths.ts';

const mostLayers = 64;

type Props = { readonly hidden: readonly Width[]; readonly onChange: (hidden: Width[]) => void };

/** Draws minus, the count, plus; a new layer is as wide as the last. */
export function DepthStepper({ hidden, onChange }: Props) {
  const { say } = useWords();
  const depth = hidden.length;
  return (
    <div className="stepper" role="group" aria-label={say('form.depth')}>
      <span className="stepper-label">{say('form.depth')}</span>
      <span className="stepper-row">
        <button
          type="button"
          className="plain-button outlined"
          aria-label={say('form.depth.minus')}
          disabled={depth <= 1}
          onClick={() => onChange(hidden.slice(0, -1))}
          data-testid="propose-depth-minus"
        >
          <Icon name="minus" />
        </button>
        <output className="stepper-value" aria-live="polite" data-testid="propose-depth">
          {depth}
        </output>
        <button
          type="button"
          className="plain-button outlined"
          aria-label={say('form.depth.plus')}
          disabled={depth >= mostLayers}
          onClick={() => onChange([...hidden, hidden.at(-1) ?? 1])}
          data-testid="propose-depth-plus"
        >
          <Icon name="plus" />
        </button>
      </span>
    </div>
  );
}
