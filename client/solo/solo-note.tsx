/** What whoever works alone should know: where it stays, whether the server is still needed, and what images wait for a word. */
import { useStore } from 'zustand';
import { percent, wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { useSpoken } from '../shell/live-region.tsx';
import { useSolo } from './context.tsx';
import './solo.css';

/** Draws the line, and above it what has to be decided. */
export function SoloNote() {
  const { say } = useWords();
  const { line, warming } = useSolo();
  const { room } = useStore(line.standing);
  const pieces = useStore(warming.store);
  const standing = room.kind === 'loading' && pieces !== 'cold' ? 'loading' : pieces;
  const words = say(standing === 'loading' ? 'solo.warming' : standing === 'warm' ? 'solo.warm' : 'solo.cold');
  useSpoken(words, false);
  return (
    <section aria-label={say('solo.place')}>
      <ImageNote />
      <p className="solo-note soft" data-testid="solo-standing" data-standing={standing}>
        {words} <span className="solo-wide">{say('solo.stays')}</span>
      </p>
    </section>
  );
}

function ImageNote() {
  const { say, language } = useWords();
  const { line } = useSolo();
  const { images } = useStore(line.standing);
  const share = images.kind === 'loading' ? percent(images.share, language, 0) : '';
  useSpoken(images.kind === 'asking' || images.kind === 'failed' ? say('solo.images.failed') : '', false);
  switch (images.kind) {
    case 'idle':
      return null;
    case 'loading':
      return <p className="solo-note soft">{say('solo.images.loading', { share })}</p>;
    case 'asking':
    case 'failed': {
      const megabytes = wholeNumber(Math.ceil(images.megabytes), language);
      const asking = images.kind === 'asking';
      const text = asking
        ? say('solo.images.asking', { images: wholeNumber(images.images, language), megabytes })
        : say('solo.images.failed');
      return (
        <div className="banner" role="status" data-testid="solo-images" data-standing={images.kind}>
          <span>{text}</span>
          <button
            type="button"
            className="plain-button outlined"
            onClick={() => line.images(true)}
            data-testid="solo-images-load"
          >
            {asking ? say('solo.images.load', { megabytes }) : say('solo.images.again')}
          </button>
          <button
            type="button"
            className="plain-button outlined"
            onClick={() => line.images(false)}
            data-testid="solo-images-leave"
          >
            {say('solo.images.leave')}
          </button>
        </div>
      );
    }
    default:
      return images satisfies never;
  }
}
