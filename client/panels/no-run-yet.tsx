/** What stands in place of the plot before anything has been trained. */
import { Button } from '@mantine/core';
import { AskGuess } from '../guesses/ask-guess.tsx';
import { useWords } from '../i18n/words.ts';
import { LessonIntro } from '../lesson/lesson-intro.tsx';
import { useSaid } from '../lesson/use-said.ts';
import { PollCard } from '../polls/poll-card.tsx';
import { useLessonQuestion } from '../polls/use-polls.ts';
import { useFacts, useMay, useRoom, useWaiting } from '../room/context.tsx';
import { saidSummary } from '../../shared/words/difference.ts';
import { NetworkDrawing } from './network-drawing.tsx';

/** Offers the host the first run and tells the others what they can do meanwhile; where a lesson is taught, it says how that begins. */
export function NoRunYet() {
  const { say } = useWords();
  const { lesson } = useFacts();
  const may = useMay('start');
  const question = useLessonQuestion();
  const said = useSaid();
  const title = lesson?.plan.steps[lesson.step]?.title;
  if (question !== null) {
    return (
      // What is higher than its place is pushed with the arrows.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      <div className="card no-run asked" role="group" tabIndex={0} aria-labelledby="asked-title">
        {title !== undefined && <h2 id="asked-title">{said(title)}</h2>}
        <PollCard poll={question} />
      </div>
    );
  }
  if (lesson === null) {
    return (
      <section className="card no-run">
        <ByHand />
      </section>
    );
  }
  return (
    <section className="card no-run">
      <LessonIntro />
      {may && (
        <details className="no-run-more">
          <summary>{say('lesson.by-hand')}</summary>
          <ByHand />
        </details>
      )}
    </section>
  );
}

/** The room's first configuration, and what can be done with it. */
function ByHand() {
  const words = useWords();
  const { say } = words;
  const { base } = useFacts();
  const room = useRoom();
  const may = useMay('start');
  const starting = useWaiting('start');
  return (
    <>
      <NetworkDrawing configuration={base} />
      <p>{say(may ? 'runs.empty.host' : 'runs.empty.student')}</p>
      <p className="soft">{say('runs.first-is', { summary: saidSummary(words, base) })}</p>
      {may && (
        <div className="no-run-buttons">
          <Button
            size="md"
            loading={starting}
            onClick={() => void room.send('start', { configuration: base })}
            data-testid="start-first"
          >
            {say('runs.start-first')}
          </Button>
          <AskGuess what={{ configuration: base }} hidden={base.hidden.length} />
        </div>
      )}
    </>
  );
}
