/** The sentence under a plot, and the same one, at a calm rate, for those who hear the page. */
import { VisuallyHidden } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import type { Held } from '../held.ts';

const spokenEvery = 10_000;
const settledAfter = 400;

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
  return (
    <>
      <p className="sentence" data-testid="sentence">
        {text}
      </p>
      <Spoken text={text} moving={moving} />
    </>
  );
}

/** While the plot moves, only every few seconds a sentence is spoken. */
function Spoken({ text, moving }: Pick<Props, 'text' | 'moving'>) {
  const [spoken, setSpoken] = useState('');
  const speakNow = useEffectEvent(() => setSpoken(text));
  useEffect(() => {
    if (!moving) return;
    const timer = setInterval(() => speakNow(), spokenEvery);
    return () => clearInterval(timer);
  }, [moving]);
  useEffect(() => {
    if (moving) return;
    const timer = setTimeout(() => setSpoken(text), settledAfter);
    return () => clearTimeout(timer);
  }, [moving, text]);
  return <VisuallyHidden aria-live="polite">{spoken}</VisuallyHidden>;
}
