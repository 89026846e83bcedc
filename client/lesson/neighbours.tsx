/** Back and Skip, beside the one button. Where one of them leads nowhere it stays where it is and says why. */
import { VisuallyHidden } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import { standingGuess } from '../../shared/protocol/guesses.ts';
import { mayGoBack, type Move } from '../../shared/protocol/next-move.ts';
import { useWords } from '../i18n/words.ts';
import { useFacts, useRoom } from '../room/context.tsx';
import { Icon } from '../shell/icons.tsx';

/** Draws the way to the step before; nothing where there is no lesson. */
export function BackButton() {
  const { say } = useWords();
  const room = useRoom();
  const state = useFacts();
  const { lesson } = state;
  if (lesson === null) return null;
  const asked = standingGuess(state) !== undefined;
  return (
    <Neighbour
      name={say('next.back')}
      why={mayGoBack(state) ? null : say(asked ? 'next.back.guess' : 'next.back.first')}
      hook="lesson-back"
      onPress={() => void room.send('back', { from: lesson.step })}
    >
      <Icon name="undo" />
      <span className="next-back-word">{say('next.back')}</span>
    </Neighbour>
  );
}

type SkipProps = {
  readonly move: Move | null;
  /** What skipping leads to, in words. */
  readonly to: string;
  readonly onSkip: () => void;
};

/** Draws the way past what Next would do; nothing where there is no lesson, nor anything to pass over. */
export function SkipButton({ move, to, onSkip }: SkipProps) {
  const { say } = useWords();
  const state = useFacts();
  const asked = standingGuess(state) !== undefined;
  if (move === null && !asked) return null;
  return (
    <Neighbour
      name={move === null ? say('next.skip') : say('next.skip.to', { what: to })}
      why={move === null ? say('next.skip.reveal') : null}
      hook="lesson-skip"
      onPress={onSkip}
    >
      {say('next.skip')}
    </Neighbour>
  );
}

type Props = {
  readonly name: string;
  /** Why it cannot be pressed; null where it can. */
  readonly why: string | null;
  readonly hook: string;
  readonly onPress: () => void;
  readonly children: ReactNode;
};

/** A button that can be reached when it cannot be used, so that its reason can be heard and, when it is pressed, seen. */
function Neighbour({ name, why, hook, onPress, children }: Props) {
  const id = useId();
  const [told, setTold] = useState(false);
  const shown = told && why !== null;
  return (
    <span className="next-neighbour">
      <button
        type="button"
        className="plain-button outlined"
        aria-disabled={why !== null}
        aria-describedby={why === null ? undefined : id}
        aria-label={name}
        title={why ?? name}
        onClick={() => (why === null ? onPress() : setTold(true))}
        onBlur={() => setTold(false)}
        data-testid={hook}
      >
        {children}
      </button>
      {why !== null && !shown && <VisuallyHidden id={id}>{why}</VisuallyHidden>}
      {why !== null && shown && (
        <span className="next-why" id={id} role="status" data-testid={`${hook}-why`}>
          {why}
        </span>
      )}
    </span>
  );
}
