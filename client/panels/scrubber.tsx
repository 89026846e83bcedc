/** The scrubber: for the host it moves everyone, for others it opens a look of their own at what has been shown already. */
import { useEffect, useRef } from 'react';
import { wholeNumber } from '../i18n/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { useMay, useRoom } from '../room/context.tsx';
import { planFor } from '../room/stage.ts';
import type { RoomRun } from '../../shared/protocol/state.ts';

/** A hand on the slider moves the room this often at most. */
const seekEvery = 200;

/** Draws the slider; its thumb follows the step on show unless a hand is on it. */
export function Scrubber({ run }: { readonly run: RoomRun }) {
  const { say, language } = useWords();
  const room = useRoom();
  const may = useMay('seek');
  const slider = useRef<HTMLInputElement>(null);
  const held = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const { steps } = planFor(run);

  useEffect(
    () =>
      room.stage.subscribe((shown) => {
        const element = slider.current;
        if (element === null || shown === null || held.current) return;
        element.value = String(shown.step);
        const value = say('controls.scrubber.value', {
          step: wholeNumber(shown.step, language),
          steps: wholeNumber(steps, language),
        });
        if (element.getAttribute('aria-valuetext') !== value) element.setAttribute('aria-valuetext', value);
        element.style.setProperty('--lab-share', `${(shown.step / steps) * 100}%`);
      }),
    [room, say, language, steps],
  );

  const moveRoom = (): void => {
    timer.current ??= setTimeout(() => {
      timer.current = null;
      const step = Number(slider.current?.value ?? 0);
      void room.send('seek', { step });
    }, seekEvery);
  };

  const lookAlone = (): void => {
    const element = slider.current;
    if (element === null) return;
    const known = room.frames.of(run.id).lastStep;
    const classStep = room.stage.current()?.classRun === run.id ? (room.stage.current()?.classStep ?? 0) : known;
    const step = Math.min(Number(element.value), Math.max(room.stage.furthest(run.id), classStep));
    element.value = String(step);
    room.look({ kind: 'alone', run: run.id, step });
  };

  const release = (): void => {
    // The thumb stays where it was left until the move has come back from the room.
    setTimeout(() => {
      held.current = false;
      room.stage.wake();
    }, 600);
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
        onPointerDown={() => {
          held.current = true;
        }}
        onPointerUp={release}
        onPointerCancel={release}
        onInput={may ? moveRoom : lookAlone}
      />
    </div>
  );
}
