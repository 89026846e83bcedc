/** A field of the proposal's form: shows what the run would have, what it was, and what is wrong with it. */
import { Autocomplete, NativeSelect, TextInput } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { useWords } from '../i18n/words.ts';
import { Icon } from '../shell/icons.tsx';

export type FieldProps = {
  readonly label: string;
  readonly value: string;
  /** What it was, where it has been changed; null where it has not. */
  readonly was: string | null;
  readonly error: string | null;
  readonly onChange: (value: string) => void;
  readonly onUndo: () => void;
  readonly testId: string;
};

type Choice = { readonly value: string; readonly label: string };

type TypedFieldProps = FieldProps & {
  readonly hint?: string;
  readonly placeholder?: string;
  /** The keyboard that a phone offers. */
  readonly inputMode?: 'decimal' | 'text';
};

/** A field whose value is typed. */
export function TypedField({ hint, placeholder, inputMode = 'decimal', ...field }: TypedFieldProps) {
  return (
    <Marked {...field}>
      {(id) => (
        <TextInput
          id={id}
          label={field.label}
          description={hint}
          placeholder={placeholder}
          value={field.value}
          onChange={(event) => field.onChange(event.currentTarget.value)}
          error={field.error}
          inputMode={inputMode}
          autoComplete="off"
          data-testid={field.testId}
        />
      )}
    </Marked>
  );
}

/** A field whose value is one of a few. */
export function ChosenField({ choices, ...field }: FieldProps & { readonly choices: readonly Choice[] }) {
  return (
    <Marked {...field}>
      {(id) => (
        <NativeSelect
          id={id}
          label={field.label}
          value={field.value}
          onChange={(event) => field.onChange(event.currentTarget.value)}
          data={[...choices]}
          error={field.error}
          data-testid={field.testId}
        />
      )}
    </Marked>
  );
}

/** A field with usual values to choose from and any other to type. */
export function SuggestedField({ suggestions, ...field }: FieldProps & { readonly suggestions: readonly string[] }) {
  return (
    <Marked {...field}>
      {(id) => (
        <Autocomplete
          id={id}
          label={field.label}
          value={field.value}
          onChange={field.onChange}
          data={[...suggestions]}
          // All of them, also while something is typed: they are a scale, not a search.
          filter={({ options }) => options}
          error={field.error}
          inputMode="decimal"
          data-testid={field.testId}
        />
      )}
    </Marked>
  );
}

function Marked({ was, onUndo, children }: FieldProps & { readonly children: (id: string) => ReactNode }) {
  const { say } = useWords();
  const id = useId();
  return (
    <div className={was === null ? 'field' : 'field changed'}>
      {children(id)}
      {was !== null && (
        <button type="button" className="field-was" onClick={onUndo} title={say('form.undo', { value: was })}>
          <Icon name="undo" size={14} />
          {say('form.was', { value: was })}
        </button>
      )}
    </div>
  );
}
