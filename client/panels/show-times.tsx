/** In how many seconds a whole run is shown. */
import { useWords } from '../i18n/words.ts';
import { useRoomView } from '../room/context.tsx';
import { showTimes } from '../../shared/protocol/state.ts';
import { usePlayhead } from './playhead-actions.ts';

/** Draws the choice. */
export function ShowTimes() {
  const { say } = useWords();
  const { actions } = usePlayhead();
  const current = useRoomView(({ state }) => state?.playhead?.showTime ?? null);
  return (
    <span className="show-times" role="radiogroup" aria-label={say('controls.speed')}>
      <span className="soft show-times-label">{say('controls.speed')}</span>
      {showTimes.map((time) => (
        <button
          key={time}
          type="button"
          role="radio"
          aria-checked={current === time}
          className="plain-button choice"
          onClick={() => actions.speed(time)}
          data-testid={`speed-${time}`}
        >
          {time === 'live' ? say('controls.speed.live') : say('controls.speed.seconds', { seconds: time })}
        </button>
      ))}
    </span>
  );
}
