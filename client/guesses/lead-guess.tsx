/** What whoever leads sees of a guess: who has answered, and, only when it is asked for, what was answered and what is true. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { choiceNearest, type Guess, guessChoices, type GuessTally, turnout } from '../../shared/protocol/guesses.ts';
import type { MeasurementRecord } from '../../shared/protocol/measurements.ts';
import type { Hands, SecretRound } from '../../shared/protocol/secrets.ts';
import { DISCUSSION_SECONDS } from '../../shared/protocol/next-move.ts';
import { lookUp, type RoomRun } from '../../shared/protocol/state.ts';
import type { WireNumber } from '../../shared/protocol/wire-numbers.ts';
import { fromWireNumber, toJsonNumber } from '../../shared/protocol/wire-numbers.ts';
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { useFacts, useRoom, useRoomView, useWaiting } from '../room/context.tsx';
import type { Reader } from '../room/line.ts';
import { Toggle } from '../plots/card/toggle.tsx';
import { usePlotBesideGuess } from './hooks.ts';
import { Reasons } from './reasons.tsx';
import { saidChoice, saidRatio } from './said.ts';
import { Spread } from './spread.tsx';

type Props = { readonly guess: Guess; readonly run: RoomRun };

/** Draws the count, and under it what is private. */
export function LeadGuess({ guess, run }: Props) {
  const { say, language } = useWords();
  const { people } = useFacts();
  const { answered, of } = turnout({ people }, guess);
  const values = { answered: wholeNumber(answered, language), of: wholeNumber(of, language) };
  return (
    <>
      <p className="guess-count" data-testid="guess-count" data-answered={answered} data-of={of}>
        {of === 0 ? say('guess.count.nobody') : say('guess.count', values)}
      </p>
      <PlotBeside />
      <details className="guess-more" data-testid="guess-hands">
        <summary>{say('guess.hands')}</summary>
        <HandsForm guess={guess} />
      </details>
      <details className="guess-more" data-testid="guess-peek">
        <summary>{say('guess.peek')}</summary>
        <Peek guess={guess} run={run} />
      </details>
      <details className="guess-more" data-testid="guess-by-hand">
        <summary>{say('guess.by-hand')}</summary>
        <ByHand guess={guess} />
      </details>
    </>
  );
}

/** Whether there is a plot beside the guess: a run that has been shown before helps to guess the next one. */
function PlotBeside() {
  const { say } = useWords();
  const room = useRoom();
  const shown = usePlotBesideGuess();
  const hasPlot = useFacts().playhead !== null;
  if (!hasPlot) return null;
  return (
    <div className="guess-beside">
      <Toggle
        text={say('guess.beside')}
        pressed={shown}
        hook="guess-beside"
        onPress={() => void room.send('settings', { plotBesideGuess: !shown })}
      />
      <p className="soft">{say('guess.beside.detail')}</p>
    </div>
  );
}

const tallyOf = (round: SecretRound | undefined): GuessTally => {
  const choices: Record<string, number> = { ...round?.hands };
  for (const { choice } of Object.values(round?.answers ?? {})) choices[choice] = (choices[choice] ?? 0) + 1;
  return { choices, slowest: {} };
};

/** The spread so far, and the truth when it is asked for. */
function Peek({ guess, run }: Props) {
  const words = useWords();
  const { say } = words;
  const { reader } = useRoom();
  const rounds = useRoomView(({ secrets }) => lookUp(secrets.guesses, guess.id));
  const [ratio, setRatio] = useState<WireNumber | 'unknown' | null>(null);
  const look = async (): Promise<void> => setRatio(await ratioAt(reader(), run, guess.step));
  const tallies = guess.answered.map((_people, n) => tallyOf(rounds?.[n]));
  const known = ratio === null || ratio === 'unknown' ? null : ratio;
  const nearest = known === null ? null : choiceNearest(known);
  return (
    <div className="guess-private">
      <Spread
        tallies={tallies}
        truth={
          known === null || nearest === null
            ? null
            : { choice: nearest, said: say('guess.spread.truth', { truth: saidRatio(words, known) }) }
        }
        own={[]}
      />
      <Reasons guess={guess} />
      {ratio === 'unknown' && <p role="status">{say('guess.peek.unknown')}</p>}
      {known === null && (
        <button type="button" className="plain-button outlined" onClick={() => void look()} data-testid="guess-truth">
          {say('guess.peek.truth')}
        </button>
      )}
    </div>
  );
}

