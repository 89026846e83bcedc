/** The scrubber: for the host it moves everyone, for others it opens a look of their own at what has been shown already. */
import { useEffect, useEffectEvent, useRef } from 'react';
import { wholeNumber } from '../i18n/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { useMay, useRoom } from '../room/context.tsx';
import { planFor, type Shown } from '../room/stage.ts';
import type { RoomRun } from '../../shared/protocol/state.ts';

/** A hand on the slider moves the room this often at most. */
const seekEvery = 200;
/** The thumb stays where it was left until the move has come back from the room. */
const holdFor = 900;

/** Draws the slider; its thumb follows the step on show unless a hand is on it. */
export function Scrubber({ run }: { readonly run: RoomRun }) {
  const { say, language } = useWords();
  const room = useRoom();
  const may = useMay('seek');
  const slider = useRef<HTMLInputElement>(null);
  /** Until when the thumb belongs to the hand, in ms of the page's clock. */
  const heldUntil = useRef(0);
  const wanted = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const { steps } = planFor(run);

  const follow = useEffectEvent((shown: Shown | null): void => {
    const element = slider.current;
    if (element === null || shown === null || performance.now() < heldUntil.current) return;
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
    };
  }, [room]);

  const moveRoom = (): void => {
    timer.current ??= setTimeout(() => {
      timer.current = null;
      void room.send('seek', { step: wanted.current });
    }, seekEvery);
  };

  const lookAlone = (): void => {
    const shown = room.stage.current();
    const classStep = shown?.classRun === run.id ? shown.classStep : room.frames.of(run.id).lastStep;
    const step = Math.min(wanted.current, Math.max(room.stage.furthest(run.id), classStep));
    room.look({ kind: 'alone', run: run.id, step });
  };

  const onInput = (): void => {
    wanted.current = Number(slider.current?.value ?? 0);
    heldUntil.current = performance.now() + holdFor;
    if (may) moveRoom();
    else lookAlone();
  };

  return (
    <div className="scrubber">
      <input
        ref={slider}
        type="range"
        min={0}
        max={steps}
        step={1}
        defaultValue={0}
        aria-label={say('controls.scrubber')}
        data-testid="scrubber"
        onInput={onInput}
      />
    </div>
  );
}
