/** The scrubber: for the host it moves everyone, for others it opens a look of their own at what has been shown already. */
import { type KeyboardEvent, useEffect, useEffectEvent, useRef } from 'react';
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { useRoom } from '../room/context.tsx';
import { planFor, type Shown } from '../room/stage.ts';
import type { RoomRun } from '../../shared/protocol/state.ts';
import { limitOf, nextStep, previousMeasuredStep } from './steps.ts';
import { useTransport } from './use-transport.ts';

/** A hand on the slider moves the room this often at most. */
const seekEvery = 200;
/** The thumb stays where it was left until the move has come back from the room. */
const holdFor = 900;

/** Draws the slider; its thumb follows the step on show unless a hand is on it. Give it the run's id as key. */
export function Scrubber({ run }: { readonly run: RoomRun }) {
  const { say, language } = useWords();
  const room = useRoom();
  const { leads, seek } = useTransport();
  const slider = useRef<HTMLInputElement>(null);
  const seen = useRef<HTMLSpanElement>(null);
  const ofClass = useRef<HTMLSpanElement>(null);
  /** Until when the thumb belongs to the hand, in ms of the page's clock. */
  const heldUntil = useRef(0);
  const wanted = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const plan = planFor(run);
  const { steps } = plan;
  const begin = run.origin?.step ?? 0;

  const follow = useEffectEvent((shown: Shown | null): void => {
    const element = slider.current;
    if (element === null || shown === null || shown.run.id !== run.id) return;
    const { classRun, classStep, motion } = shown;
    if (seen.current !== null) seen.current.style.transform = `scaleX(${limitOf(room, run.id) / steps})`;
    if (ofClass.current !== null) {
      ofClass.current.hidden = (motion !== 'alone' && motion !== 'led') || classRun !== run.id;
      ofClass.current.style.left = `${(100 * classStep) / steps}%`;
    }
    if (performance.now() < heldUntil.current) return;
    element.value = String(shown.step);
    const value = say('controls.scrubber.value', {
      step: wholeNumber(shown.step, language),
      steps: wholeNumber(steps, language),
    });
    if (element.getAttribute('aria-valuetext') !== value) element.setAttribute('aria-valuetext', value);
  });
  useEffect(() => {
    const release = room.stage.subscribe((shown) => follow(shown));
    // A move that the room did not make leaves nothing to hear of: the thumb looks for itself.
    const look = setInterval(() => follow(room.stage.current()), holdFor);
    return () => {
      release();
      clearInterval(look);
      if (timer.current !== null) clearTimeout(timer.current);
    };
  }, [room]);

  const moveTo = (step: number): void => {
    wanted.current = step;
    heldUntil.current = performance.now() + holdFor;
    if (!leads) return seek(step);
    timer.current ??= setTimeout(() => {
      timer.current = null;
      seek(wanted.current);
    }, seekEvery);
  };

  /** A key goes from measurement to measurement: a single step may be less than the plot can show. */
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const element = slider.current;
    if (element === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = Number(element.value);
    const limit = leads ? steps : limitOf(room, run.id);
    const far = Math.max(plan.measureEvery, Math.round(steps / 10));
    const targets: Readonly<Record<string, number>> = {
      ArrowRight: nextStep(plan, step, limit),
      ArrowUp: nextStep(plan, step, limit),
      ArrowLeft: previousMeasuredStep(plan, step, begin),
      ArrowDown: previousMeasuredStep(plan, step, begin),
      PageUp: Math.min(limit, step + far),
      PageDown: Math.max(begin, step - far),
      Home: begin,
      End: limit,
    };
    const to = targets[event.key];
    if (to === undefined) return;
    event.preventDefault();
    element.value = String(to);
    moveTo(to);
  };

  return (
    <div className="scrubber">
      <span className="scrubber-lane" aria-hidden="true">
        {!leads && <span className="scrubber-seen" ref={seen} />}
        <span className="scrubber-class" ref={ofClass} hidden title={say('time.class')} />
      </span>
      <input
        ref={slider}
        type="range"
        min={0}
        max={steps}
        step={1}
        defaultValue={0}
        aria-label={say('controls.scrubber')}
        data-testid="scrubber"
        onInput={() => moveTo(Number(slider.current?.value ?? 0))}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
