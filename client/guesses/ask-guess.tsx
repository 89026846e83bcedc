/** Starting a run with a guess before it: what is to be asked besides the ratio, and how long there is. */
import { Button, Checkbox, NativeSelect, Popover } from '@mantine/core';
import { useState } from 'react';
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { useWords } from '../i18n/words.ts';
import { useRoom, useWaiting } from '../room/context.tsx';
import './guesses.css';

const timers = [null, 30, 60, 120] as const;

type Props = {
  /** What is to be started. */
  readonly what: { readonly proposal: string } | { readonly configuration: RunConfiguration };
  /** Layers of it that are hidden; with one there is nothing to compare. */
  readonly hidden: number;
};

/** Draws the button, and what is to be asked once it is pressed. */
export function AskGuess({ what, hidden }: Props) {
  const { say } = useWords();
  const room = useRoom();
  const starting = useWaiting('start');
  const [opened, setOpened] = useState(false);
  const [slowest, setSlowest] = useState(false);
  const [line, setLine] = useState(false);
  const [seconds, setSeconds] = useState<number | null>(null);
  if (hidden < 2) return null;
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      trapFocus
      withArrow
      shadow="md"
      portalProps={{ target: 'main' }}
      floatingStrategy="fixed"
    >
      <Popover.Target>
        <Button variant="default" size="sm" onClick={() => setOpened(!opened)} data-testid="ask-guess">
          {say('guess.ask')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className="ask-guess"
          onSubmit={(event) => {
            event.preventDefault();
            const guess = { slowest, line, seconds };
            void room.send('start', { ...what, guess }).then((ack) => setOpened(!ack.ok));
          }}
        >
          <p className="soft">{say('guess.ask.lead')}</p>
          <Checkbox
            label={say('guess.ask.slowest')}
            checked={slowest}
            onChange={(event) => setSlowest(event.currentTarget.checked)}
          />
          <Checkbox
            label={say('guess.ask.line')}
            checked={line}
            onChange={(event) => setLine(event.currentTarget.checked)}
          />
          <NativeSelect
            label={say('guess.ask.timer')}
            value={String(seconds ?? '')}
            onChange={(event) =>
              setSeconds(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))
            }
            data={timers.map((time) => ({
              value: String(time ?? ''),
              label: time === null ? say('guess.ask.timer.none') : say('guess.ask.timer.seconds', { seconds: time }),
            }))}
          />
          <Button type="submit" size="sm" loading={starting} data-testid="ask-guess-start">
            {say('guess.ask.start')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
