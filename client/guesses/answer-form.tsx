/** What somebody expects of a run: the choice, and where they are asked for, the slowest layer, a drawn line and a reason. */
import { Button, TextInput, VisuallyHidden } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { type Guess, type GuessAnswer, type GuessChoice, guessChoices } from '../../shared/protocol/guesses.ts';
import { fixedLimits } from '../../shared/protocol/limits.ts';
import { useWords } from '../i18n/words.ts';
import { useRoom, useWaiting } from '../room/context.tsx';
import { LayerChoices } from './layer-choices.tsx';
import { LinePad } from './line-pad.tsx';
import { saidChoice } from './said.ts';

type Props = {
  readonly guess: Guess;
  readonly hidden: number;
  /** What was answered before, to be changed; nothing is chosen beforehand where there is none. */
  readonly before: GuessAnswer | null;
  readonly onAnswered: () => void;
};

/** Draws the form. */
export function AnswerForm({ guess, hidden, before, onAnswered }: Props) {
  const words = useWords();
  const { say } = words;
  const room = useRoom();
  const sending = useWaiting('guess');
  const [choice, setChoice] = useState<GuessChoice | null>(before?.choice ?? null);
  const [slowest, setSlowest] = useState<number | null>(before?.slowest ?? null);
  const [line, setLine] = useState<GuessAnswer['line']>(before?.line ?? null);
  const [reason, setReason] = useState(before?.reason ?? '');
  const [missing, setMissing] = useState(false);
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (choice === null) return setMissing(true);
    const drawn = line?.map(([share, decade]): [number, number] => [share, decade]) ?? null;
    void room.send('guess', { guess: guess.id, choice, slowest, line: drawn, reason }).then((ack) => {
      if (ack.ok) onAnswered();
    });
  };
  return (
    <form className="answer-form" onSubmit={submit} noValidate>
      <fieldset className="choices" aria-describedby={missing ? 'guess-missing' : undefined}>
        <VisuallyHidden component="legend">{say('guess.choices')}</VisuallyHidden>
        {guessChoices.map((name) => (
          <label key={name} className="guess-choice" data-testid={`guess-choice-${name}`}>
            <input
              type="radio"
              name={`choice-${guess.id}-${guess.round}`}
              value={name}
              checked={choice === name}
              onChange={() => {
                setChoice(name);
                setMissing(false);
              }}
            />
            <span>{saidChoice(words, name)}</span>
          </label>
        ))}
      </fieldset>
      {guess.asks.slowest && (
        <LayerChoices
          name={`slowest-${guess.id}-${guess.round}`}
          hidden={hidden}
          chosen={slowest}
          onChoose={setSlowest}
        />
      )}
      {guess.asks.line && <LinePad line={line} onChange={setLine} />}
      <TextInput
        label={say('guess.reason')}
        placeholder={say('guess.reason.example')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        onKeyDown={(event) => {
          // Enter that ends a word of an input method sends nothing; some browsers say so by the code only.
          if (event.key === 'Enter' && (event.nativeEvent.isComposing || event.keyCode === 229)) event.preventDefault();
        }}
        maxLength={fixedLimits.guessReasonLength}
        data-testid="guess-reason"
      />
      {missing && (
        <p className="guess-missing" id="guess-missing" role="alert">
          {say('guess.missing')}
        </p>
      )}
      <Button type="submit" size="md" loading={sending} data-testid="guess-send">
        {say(before === null ? 'guess.send' : 'guess.send.change')}
      </Button>
    </form>
  );
}
