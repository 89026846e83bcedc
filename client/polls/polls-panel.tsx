/** Polls of the room: the newest one in full, earlier ones folded away; whoever leads asks the next one here. */
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { useWords } from '../i18n/words.ts';
import { useMay, useRoom } from '../room/context.tsx';
import { Icon } from '../shell/icons.tsx';
import { PollCard } from './poll-card.tsx';
import { PreparedPolls } from './prepared-polls.tsx';
import { usePolls } from './use-polls.ts';
import './polls.css';

const PollForm = lazy(() => import('./poll-form.tsx').then(({ PollForm: form }) => ({ default: form })));

/** Draws the panel; nothing for students before the first poll. */
export function PollsPanel() {
  const { say } = useWords();
  const { alone } = useRoom();
  const may = useMay('open-poll') && !alone;
  const [opened, { open, close }] = useDisclosure(false);
  const [newest, ...others] = usePolls();
  const earlier = others.filter(({ standing }) => may || standing.kind === 'revealed');
  if (newest === undefined && !may) return null;
  return (
    <section className="panel" aria-labelledby="polls-title">
      <div className="panel-head">
        <h2 id="polls-title">{say('poll.title')}</h2>
        {may && (
          <Button
            size="sm"
            variant="light"
            leftSection={<Icon name="plus" size={16} />}
            onClick={open}
            disabled={newest?.standing.kind === 'open'}
            data-testid="poll-new"
          >
            {say('poll.new')}
          </Button>
        )}
      </div>
      {newest === undefined ? <p className="soft">{say('poll.none')}</p> : <PollCard poll={newest} />}
      {may && <PreparedPolls busy={newest?.standing.kind === 'open'} />}
      {earlier.length > 0 && (
        <details className="settled">
          <summary>{say('poll.earlier', { count: earlier.length })}</summary>
          <div className="poll-list">
            {earlier.map((poll) => (
              <PollCard key={poll.id} poll={poll} />
            ))}
          </div>
        </details>
      )}
      {opened && (
        <Suspense fallback={null}>
          <PollForm onClose={close} />
        </Suspense>
      )}
    </section>
  );
}
