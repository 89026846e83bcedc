/** In how many seconds a whole run is shown, to the room or to oneself. */
import { useWords } from '../i18n/words.ts';
import { showTimes } from '../../shared/protocol/state.ts';
import { useTransport } from './use-transport.ts';

/** Draws the choice; only the room can be shown what comes as it comes. */
export function ShowTimes() {
  const { say } = useWords();
  const { leads, showTime, speed } = useTransport();
  const label = say(leads ? 'controls.speed' : 'own.speed');
  return (
    <span className="show-times" role="radiogroup" aria-label={label}>
      <span className="soft show-times-label">{label}</span>
      {showTimes
        .filter((time) => leads || time !== 'live')
        .map((time) => (
          <button
            key={time}
            type="button"
            role="radio"
            aria-checked={showTime === time}
            className="plain-button choice"
            onClick={() => speed(time)}
            data-testid={`speed-${time}`}
          >
            {time === 'live' ? say('controls.speed.live') : say('controls.speed.seconds', { seconds: time })}
          </button>
        ))}
    </span>
  );
}
