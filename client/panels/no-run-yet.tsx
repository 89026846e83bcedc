/** What stands in place of the plot before anything has been trained. */
import { Button } from '@mantine/core';
import { AskGuess } from '../guesses/ask-guess.tsx';
import { useWords } from '../i18n/words.ts';
import { useFacts, useMay, useRoom, useWaiting } from '../room/context.tsx';
import { LessonIntro } from '../lesson/lesson-intro.tsx';
import { saidSummary } from './difference.ts';
import { NetworkDrawing } from './network-drawing.tsx';

/** Offers the host the first run and tells the others what they can do meanwhile. */
export function NoRunYet() {
  const words = useWords();
  const { say } = words;
  const { base } = useFacts();
  const room = useRoom();
  const may = useMay('start');
  const starting = useWaiting('start');
  return (
    <section className="card no-run">
      <NetworkDrawing configuration={base} />
      <LessonIntro />
      <p>{say(may ? 'runs.empty.host' : 'runs.empty.student')}</p>
      <p className="soft">{say('runs.first-is', { summary: saidSummary(words, base) })}</p>
      {may && (
        <Button
          size="md"
          loading={starting}
          onClick={() => void room.send('start', { configuration: base })}
          data-testid="start-first"
        >
          {say('runs.start-first')}
        </Button>
      )}
      {may && <AskGuess what={{ configuration: base }} hidden={base.hidden.length} />}
    </section>
  );
}
