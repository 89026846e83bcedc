/** What a room that has a lesson says before anything has been trained. */
import { useWords } from '../i18n/words.ts';
import { useFacts, useMay } from '../room/context.tsx';
import { NetworkDrawing } from '../panels/network-drawing.tsx';
import { LessonPlace, TeachersNote } from './lesson-text.tsx';
import { StepExtras } from './extras.tsx';
import { Prose } from './prose.tsx';
import { shownText } from './shown-text.ts';
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
  const shown = shownText(lesson);
  const configuration =
    step.kind === 'guess' || step.kind === 'sweep'
      ? step.configuration
      : step.kind === 'runs'
        ? step.runs[0]
        : step.kind === 'challenge' && step.task.kind !== 'match'
          ? step.task.configuration
          : undefined;
  return (
    <div className="lesson-intro" data-testid="lesson-intro">
      {configuration !== undefined && <NetworkDrawing configuration={configuration} />}
      <LessonPlace />
      <h2>{said(step.title)}</h2>
      {shown !== null && <Prose text={shown.text} formulas={step.formulas} />}
      {shown !== null && <StepExtras step={step} at={lesson.step} />}
      {step.kind !== 'text' && !lesson.explaining && lesson.made[lesson.step] === undefined && (
        <p className="soft">
          {say(leading && !students ? `lesson.begin.host.${step.kind}` : `lesson.begin.student.${step.kind}`)}
        </p>
      )}
      {!students && <TeachersNote />}
    </div>
  );
}
