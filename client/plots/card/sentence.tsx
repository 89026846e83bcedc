/** The sentence under a plot, and the same one, at a calm rate, for those who hear the page. */
import { useEffect } from 'react';
import { useSpoken } from '../../shell/live-region.tsx';
import type { Held } from '../held.ts';

type Props = {
  readonly text: string;
  /** While the plot moves, the sentence changes faster than it can be read aloud. */
  readonly moving: boolean;
  /** Where the card finds it for exports. */
  readonly told?: Held<string>;
};

/** Draws the sentence and has it spoken. */
export function Sentence({ text, moving, told }: Props) {
  useEffect(() => told?.put(text), [told, text]);
  useSpoken(text, moving);
  return (
    <p className="sentence" data-testid="sentence">
      {text}
    </p>
  );
}
