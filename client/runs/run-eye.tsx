/** The eye of a run: whether the plots of this page compare it. */
import { useWords } from '../i18n/words.ts';
import { Icon } from '../shell/icons.tsx';
import type { RunRow } from './rows.ts';
import { useEyes } from './shown.ts';

type Props = Pick<RunRow, 'run' | 'isShown'> & { readonly tabIndex?: number };

/** Draws the eye, open or closed. */
export function RunEye({ run, isShown, tabIndex }: Props) {
  const { say } = useWords();
  const setEyes = useEyes();
  const { label } = run;
  return (
    <button
      type="button"
      className="plain-button run-eye"
      tabIndex={tabIndex}
      aria-pressed={isShown}
      title={say(isShown ? 'runs.eye.open' : 'runs.eye.closed')}
      aria-label={say('runs.eye', { label })}
      onClick={() => setEyes([run.id], !isShown)}
      data-testid={`eye-${run.id}`}
    >
      <Icon name={isShown ? 'eye' : 'eye-off'} />
    </button>
  );
}
