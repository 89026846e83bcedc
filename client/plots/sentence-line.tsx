/** The sentence under the plot, and the same one, at a calm rate, for those who hear the page. */
import { VisuallyHidden } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { useRoom, useShown } from '../room/context.tsx';
import type { Held } from './held.ts';
import { speedSentence } from './sentence.ts';

const refreshEvery = 200;
const spokenEvery = 8000;
const settledAfter = 400;

/** Says what the plot shows, and notes in `told` what it says. */
export function SentenceLine({ told }: { readonly told?: Held<string> }) {
  const { say, language } = useWords();
  const { frames: store } = useRoom();
  const shown = useShown(refreshEvery);
  const sentence = ((): string => {
    if (shown === null || shown.measured < 0) return say('sentence.none');
    const frames = store.of(shown.run.id);
    // While curves move, ticks leave steps out; the latest measurement received speaks for them.
    const step = frames.receivedUpTo(shown.measured);
    const speeds = frames.valuesAt('speed', step, shown.run.configuration.hidden.length);
    return speeds === null ? say('plot.loading') : speedSentence(say, language, step, speeds);
  })();
  useEffect(() => {
    told?.put(sentence);
  }, [told, sentence]);
  return (
    <>
      <p className="sentence" data-testid="sentence">
        {sentence}
      </p>
      <Spoken sentence={sentence} moving={shown?.motion === 'playing'} />
    </>
  );
}

/** While the plot moves, the sentence changes faster than it can be read aloud, so only every few seconds one is. */
function Spoken({ sentence, moving }: { readonly sentence: string; readonly moving: boolean }) {
  const [spoken, setSpoken] = useState('');
  const speakNow = useEffectEvent(() => setSpoken(sentence));
  useEffect(() => {
    if (!moving) return;
    const timer = setInterval(() => speakNow(), spokenEvery);
    return () => clearInterval(timer);
  }, [moving]);
  useEffect(() => {
    if (moving) return;
    const timer = setTimeout(() => setSpoken(sentence), settledAfter);
    return () => clearTimeout(timer);
  }, [moving, sentence]);
  return <VisuallyHidden aria-live="polite">{spoken}</VisuallyHidden>;
}
