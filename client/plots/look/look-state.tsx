/** Says which step a look is of, and what stands in the place of one that is not there: waiting, being worked at, refused. */
import { wholeNumber } from '../../../shared/words/numbers.ts';
import { type TextKey, useWords, type Words } from '../../i18n/words.ts';
import type { Trouble } from '../../room/refusals.ts';
import type { ShownLook, ShownLooks } from './use-look.ts';

/** The sentence for a look that was refused. */
export function refusalText({ say, language }: Words, trouble: Trouble, again: boolean, step: number): string {
  const at = { step: wholeNumber(step, language) };
  switch (trouble.code) {
    case 'rate-limited':
    case 'unavailable':
    case 'network':
    case 'forbidden':
    case 'not-found':
    case 'too-expensive':
      return say(`look.failed.${trouble.code}` satisfies TextKey, at);
    case 'conflict':
      return say(again ? 'look.failed.conflict' : 'look.failed.engine', at);
    default:
      return say('look.failed.other', at);
  }
}

/** What is said of a look besides its step; null where it is the one that is wanted. */
function noteOf(words: Words, { look, step, standing }: ShownLook, moving: boolean): string | null {
  const { say, language } = words;
  if (standing?.kind === 'failed' && step !== null) return refusalText(words, standing.trouble, standing.again, step);
  if (look === null)
    return step === null ? say('look.waiting') : say('look.loading', { step: wholeNumber(step, language) });
  return look.step === step && !moving ? null : '';
}

/** Stands in the middle of a drawing that has nothing to show; nothing where there is something. */
export function LookNotice({ looks, moving }: ShownLooks) {
  const words = useWords();
  const [first] = looks;
  if (first === undefined || first.look !== null) return null;
  const kind = first.standing?.kind ?? 'waiting';
  return (
    <div className="look-notice" role="status" data-kind={kind} data-testid="look-notice">
      <p>{noteOf(words, first, moving)}</p>
    </div>
  );
}

/** Names the step that is shown, and says so where it is not the one on show; `quiet`: only says so. */
export function LookStep({ looks, moving, quiet = false }: ShownLooks & { readonly quiet?: boolean }) {
  const words = useWords();
  const { say, language } = words;
  const [first] = looks;
  if (first === undefined || first.look === null) return null;
  const { look, step, standing } = first;
  const at = { step: wholeNumber(look.step, language) };
  const isCurrent = look.step === step && !moving;
  if (quiet && isCurrent) return null;
  const text = isCurrent ? say('look.step', at) : moving ? say('look.stale.moving', at) : say('look.stale', at);
  const why = standing?.kind === 'failed' && step !== null ? ` ${noteOf(words, first, moving) ?? ''}` : '';
  return (
    <span
      className="look-step"
      data-kind={isCurrent ? 'current' : 'stale'}
      data-step={look.step}
      data-testid="look-step"
    >
      {text}
      {why}
    </span>
  );
}
