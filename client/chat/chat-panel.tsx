/** The chat of the room, where its host has opened it: what is said, a line to say something, and for who leads the door of it. */
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Chat, type ChatMessage, maySayAt, noChat } from '../../shared/protocol/chat.ts';
import { fixedLimits } from '../../shared/protocol/limits.ts';
import { useWords } from '../i18n/words.ts';
import { useShownName } from '../people/shown-name.ts';
import { Toggle } from '../plots/card/toggle.tsx';
import { useSecondsLeft } from '../polls/time-left.tsx';
import { useFacts, useMay, useRoom, useWaiting, useYou } from '../room/context.tsx';
import './chat.css';

/** So many of the newest messages are in the list at once. */
const mostShown = 100;

/** Draws the panel; nothing for students before the chat is opened for the first time. */
export function ChatPanel() {
  const { say } = useWords();
  const { chat = noChat } = useFacts();
  const leads = useMay('chat');
  const may = useMay('say');
  if (!leads && !chat.open && chat.messages.length === 0) return null;
  const shown = chat.messages.filter(({ hidden }) => leads || !hidden).slice(-mostShown);
  return (
    <section className="panel chat" aria-labelledby="chat-title" data-testid="chat">
      <div className="panel-head">
        <h2 id="chat-title">{say('chat.title')}</h2>
      </div>
      {leads && <Rules chat={chat} />}
      {shown.length > 0 && (
        <ol className="chat-messages" aria-label={say('chat.title')}>
          {shown.map((message) => (
            <Message key={message.id} message={message} leads={leads} />
          ))}
        </ol>
      )}
      {may && chat.open && <SayForm chat={chat} />}
      {!chat.open && chat.messages.length > 0 && !leads && <p className="soft">{say('chat.closed')}</p>}
    </section>
  );
}

function Message({ message, leads }: { readonly message: ChatMessage; readonly leads: boolean }) {
  const { say } = useWords();
  const room = useRoom();
  const you = useYou();
  const nameOf = useShownName();
  const { id, author, text, hidden } = message;
  return (
    <li className={hidden ? 'chat-message hidden' : 'chat-message'} data-testid={id}>
      <span className="soft">{author === you.id ? say('people.you') : nameOf(author)}</span>
      <p>{text}</p>
      {leads && (
        <button
          type="button"
          className="plain-button small"
          onClick={() => void room.send('hide-message', { message: id, hidden: !hidden })}
          data-testid={`hide-${id}`}
        >
          {say(hidden ? 'comments.show' : 'comments.hide')}
        </button>
      )}
    </li>
  );
}

function SayForm({ chat }: { readonly chat: Chat }) {
  const { say } = useWords();
  const room = useRoom();
  const you = useYou();
  const leads = useMay('chat');
  const sending = useWaiting('say');
  const [text, setText] = useState('');
  const again = leads ? 0 : maySayAt(chat, you.id);
  const wait = useSecondsLeft(again === 0 ? null : again) ?? 0;
  const send = async (): Promise<void> => {
    const ack = await room.send('say', { text });
    if (ack.ok) setText('');
  };
  return (
    <form
      className="ask-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '' && wait === 0) void send();
      }}
    >
      <TextInput
        label={say('chat.say')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maxLength={fixedLimits.messageLength}
        autoComplete="off"
        data-testid="chat-text"
      />
      <div className="question-buttons">
        <Button type="submit" loading={sending} disabled={text.trim() === '' || wait > 0} data-testid="chat-send">
          {say('chat.send')}
        </Button>
        {wait > 0 && <span className="soft number">{say('question.wait', { count: wait })}</span>}
      </div>
    </form>
  );
}

const slowTimes = [0, 10, 30, 60] as const;

/** Whether the chat and the signs are open, and how fast people may say something. */
function Rules({ chat }: { readonly chat: Chat }) {
  const { say } = useWords();
  const room = useRoom();
  const { reactions = false } = useFacts().settings;
  return (
    <div className="chat-rules">
      <Toggle
        text={say('chat.open')}
        pressed={chat.open}
        hook="chat-open"
        onPress={() => void room.send('chat', { open: !chat.open })}
      />
      <Toggle
        text={say('react.open')}
        pressed={reactions}
        hook="react-open"
        onPress={() => void room.send('settings', { reactions: !reactions })}
      />
      {chat.open && (
        <NativeSelect
          label={say('chat.slow')}
          value={chat.slow}
          onChange={({ currentTarget: { value } }) => void room.send('chat', { slow: Number(value) })}
          data={slowTimes.map((time) => ({
            value: String(time),
            label: time === 0 ? say('question.slow.off') : say('question.slow.seconds', { count: time }),
          }))}
          data-testid="chat-slow"
        />
      )}
    </div>
  );
}
