/** What stands below the text of a step: what to look for, the book's numbers beside the room's, what else to try. */
import { VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import { runsOfStep, type Check, type LessonStep, type Printed, type Try } from '../../shared/protocol/lessons.ts';
import type { RunId } from '../../shared/protocol/state.ts';
import { measured } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { useFacts, useMay, useRoom, useWaiting } from '../room/context.tsx';
import { Icon } from '../shell/icons.tsx';
import { Looks } from './looks.tsx';
import { useReadings } from './use-readings.ts';
import { useSaid } from './use-said.ts';

const none: readonly never[] = [];

/** Draws what a step has besides its text; `runs` are those that it speaks of. */
export function StepExtras({ step, at }: { readonly step: LessonStep; readonly at: number }) {
  const { lesson, guesses } = useFacts();
  const runs = useMemo(() => (lesson === null ? none : runsOfStep(lesson, guesses, at)), [lesson, guesses, at]);
  return (
    <>
      {step.checks !== undefined && step.checks.length > 0 && <Checks checks={step.checks} runs={runs} />}
      {step.printed !== undefined && step.printed.length > 0 && <PrintedNumbers printed={step.printed} runs={runs} />}
      {step.looks !== undefined && step.looks.length > 0 && runs.length > 0 && (
        <Looks looks={step.looks} runs={runs} usual={step.view ?? ''} />
      )}
      {step.tries !== undefined && step.tries.length > 0 && <Tries tries={step.tries} run={runs[0]} />}
    </>
  );
}

type ChecksProps = { readonly checks: readonly Check[]; readonly runs: readonly RunId[] };

function Checks({ checks, runs }: ChecksProps) {
  const { say } = useWords();
  const said = useSaid();
  const readings = useMemo(() => checks.map(({ reading }) => reading), [checks]);
  const values = useReadings(readings, runs);
  return (
    <div className="step-checks">
      <h3>{say('lesson.checks')}</h3>
      <ul>
        {checks.map(({ text, least, most }, n) => {
          const value = values[n] ?? null;
          const standing =
            value === null
              ? 'waits'
              : value >= (least ?? -Infinity) && value <= (most ?? Infinity)
                ? 'seen'
                : 'otherwise';
          return (
            <li key={text.en} data-testid={`check-${n}`} data-standing={standing}>
              <span className="check-mark" aria-hidden="true">
                {standing === 'seen' && <Icon name="check" size={16} />}
                {standing === 'otherwise' && '≠'}
              </span>
              <span>{said(text)}</span>
              <VisuallyHidden>{say(`lesson.check.${standing}`)}</VisuallyHidden>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function PrintedNumbers({ printed, runs }: { readonly printed: readonly Printed[]; readonly runs: readonly RunId[] }) {
  const { say, language } = useWords();
  const said = useSaid();
  const readings = useMemo(() => printed.map(({ reading }) => reading), [printed]);
  const values = useReadings(readings, runs);
  return (
    <table className="step-printed" data-testid="printed">
      <caption>{say('lesson.printed')}</caption>
      <thead>
        <tr>
          <th scope="col">{say('lesson.printed.what')}</th>
          <th scope="col">{say('lesson.printed.book')}</th>
          <th scope="col">{say('lesson.printed.here')}</th>
        </tr>
      </thead>
      <tbody>
        {printed.map(({ text, value }, n) => {
          const here = values[n] ?? null;
          return (
            <tr key={text.en}>
              <th scope="row">{said(text)}</th>
              <td className="number">{measured(value, language)}</td>
              <td className="number">{here === null ? '…' : measured(here, language)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Whoever leads starts the run at once; students propose it. */
function Tries({ tries, run }: { readonly tries: readonly Try[]; readonly run: RunId | undefined }) {
  const { say } = useWords();
  const said = useSaid();
  const room = useRoom();
  const leading = useMay('start');
  const may = useMay('propose');
  const waiting = useWaiting('propose');
  if (run === undefined || !may) return null;
  const begin = async ({ change, text }: Try): Promise<void> => {
    const proposed = await room.send('propose', { base: run, change, reason: said(text) });
    const proposal = proposed.ok ? proposed.result?.['proposal'] : undefined;
    if (!leading || proposal === undefined) return;
    // Where the room's policy starts what is proposed, it has been started by now.
    const standing = room.store.getState().state?.proposals[String(proposal)]?.standing.kind;
    if (standing === 'open') await room.send('start-batch', { proposals: [String(proposal)] });
  };
  return (
    <div className="step-tries">
      <h3>{say('lesson.tries')}</h3>
      {tries.map((one) => (
        <button
          key={one.text.en}
          type="button"
          className="plain-button outlined"
          disabled={waiting}
          onClick={() => void begin(one)}
          data-testid="try"
        >
          {said(one.text)}
        </button>
      ))}
      <p className="soft">{say(leading ? 'lesson.tries.host' : 'lesson.tries.student')}</p>
    </div>
  );
}
