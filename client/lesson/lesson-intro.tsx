/** What a room that has a lesson says before anything has been trained. */
import { useWords } from '../i18n/words.ts';
import { useFacts, useMay } from '../room/context.tsx';
import { NetworkDrawing } from '../panels/network-drawing.tsx';
import { LessonPlace } from './lesson-text.tsx';
import { useSaid } from './use-said.ts';
import './lesson.css';

/** Draws the lesson's name and its first step; nothing where there is no lesson. `students`: as they see it, whoever looks. */
export function LessonIntro({ students = false }: { readonly students?: boolean }) {
  const { say } = useWords();
  const { lesson } = useFacts();
  const leading = useMay('next');
  const said = useSaid();
  const step = lesson?.plan.steps[lesson.step];
  if (lesson === null || step === undefined) return null;
  return (
    <div className="lesson-intro" data-testid="lesson-intro">
      {step.kind === 'guess' && <NetworkDrawing configuration={step.configuration} />}
      <LessonPlace />
      <h2>{said(step.title)}</h2>
      {said(step.kind === 'guess' ? step.lead : step.text)
        .split('\n\n')
        .map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      {step.kind === 'guess' && (
        <p className="soft">{say(leading && !students ? 'lesson.begin.host' : 'lesson.begin.student')}</p>
      )}
    </div>
  );
}
