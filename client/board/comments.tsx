/** What people say of a proposal: behind a line that counts them, with a field to add one; a host hides and shows again. */
import { Button, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { useShownName } from '../people/shown-name.ts';
import { useMay, useRoom, useWaiting } from '../room/context.tsx';
import type { Comment } from '../../shared/protocol/board.ts';
import { fixedLimits } from '../../shared/protocol/limits.ts';
import type { Proposal } from '../../shared/protocol/state.ts';

/** Draws the comments; whoever does not lead sees nothing of hidden ones. */
export function Comments({ proposal }: { readonly proposal: Proposal }) {
  const { say } = useWords();
  const leads = useMay('hide-comment');
  const may = useMay('comment');
  const shown = proposal.comments.filter(({ hidden }) => leads || !hidden);
  if (shown.length === 0 && !may) return null;
  return (
    <details className="comments" data-testid={`comments-${proposal.id}`}>
      <summary>{shown.length === 0 ? say('comments.none') : say('comments.count', { count: shown.length })}</summary>
      {shown.length > 0 && (
        <ul>
          {shown.map((comment) => (
            <li key={comment.id} className={comment.hidden ? 'comment hidden' : 'comment'}>
              <CommentLine proposal={proposal} comment={comment} leads={leads} />
            </li>
          ))}
        </ul>
      )}
      {may && <CommentForm proposal={proposal} />}
    </details>
  );
}

type LineProps = { readonly proposal: Proposal; readonly comment: Comment; readonly leads: boolean };

function CommentLine({ proposal, comment, leads }: LineProps) {
  const { say } = useWords();
  const room = useRoom();
  const nameOf = useShownName();
  const { id, author, text, hidden } = comment;
  return (
    <>
      <span className="soft">{nameOf(author)}</span> <span className="comment-text">{text}</span>
      {hidden && <span className="soft"> · {say('comments.hidden')}</span>}
      {leads && (
        <button
          type="button"
          className="plain-button small"
          onClick={() => void room.send('hide-comment', { proposal: proposal.id, comment: id, hidden: !hidden })}
          data-testid={`hide-${id}`}
        >
          {say(hidden ? 'comments.show' : 'comments.hide')}
        </button>
      )}
    </>
  );
}

function CommentForm({ proposal }: { readonly proposal: Proposal }) {
  const { say } = useWords();
  const room = useRoom();
  const [text, setText] = useState('');
  const sending = useWaiting('comment', proposal.id);
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (text.trim() === '') return;
    const ack = await room.send('comment', { proposal: proposal.id, text });
    if (ack.ok) setText('');
  };
  return (
    <form className="comment-form" onSubmit={(event) => void submit(event)}>
      <TextInput
        aria-label={say('comments.yours')}
        placeholder={say('comments.yours')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maxLength={fixedLimits.commentLength}
        autoComplete="off"
        data-testid={`comment-text-${proposal.id}`}
      />
      <Button type="submit" size="sm" variant="light" loading={sending} disabled={text.trim() === ''}>
        {say('comments.send')}
      </Button>
    </form>
  );
}
