/** What happened in the course of a run, and what people have noted: a row of signs that lead to their steps. */
import { useCallback } from 'react';
import { wholeNumber } from '../../../shared/words/numbers.ts';
import { type Say, useWords } from '../../i18n/words.ts';
import { useShownName } from '../../people/shown-name.ts';
import { useFacts, useFromShown, useMay, useRoom, useYou } from '../../room/context.tsx';
import { planFor } from '../../room/stage.ts';
import { Icon } from '../../shell/icons.tsx';
import type { Language, Pin, RoomRun } from '../../../shared/protocol/state.ts';
import { useWant } from '../use-want.ts';
import { type Milestone, milestonesOf } from '../milestones.ts';

const refreshEvery = 500;

/** The sign of a milestone in the plot and in the row. */
export const signOf: Readonly<Record<Milestone['kind'], string>> = {
  nan: 'NaN',
  ratio: '10⁻⁶',
  dead: '†',
  plateau: '≈',
};

/** Returns what has been noted of a run up to a step, in the order of steps; notes keep their numbers. */
export function pinsOf(
  pins: Readonly<Record<string, Pin>>,
  run: string,
  upTo: number,
): (Pin & { readonly number: number })[] {
  return Object.values(pins)
    .filter((pin) => pin.run === run)
    .map((pin, index) => ({ ...pin, number: index + 1 }))
    .filter((pin) => pin.step <= upTo)
    .toSorted((a, b) => a.step - b.step);
}

/** Finds the milestones of a run as far as it is shown; looked for again a few times a second at most. */
export function useMilestones(run: RoomRun): readonly Milestone[] {
  const { frames: store, stage } = useRoom();
  // Only these can have a slope of exactly 0 on all images.
  useWant(run.id, run.configuration.activation === 'relu' ? 'dead' : null);
  const milestonesNow = useCallback(() => {
    const frames = store.of(run.id);
    const layers = run.configuration.hidden.map((_, index) => index + 1);
    const course = {
      cost: frames.cost,
      speeds: layers.map((layer) => frames.speedOf(layer)),
      dead: layers.map((layer) => frames.of('dead', layer)),
      steps: planFor(run).steps,
    };
    return milestonesOf(course, stage.reach(run.id));
  }, [store, stage, run]);
  return useFromShown(refreshEvery, milestonesNow);
}

/** Says what has happened. */
export const saidMilestone = (say: Say, language: Language, { kind, step, layer }: Milestone): string =>
  say(layer === null && kind === 'nan' ? 'course.nan.cost' : `course.${kind}`, {
    step: wholeNumber(step, language),
    layer: layer ?? '',
  });

/** Draws the row; nothing where nothing has happened. */
export function Course({ run, milestones }: { readonly run: RoomRun; readonly milestones: readonly Milestone[] }) {
  const { say, language } = useWords();
  const room = useRoom();
  const state = useFacts();
  const you = useYou();
  const nameOf = useShownName();
  const maySeek = useMay('seek');
  const pinsNow = useCallback(
    () => pinsOf(state.pins, run.id, room.stage.reach(run.id)),
    [state.pins, run.id, room.stage],
  );
  const pins = useFromShown(refreshEvery, pinsNow);
  if (milestones.length === 0 && pins.length === 0) return null;
  const go = (step: number): void => {
    if (maySeek) void room.send('seek', { run: run.id, step });
    else room.look({ kind: 'alone', run: run.id, step });
  };
  const at = (step: number, layer: number | null) => ({ step: wholeNumber(step, language), layer: layer ?? '' });
  return (
    <ul className="course" aria-label={say('course.label')}>
      {milestones.map(({ kind, step, layer }) => (
        <li key={kind}>
          <button type="button" className="plain-button" onClick={() => go(step)} data-testid={`milestone-${kind}`}>
            <span className="course-sign" aria-hidden="true">
              {signOf[kind]}
            </span>
            {saidMilestone(say, language, { kind, step, layer })}
          </button>
        </li>
      ))}
      {pins.map(({ id, step, layer, text, author, number }) => (
        <li key={id} className="course-note">
          <button type="button" className="plain-button" onClick={() => go(step)} data-testid={id}>
            <span className="course-sign" aria-hidden="true">
              {number}
            </span>
            {text}
            <span className="soft">
              {say(layer === null ? 'course.note' : 'course.note.layer', {
                ...at(step, layer),
                name: nameOf(author),
              })}
            </span>
          </button>
          {(author === you.id || maySeek) && (
            <button
              type="button"
              className="plain-button"
              aria-label={say('course.remove', { text })}
              title={say('course.remove', { text })}
              onClick={() => void room.send('unpin', { pin: id })}
            >
              <Icon name="cross" size={16} />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
