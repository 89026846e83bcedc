/** What may be done with a person, unfolded below the name: no floating menu, so that it works on phones and among five hundred. */
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Person } from '../../shared/protocol/state.ts';
import { isolated } from '../i18n/isolated.ts';
import { type TextKey, useWords } from '../i18n/words.ts';
import { useRoom, useYou } from '../room/context.tsx';
import type { Refusal } from '../room/refusals.ts';
import { TroubleNote } from '../shell/trouble-note.tsx';
import { type Deed, deedsOn } from './listing.ts';

type Props = {
  readonly person: Person;
  readonly handIsUp: boolean;
  readonly onDone: () => void;
  readonly onMerge: () => void;
};

const words: Readonly<Record<Deed, TextKey>> = {
  'lower-hand': 'people.lower',
  rename: 'people.rename',
  grant: 'people.grant',
  revoke: 'people.revoke',
  merge: 'people.merge',
  remove: 'people.remove',
  ban: 'people.ban',
};

/** Draws the buttons, and for what cannot be taken back lightly one more question. */
export function PersonDeeds({ person, handIsUp, onDone, onMerge }: Props) {
  const { say } = useWords();
  const room = useRoom();
  const you = useYou();
  const [asking, setAsking] = useState<'rename' | 'remove' | 'ban' | null>(null);
  const about = { person: person.id };
  const name = isolated(person.name);
  const act = (deed: Deed): void => {
    if (deed === 'merge') return onMerge();
    if (deed === 'rename' || deed === 'remove' || deed === 'ban') return setAsking(deed);
    void room.send(deed, about);
    onDone();
  };
  if (asking === 'rename') return <Rename person={person} onDone={onDone} />;
  if (asking !== null) {
    return (
      <div className="deeds" role="group" aria-label={say(words[asking])}>
        <p>{say(asking === 'ban' ? 'people.ban.ask' : 'people.remove.ask', { name })}</p>
        <Button
          size="compact-md"
          autoFocus
          onClick={() => {
            void room.send(asking, about);
            onDone();
          }}
          data-testid={`${asking}-confirm`}
        >
          {say(words[asking])}
        </Button>
        <button type="button" className="plain-button outlined" onClick={() => setAsking(null)}>
          {say('app.cancel')}
        </button>
      </div>
    );
  }
  return (
    <div className="deeds" role="group" aria-label={say('people.menu', { name })}>
      {deedsOn(person, you, handIsUp).map((deed) => (
        <button
          key={deed}
          type="button"
          className="plain-button outlined"
          onClick={() => act(deed)}
          data-testid={`deed-${deed}`}
        >
          {say(deed === 'rename' && person.id === you.id ? 'people.rename.you' : words[deed])}
        </button>
      ))}
    </div>
  );
}

function Rename({ person, onDone }: Pick<Props, 'person' | 'onDone'>) {
  const { say } = useWords();
  const room = useRoom();
  const [name, setName] = useState(person.name);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const rename = async (to: string): Promise<void> => {
    const ack = await room.send('rename', { person: person.id, name: to }, true);
    if (ack.ok) onDone();
    else setRefusal(ack.error);
  };
  return (
    <form
      className="deeds"
      onSubmit={(event) => {
        event.preventDefault();
        void rename(name);
      }}
    >
      {refusal !== null && <TroubleNote trouble={refusal} />}
      <TextInput
        aria-label={say('people.rename.to', { name: isolated(person.name) })}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={60}
        dir="auto"
        autoFocus
        data-testid="rename-input"
      />
      <Button type="submit" size="compact-md" data-testid="rename-submit">
        {say('people.rename.done')}
      </Button>
      {refusal?.suggestion !== undefined && (
        <button
          type="button"
          className="plain-button outlined"
          onClick={() => void rename(refusal.suggestion ?? '')}
          data-testid="rename-suggestion"
        >
          {refusal.suggestion}
        </button>
      )}
      <button type="button" className="plain-button outlined" onClick={onDone}>
        {say('app.cancel')}
      </button>
    </form>
  );
}