/** Reads how many times faster the last hidden layer learns at a step, which only those who lead may ask for. */
async function ratioAt(reader: Reader | null, run: RoomRun, step: number): Promise<WireNumber | 'unknown'> {
  try {
    const [line = ''] = (await reader?.lines(run.id, [step, step])) ?? [];
    if (line === '') return 'unknown';
    const { layers } = JSON.parse(line) as MeasurementRecord;
    const speed = (layer: number): number => fromWireNumber(layers[layer - 1]?.speed ?? 'NaN');
    return toJsonNumber(speed(run.configuration.hidden.length) / speed(1));
  } catch {
    return 'unknown';
  }
}

/** How many hands were raised for each choice, where people have no devices. */
function HandsForm({ guess }: { readonly guess: Guess }) {
  const words = useWords();
  const { say } = words;
  const room = useRoom();
  const counted = useRoomView(({ secrets }) => lookUp(secrets.guesses, guess.id)?.[guess.round - 1]?.hands);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const sending = useWaiting('count-hands');
  const valueOf = (choice: (typeof guessChoices)[number]): string => typed[choice] ?? String(counted?.[choice] ?? '');
  const save = (): void => {
    const hands: Partial<Record<keyof Hands, number>> = {};
    for (const choice of guessChoices) {
      const count = Number.parseInt(valueOf(choice), 10);
      if (count > 0) hands[choice] = Math.min(count, 10_000);
    }
    void room.send('count-hands', { guess: guess.id, choices: hands });
  };
  return (
    <form
      className="hands"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {guessChoices.map((choice) => (
        <label key={choice}>
          <span>{saidChoice(words, choice)}</span>
          <input
            type="text"
            inputMode="numeric"
            pattern="[0-9]*"
            maxLength={5}
            value={valueOf(choice)}
            onChange={(event) => setTyped({ ...typed, [choice]: event.currentTarget.value.replace(/\D/g, '') })}
            data-testid={`hands-${choice}`}
          />
        </label>
      ))}
      <Button type="submit" size="sm" loading={sending} data-testid="hands-save">
        {say('guess.hands.save')}
      </Button>
    </form>
  );
}

/** Every step of a guess by its own button, in any order that the rules allow. */
function ByHand({ guess }: { readonly guess: Guess }) {
  const { say } = useWords();
  const room = useRoom();
  const { kind } = guess.standing;
  const about = { guess: guess.id };
  const second = guess.round === 2;
  return (
    <div className="guess-buttons">
      <Button
        size="sm"
        variant="default"
        disabled={second || (kind !== 'open' && kind !== 'closed')}
        onClick={() => void room.send('discuss', { ...about, seconds: DISCUSSION_SECONDS })}
        data-testid="guess-discuss"
      >
        {say('next.discuss', { minutes: DISCUSSION_SECONDS / 60 })}
      </Button>
      <Button
        size="sm"
        variant="default"
        disabled={second || (kind !== 'discussing' && kind !== 'closed')}
        onClick={() => void room.send('guess-again', about)}
        data-testid="guess-again"
      >
        {say('next.again')}
      </Button>
      <Button
        size="sm"
        variant="default"
        disabled={kind !== 'open' && kind !== 'discussing'}
        onClick={() => void room.send('close-guess', about)}
        data-testid="guess-close"
      >
        {say('guess.close')}
      </Button>
      <Button size="sm" variant="default" onClick={() => void room.send('reveal', about)} data-testid="guess-reveal">
        {say('next.reveal')}
      </Button>
    </div>
  );
}
