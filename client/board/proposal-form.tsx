/** The form of a proposal: begins with a run, says only what changes, draws the network, and asks why. */
import { Button, Modal, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type SubmitEvent, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { useFacts, useMay, useRoom, useWaiting, useYou } from '../room/context.tsx';
import { TroubleNote } from '../shell/trouble-note.tsx';
import { byTeams } from '../../shared/protocol/board.ts';
import { confoundingChanges } from '../../shared/protocol/changes.ts';
import type { CommandAck } from '../../shared/protocol/wire.ts';
import { changeOf } from '../panels/draft.ts';
import { saidChanges } from './control-note.tsx';
import { DraftSummary } from './draft-summary.tsx';
import { OneFieldSettings } from './one-field-settings.tsx';
import { NetworkDrawing } from '../panels/network-drawing.tsx';
import { ForkSettings, NewRunSettings } from '../panels/proposal-settings.tsx';
import { StartFields } from '../panels/start-fields.tsx';
import { type Start, useDraft } from '../panels/use-draft.ts';
import '../panels/form.css';

const reasonLength = 280;

type Props = {
  /** What it starts from; by default the run on show, anew. */
  readonly start?: Start;
  readonly onClose: () => void;
};

/** Draws the form in a dialog; on a phone it takes the whole screen. */
export function ProposalForm({ start, onClose }: Props) {
  const words = useWords();
  const { say } = words;
  const state = useFacts();
  const you = useYou();
  const team = you.role === 'student' && byTeams(state);
  const phone = useMediaQuery('(max-width: 839px)', window.innerWidth < 840, { getInitialValueInEffect: false });
  const room = useRoom();
  const leads = useMay('fork');
  const draft = useDraft(start ?? { run: room.stage.current()?.run.id ?? null, fork: null });
  const [reason, setReason] = useState('');
  const proposing = useWaiting('propose');
  const forking = useWaiting('fork');
  const unready = Object.keys(draft.edits).length === 0 || draft.problem !== null;
  const atField = draft.problem !== null && draft.problem.path !== '';

  const close = (ack: CommandAck): void => (ack.ok ? onClose() : draft.refuse(ack.error));
  const { fork, base } = draft;
  const propose = async (split: boolean): Promise<void> => {
    const change = changeOf(draft.edits);
    close(await room.send('propose', { base: base.run?.id ?? null, change, fork, reason, split }, true));
  };
  const parts = unready ? [] : confoundingChanges(base.configuration, draft.configuration);
  const forkNow = async (): Promise<void> => {
    if (base.run === null || fork === null) return;
    close(await room.send('fork', { run: base.run.id, step: fork, change: changeOf(draft.edits) }, true));
  };
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void propose(false);
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={fork === null ? say('form.title') : say('form.title.fork', { label: base.run?.label ?? '' })}
      size="xl"
      fullScreen={phone}
      closeButtonProps={{ 'aria-label': say('app.close') }}
      classNames={{ body: 'form-body' }}
    >
      <form className="proposal-form" onSubmit={submit} noValidate>
        <StartFields draft={draft} />
        <NetworkDrawing configuration={draft.configuration} />
        {team ? (
          <OneFieldSettings draft={draft} />
        ) : fork === null ? (
          <NewRunSettings draft={draft} />
        ) : (
          <ForkSettings draft={draft} />
        )}
        <DraftSummary draft={draft} />
        {fork !== null && draft.problem?.path === '' && <p className="several">{say('form.error.fork')}</p>}
        {draft.problem !== null && (!atField || draft.problem.code === 'conflict') && (
          <TroubleNote trouble={{ code: 'invalid', message: draft.problem.message }} />
        )}
        {parts.length > 1 && (
          <p className="split-offer">
            <Button variant="light" loading={proposing} onClick={() => void propose(true)} data-testid="propose-split">
              {say('form.split', { count: parts.length })}
            </Button>
            <span className="soft">{say('form.split.detail', { things: saidChanges(words, parts) })}</span>
          </p>
        )}
        <TextInput
          label={say('form.reason')}
          placeholder={say('form.reason.example')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={reasonLength}
          data-testid="propose-reason"
        />
        <div className="dialog-buttons">
          <Button variant="default" onClick={onClose}>
            {say('app.cancel')}
          </Button>
          <Button
            type="submit"
            variant={fork !== null && leads ? 'light' : 'filled'}
            disabled={unready}
            loading={proposing}
            data-testid="propose-submit"
          >
            {say(parts.length > 1 ? 'form.submit.together' : 'form.submit')}
          </Button>
          {fork !== null && leads && (
            <Button disabled={unready} loading={forking} onClick={() => void forkNow()} data-testid="fork-now">
              {say('form.fork-now')}
            </Button>
          )}
        </div>
      </form>
    </Modal>
  );
}
