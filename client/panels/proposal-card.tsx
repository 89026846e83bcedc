/** One proposal: what would change and nothing else, who proposes it and why, how it stands, what one may do with it. */
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { AskGuess } from '../guesses/ask-guess.tsx';
import { wholeNumber } from '../i18n/numbers.ts';
import { type Say, useWords } from '../i18n/words.ts';
import { useShownName } from '../people/shown-name.ts';
import { useFacts, useMay, useRoom, useWaiting, useYou } from '../room/context.tsx';
import { useSeconds } from '../room/speed.ts';
import type { Proposal, RoomRun } from '../../shared/protocol/state.ts';
import { saidDifferences, saidTime } from './difference.ts';
import { shareLeft } from './draft.ts';
import { baseOf, nameOfBase } from './lineage.ts';

type Props = { readonly proposal: Proposal; readonly started?: RoomRun | undefined };

/** Draws the proposal. */
export function ProposalCard({ proposal, started }: Props) {
  const words = useWords();
  const { say, language } = words;
  const state = useFacts();
  const you = useYou();
  const base = baseOf(state, proposal.base);
  const seconds = useSeconds(proposal.configuration);
  const left = shareLeft(proposal.configuration, proposal.fork);
  const author = useShownName()(proposal.author);
  return (
    <article className="proposal" data-testid={`proposal-${proposal.id}`} data-standing={proposal.standing.kind}>
      <ul className="changes">
        {saidDifferences(words, base.configuration, proposal.configuration).map(({ path, field, from, to }) => (
          <li key={path}>
            <span className="change-field">{field}</span> <span className="change-from">{from}</span>
            <span aria-hidden="true"> → </span>
            <strong>{to}</strong>
          </li>
        ))}
      </ul>
      {proposal.fork !== null && base.run !== null && (
        <p className="proposal-fork" data-testid="proposal-fork">
          {say('board.fork', { step: wholeNumber(proposal.fork, language), label: base.run.label })}
        </p>
      )}
      <p className="soft">
        {say('board.rest', { base: nameOfBase(say, base) })}
        {seconds !== null && (
          <span data-testid="proposal-time"> · {say('board.time', { time: saidTime(words, seconds * left) })}</span>
        )}
      </p>
      {proposal.reason !== '' && <blockquote>{proposal.reason}</blockquote>}
      <p className="proposal-foot">
        <span className="soft">
          {proposal.author === you.id ? say('board.by.you') : say('board.by', { name: author })}
        </span>
        <span className={`standing ${proposal.standing.kind}`}>{saidStanding(say, proposal, started)}</span>
      </p>
      {started === undefined && <ProposalButtons proposal={proposal} />}
    </article>
  );
}

function saidStanding(say: Say, { standing }: Proposal, started: RoomRun | undefined): string {
  if (started !== undefined) return say('board.standing.started', { label: started.label });
  if (standing.kind === 'rejected' && standing.reason !== '') {
    return say('board.standing.rejected.why', { reason: standing.reason });
  }
  return say(`board.standing.${standing.kind}`);
}

function ProposalButtons({ proposal }: { readonly proposal: Proposal }) {
  const { say } = useWords();
  const room = useRoom();
  const you = useYou();
  const leads = useMay('accept');
  const [rejecting, setRejecting] = useState(false);
  const [reason, setReason] = useState('');
  const about = { proposal: proposal.id };
  const accepting = useWaiting('accept', proposal.id);
  const refusing = useWaiting('reject', proposal.id);
  const starting = useWaiting('start', proposal.id);
  const withdrawing = useWaiting('withdraw', proposal.id);
  const { kind } = proposal.standing;

  if (kind === 'accepted' && leads) {
    return (
      <div className="proposal-buttons">
        <Button
          size="sm"
          loading={starting}
          onClick={() => void room.send('start', about)}
          data-testid="proposal-start"
        >
          {say('board.start')}
        </Button>
        <AskGuess what={about} hidden={proposal.configuration.hidden.length} />
      </div>
    );
  }
  if (kind !== 'open') return null;
  if (rejecting) {
    return (
      <form
        className="proposal-reject"
        onSubmit={(event) => {
          event.preventDefault();
          void room.send('reject', { ...about, reason });
        }}
      >
        <TextInput
          label={say('board.reject.why')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={280}
          autoFocus
        />
        <div className="proposal-buttons">
          <Button
            type="submit"
            size="sm"
            color="red"
            variant="light"
            loading={refusing}
            data-testid="proposal-reject-confirm"
          >
            {say('board.reject')}
          </Button>
          <Button size="sm" variant="subtle" onClick={() => setRejecting(false)}>
            {say('app.cancel')}
          </Button>
        </div>
      </form>
    );
  }
  return (
    <div className="proposal-buttons">
      {leads && (
        <>
          <Button
            size="sm"
            loading={accepting}
            onClick={() => void room.send('accept', about)}
            data-testid="proposal-accept"
          >
            {say('board.accept')}
          </Button>
          <Button
            size="sm"
            variant="default"
            loading={refusing}
            onClick={() => void room.send('reject', about)}
            data-testid="proposal-reject"
          >
            {say('board.reject')}
          </Button>
          <Button size="sm" variant="subtle" onClick={() => setRejecting(true)} data-testid="proposal-reject-why">
            {say('board.reject.because')}
          </Button>
        </>
      )}
      {proposal.author === you.id && (
        <Button
          size="sm"
          variant="subtle"
          loading={withdrawing}
          onClick={() => void room.send('withdraw', about)}
          data-testid="proposal-withdraw"
        >
          {say('board.withdraw')}
        </Button>
      )}
    </div>
  );
}
