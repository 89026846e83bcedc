/** The timeline of the run on show: one scrubber for all plots, what is marked on its track, and what can be done at the step on show. */
import { useDisclosure, useElementSize } from '@mantine/hooks';
import { lazy, Suspense, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { useFacts, useMay, useRoom } from '../room/context.tsx';
import type { RoomRun } from '../../shared/protocol/state.ts';
import { Icon } from '../shell/icons.tsx';
import type { Start } from '../panels/use-draft.ts';
import { NotesDrawer } from './notes.tsx';
import { Scrubber } from './scrubber.tsx';
import { TrackMarks } from './track-marks.tsx';
import './timeline.css';

const ProposalForm = lazy(() =>
  import('../board/proposal-form.tsx').then(({ ProposalForm: form }) => ({ default: form })),
);

/** Draws the timeline. */
export function Timeline({ run }: { readonly run: RoomRun }) {
  const { say } = useWords();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [listing, { open, close }] = useDisclosure(false);
  const count = Object.keys(useFacts().pins).length;
  return (
    <section className="timeline" aria-label={say('time.label')}>
      <button type="button" className="plain-button timeline-tool" onClick={open} data-testid="notes-open">
        <Icon name="note" />
        <span className="timeline-word">{say('notes.title')}</span>
        <span className="number">{count}</span>
      </button>
      <div className="timeline-track" ref={ref}>
        <TrackMarks run={run} width={width} onSeveral={open} />
        <Scrubber key={run.id} run={run} />
      </div>
      <ForkButton />
      <NotesDrawer opened={listing} onClose={close} />
    </section>
  );
}

/** Opens the form for a run that goes on from the step on show. */
function ForkButton() {
  const { say } = useWords();
  const { stage } = useRoom();
  const may = useMay('propose');
  const [start, setStart] = useState<Start | null>(null);
  if (!may) return null;
  const open = (): void => {
    const shown = stage.current();
    if (shown !== null) setStart({ run: shown.run.id, fork: shown.step });
  };
  return (
    <>
      <button
        type="button"
        className="plain-button timeline-tool"
        onClick={open}
        title={say('time.fork.detail')}
        aria-label={say('time.fork')}
        data-testid="fork-here"
      >
        <Icon name="fork" />
        <span className="timeline-word">{say('time.fork')}</span>
      </button>
      {start !== null && (
        <Suspense fallback={null}>
          <ProposalForm start={start} onClose={() => setStart(null)} />
        </Suspense>
      )}
    </>
  );
}
