/** Polls that the room brought along from one of before, each to be asked with one press. */
import { useWords } from '../i18n/words.ts';
import { useFacts, useRoom, useWaiting } from '../room/context.tsx';

/** Draws those that have not been asked here yet, for whoever leads. */
export function PreparedPolls({ busy }: { readonly busy: boolean }) {
  const { say } = useWords();
  const room = useRoom();
  const { polls, prepared } = useFacts();
  const opening = useWaiting('open-poll');
  const asked = new Set(Object.values(polls).map(({ question }) => question));
  const left = (prepared?.polls ?? []).filter(({ question }) => !asked.has(question));
  if (left.length === 0) return null;
  return (
    <details className="settled" data-testid="prepared-polls">
      <summary>{say('poll.prepared', { count: left.length })}</summary>
      <ul className="prepared-polls">
        {left.map((poll) => (
          <li key={poll.question}>
            <span>{poll.question}</span>
            <button
              type="button"
              className="plain-button outlined"
              disabled={busy || opening}
              aria-label={say('poll.prepared.ask.name', { question: poll.question })}
              onClick={() => void room.send('open-poll', { ...poll, options: [...poll.options] })}
            >
              {say('poll.prepared.ask')}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
