/** What may be done with a proposal: accepted, rejected with or without a reason, started, withdrawn; each by whom it is for. */
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { AskGuess } from '../guesses/ask-guess.tsx';
import { useWords } from '../i18n/words.ts';
import { useMay, useRoom, useWaiting, useYou } from '../room/context.tsx';
import type { Proposal } from '../../shared/protocol/state.ts';

/** Draws the buttons that the person at this page may press. */
export function ProposalButtons({ proposal }: { readonly proposal: Proposal }) {
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
  if (kind !== 'open' || (!leads && proposal.author !== you.id)) return null;
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
