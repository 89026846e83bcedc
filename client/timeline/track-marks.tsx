/** Marks on the track: notes, forks that begin there, what happened to the run. Each leads to its step. */
import { useCallback } from 'react';
import { wholeNumber } from '../../shared/words/numbers.ts';
import { type Say, useWords } from '../i18n/words.ts';
import { saidMilestone, signOf, useMilestones } from '../plots/layers/course.tsx';
import type { Milestone } from '../plots/milestones.ts';
import { useFacts, useFromShown, useRoom } from '../room/context.tsx';
import { planFor } from '../room/stage.ts';
import { RunMark } from '../panels/run-mark.tsx';
import type { Language, Pin, RoomRun, RoomState } from '../../shared/protocol/state.ts';
import { Icon } from '../shell/icons.tsx';
import { clustersOf } from './marks.ts';
import { limitOf } from './steps.ts';
import { useTransport } from './use-transport.ts';

type Mark =
  | { readonly kind: 'note'; readonly step: number; readonly pin: Pin }
  | { readonly kind: 'fork'; readonly step: number; readonly run: RoomRun }
  | { readonly kind: 'diverged'; readonly step: number }
  | { readonly kind: 'milestone'; readonly step: number; readonly milestone: Milestone };

/** Marks nearer to each other than a fingertip are drawn as one. */
const gap = 44;
/** Narrower than this, a name would be a few letters. */
const roomForName = 72;

type Props = { readonly run: RoomRun; readonly width: number; readonly onSeveral: () => void };

const refreshEvery = 500;

/** Draws the marks of a run above a track of `width` pixels. */
export function TrackMarks({ run, width, onSeveral }: Props) {
  const { say, language } = useWords();
  const room = useRoom();
  const state = useFacts();
  const milestones = useMilestones(run);
  const { leads, seek } = useTransport();
  // What the class has not seen yet does not give itself away by a mark.
  const limitNow = useCallback(() => (leads ? Infinity : limitOf(room, run.id)), [leads, room, run.id]);
  const limit = useFromShown(refreshEvery, limitNow);
  const { steps } = planFor(run);
  if (width === 0) return null;
  const marks = marksOf(state, run, milestones).filter(({ step }) => step <= limit);
  const clusters = clustersOf(marks, steps, width, gap);
  if (clusters.length === 0) return null;
  return (
    <ul className="track-marks" aria-label={say('time.marks')}>
      {clusters.map(({ at, room: space, marks: its }) => {
        const [first, ...others] = its;
        const name = others.length === 0 ? nameOf(say, first) : say('time.several', { count: its.length });
        const details = its.map((mark) => detailOf(say, language, mark)).join('; ');
        // What is written on it begins what is read aloud.
        const label = others.length === 0 ? details : `${name}: ${details}`;
        // At the end of the track the name stands before its mark.
        const backwards = at > 0.85;
        const left = backwards ? at * width : space * width;
        const act = (): void => {
          if (others.length > 0 && its.some(({ kind }) => kind === 'note')) return onSeveral();
          seek(first.step, first.kind === 'fork' ? first.run.id : run.id);
        };
        return (
          <li key={at} style={{ left: `${100 * at}%` }}>
            <button
              type="button"
              className={backwards ? 'track-mark backwards' : 'track-mark'}
              title={label}
              aria-label={label}
              onClick={act}
              data-testid="track-mark"
              data-kind={first.kind}
              data-step={first.step}
            >
              <MarkSign mark={first} />
              {left > roomForName && name !== '' && (
                <span className="track-name" style={{ maxWidth: Math.min(180, left - gap) }}>
                  {name}
                </span>
              )}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function MarkSign({ mark }: { readonly mark: Mark }) {
  if (mark.kind === 'fork') return <RunMark label={mark.run.label} size={12} />;
  if (mark.kind === 'milestone') return <span className="track-sign" data-sign={signOf[mark.milestone.kind]} />;
  return <Icon name={mark.kind === 'note' ? 'note' : 'warning'} size={14} />;
}

function marksOf(state: RoomState, run: RoomRun, milestones: readonly Milestone[]): Mark[] {
  const notes = Object.values(state.pins).filter((pin) => pin.run === run.id);
  const forks = Object.values(state.runs).filter(({ origin }) => origin?.run === run.id);
  const { status } = run;
  return [
    ...notes.map((pin) => ({ kind: 'note', step: pin.step, pin }) as const),
    ...forks.map((fork) => ({ kind: 'fork', step: fork.origin?.step ?? 0, run: fork }) as const),
    ...milestones.map((milestone) => ({ kind: 'milestone', step: milestone.step, milestone }) as const),
    // A run whose numbers have overflowed in sight says so already.
    ...(status.kind === 'diverged' && milestones.every(({ kind }) => kind !== 'nan')
      ? [{ kind: 'diverged', step: status.step } as const]
      : []),
  ];
}

function nameOf(say: Say, mark: Mark): string {
  switch (mark.kind) {
    case 'note':
      return mark.pin.text;
    case 'fork':
      return mark.run.label;
    case 'diverged':
      return say('time.diverged');
    case 'milestone':
      return '';
    default:
      return mark satisfies never;
  }
}

function detailOf(say: Say, language: Language, mark: Mark): string {
  const step = wholeNumber(mark.step, language);
  switch (mark.kind) {
    case 'note':
      return say('time.note', { step, text: mark.pin.text });
    case 'fork':
      return say('time.fork.mark', { step, label: mark.run.label });
    case 'diverged':
      return say('time.diverged.mark', { step });
    case 'milestone':
      return saidMilestone(say, language, mark.milestone);
    default:
      return mark satisfies never;
  }
}
