/** What students see just now, in the frame of a phone beside the page of whoever leads. */
import { useChallengeOnStage } from '../challenges/stage.tsx';
import { useWords } from '../i18n/words.ts';
import { useStandingGuess } from '../guesses/hooks.ts';
import { StudentsGuess } from '../guesses/guess-panel.tsx';
import { useFacts, useMay, useRoom } from '../room/context.tsx';
import { useLessonQuestion } from '../polls/use-polls.ts';
import { LessonIntro } from './lesson-intro.tsx';
import './lesson.css';

/** Whether there is something to see in the frame: the lesson's beginning, or a guess. */
export function useHasFrame(): boolean {
  const { alone } = useRoom();
  const leading = useMay('next') && !alone;
  const guess = useStandingGuess();
  const { lesson, runs } = useFacts();
  const asked = useLessonQuestion() !== null;
  const challenge = useChallengeOnStage();
  const begins = lesson !== null && Object.keys(runs).length === 0 && !asked && challenge === undefined;
  return leading && (guess !== null || begins);
}

/** Draws the frame. */
export function StudentFrame() {
  const { say } = useWords();
  const guess = useStandingGuess();
  return (
    <section className="student-frame" aria-labelledby="frame-title" data-testid="student-frame">
      <h2 id="frame-title">{say('lesson.frame')}</h2>
      <div className="frame-phone">{guess === null ? <LessonIntro students /> : <StudentsGuess guess={guess} />}</div>
      {guess !== null && <p className="soft">{say('lesson.frame.lead')}</p>}
    </section>
  );
}
