/** A note at a step of a run, and at one of its layers: where it goes is said before it is sent. */
import { Button, TextInput } from '@mantine/core';
import { useState, useSyncExternalStore } from 'react';
import { wholeNumber } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { useMay, useRoom, useShown, useWaiting } from '../../room/context.tsx';
import { usePlotLink } from '../../view/context.tsx';
import type { Cursor } from '../../view/link.ts';
import type { RunId } from '../../../shared/protocol/state.ts';

export type PinPlace = {
  readonly run: RunId;
  readonly label: string;
  readonly step: number;
  readonly layer: number | null;
};

type Props = {
  readonly plot: string;
  readonly placeOf: (cursor: Cursor | null) => PinPlace | null;
  readonly onDone: () => void;
};

const samePlace = (one: PinPlace | null, other: PinPlace | null): boolean =>
  one?.run === other?.run && one?.step === other?.step && one?.layer === other?.layer;

const refreshEvery = 250;
const longest = 280;

/** Draws the form; a note goes where the cursor of this plot stands, or else to the step on show. */
export function PinForm({ plot, placeOf, onDone }: Props) {
  const { say, language } = useWords();
  const room = useRoom();
  const may = useMay('pin');
  const sending = useWaiting('pin');
  const link = usePlotLink();
  const cursor = useSyncExternalStore(link.subscribe, link.cursor);
  useShown(refreshEvery);
  const [text, setText] = useState('');
  const own = cursor?.plot === plot ? cursor : null;
  const here = placeOf(own);
  const [begun, setBegun] = useState(here);
  // What is being written about a run stays with it where the class goes to another one.
  const stays = text.trim() !== '' && own === null && begun !== null && here?.run !== begun.run;
  const place = stays ? begun : here;
  if (!samePlace(place, begun)) setBegun(place);
  if (!may || place === null) return <p className="soft">{say(may ? 'pin.nowhere' : 'error.forbidden')}</p>;
  const { run, label, step, layer } = place;
  const where = { label, step: wholeNumber(step, language), layer: layer ?? '' };
  return (
    <form
      className="pin-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === '') return;
        void room.send('pin', { run, step, layer, text }).then((ack) => {
          if (ack.ok) onDone();
        });
      }}
    >
      <TextInput
        label={say(layer === null ? 'pin.at' : 'pin.at.layer', where)}
        placeholder={say('pin.example')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maxLength={longest}
        data-testid={`${plot}-pin-text`}
      />
      <Button type="submit" loading={sending} disabled={text.trim() === ''} data-testid={`${plot}-pin-send`}>
        {say('pin.send')}
      </Button>
      <Button variant="subtle" onClick={onDone}>
        {say('app.cancel')}
      </Button>
    </form>
  );
}
