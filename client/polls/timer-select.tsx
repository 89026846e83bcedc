/** How long something is open. */
import { NativeSelect } from '@mantine/core';
import { useWords } from '../i18n/words.ts';

const times = [20, 30, 60, 120, 300] as const;

type Props = { readonly seconds: number | null; readonly onSeconds: (seconds: number | null) => void };

/** Draws the choice of a timer. */
export function TimerSelect({ seconds, onSeconds }: Props) {
  const { say } = useWords();
  return (
    <NativeSelect
      label={say('poll.timer')}
      value={seconds ?? ''}
      onChange={({ currentTarget: { value } }) => onSeconds(value === '' ? null : Number(value))}
      data={[
        { value: '', label: say('poll.timer.none') },
        ...times.map((time) => ({
          value: String(time),
          label:
            time < 60 ? say('poll.timer.seconds', { count: time }) : say('poll.timer.minutes', { count: time / 60 }),
        })),
      ]}
      data-testid="poll-timer"
    />
  );
}
