/** Asks who comes: a name, or one that is offered, and how many sit at the device. */
import { Button, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { isolated } from '../i18n/isolated.ts';
import { useWords } from '../i18n/words.ts';
import type { Trouble } from '../room/refusals.ts';
import { TroubleNote } from '../shell/trouble-note.tsx';
import { suggestedNames } from './suggested-names.ts';

export type Guest = { readonly name: string; readonly count: number };

/** What was typed last, for when the room does not take it. */
const last: { name: string; count: number } = { name: '', count: 1 };
const counts = [1, 2, 3, 4];
const offered = 3;

type Props = {
  readonly trouble: Trouble | null;
  readonly onGuest: (guest: Guest) => void;
  /** Called once the form is shown: what is needed next can be fetched while a name is typed. */
  readonly onShown: () => void;
};

/** Draws the form. */
export function NameForm({ trouble, onGuest, onShown }: Props) {
  const { say, language } = useWords();
  const [name, setName] = useState(last.name);
  const [count, setCount] = useState(last.count);
  const [empty, setEmpty] = useState(false);
  const [names] = useState(() => suggestedNames(language, offered, Math.random));
  useEffect(onShown, [onShown]);
  const enter = (as: string): void => {
    last.name = as;
    last.count = count;
    onGuest({ name: as, count });
  };
  const suggestion = trouble?.code === 'network' ? undefined : trouble?.suggestion;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === '') return setEmpty(true);
        enter(name);
      }}
    >
      {trouble !== null && <TroubleNote trouble={trouble} />}
      {suggestion !== undefined && (
        <Button size="lg" onClick={() => enter(suggestion)} data-testid="join-suggestion">
          {say('join.take', { name: isolated(suggestion) })}
        </Button>
      )}
      <TextInput
        size="lg"
        label={say('join.name')}
        description={say('join.name.hint')}
        value={name}
        onChange={(event) => {
          setName(event.currentTarget.value);
          setEmpty(false);
        }}
        error={empty ? say('join.name.empty') : null}
        maxLength={60}
        dir="auto"
        autoComplete="nickname"
        autoFocus
        data-testid="join-name-input"
      />
      {name === '' && (
        <div className="join-names" role="group" aria-label={say('join.suggested')}>
          <span className="soft" aria-hidden="true">
            {say('join.suggested')}
          </span>
          {names.map((one) => (
            <button
              key={one}
              type="button"
              className="plain-button outlined"
              onClick={() => {
                setName(one);
                setEmpty(false);
              }}
              data-testid="join-suggested-name"
            >
              {one}
            </button>
          ))}
        </div>
      )}
      <fieldset className="join-count">
        <legend>{say('join.count')}</legend>
        {counts.map((n) => (
          <label key={n}>
            <input
              type="radio"
              name="count"
              value={n}
              checked={count === n}
              onChange={() => setCount(n)}
              data-testid={`join-count-${n}`}
            />
            <span>{n}</span>
          </label>
        ))}
      </fieldset>
      <Button
        type="submit"
        size="lg"
        variant={suggestion === undefined ? 'filled' : 'default'}
        data-testid="join-submit"
      >
        {say('join.submit')}
      </Button>
    </form>
  );
}
