/** One more note at the step on show: said before it is sent, to which run, step and layer it goes. */
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { useRoom, useWaiting } from '../room/context.tsx';
import type { Shown } from '../room/stage.ts';
import { fixedLimits } from '../../shared/protocol/limits.ts';

/** Where a note goes. */
export type NotePlace = Pick<Shown, 'run' | 'step'>;

type Props = { readonly place: NotePlace; readonly onAdded?: () => void };

/** Draws the form. */
export function NoteForm({ place, onAdded }: Props) {
  const { say, language } = useWords();
  const room = useRoom();
  const sending = useWaiting('pin');
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<number | null>(null);
  const { run, step } = place;
  const layers = run.configuration.hidden.length;
  // Another run may have fewer layers.
  const layer = chosen !== null && chosen <= layers + 1 ? chosen : null;
  const add = async (): Promise<void> => {
    const ack = await room.send('pin', { run: run.id, step, layer, text });
    if (!ack.ok) return;
    setText('');
    onAdded?.();
  };
  return (
    <form
      className="note-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') void add();
      }}
    >
      <TextInput
        label={say('notes.new', { label: run.label, step: wholeNumber(step, language) })}
        placeholder={say('notes.example')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maxLength={fixedLimits.pinLength}
        data-testid="note-text"
      />
      <div className="note-row">
        <NativeSelect
          aria-label={say('notes.layer')}
          value={layer === null ? '' : String(layer)}
          onChange={({ currentTarget: { value } }) => setChosen(value === '' ? null : Number(value))}
          data={[
            { value: '', label: say('notes.layer.none') },
            ...Array.from({ length: layers }, (_, index) => ({
              value: String(index + 1),
              label: say('plot.layer', { layer: index + 1 }),
            })),
            { value: String(layers + 1), label: say('notes.layer.output') },
          ]}
          data-testid="note-layer"
        />
        <Button type="submit" loading={sending} disabled={text.trim() === ''} data-testid="note-add">
          {say('notes.add')}
        </Button>
      </div>
    </form>
  );
}
