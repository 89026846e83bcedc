/** The form of a proposal: begins with a run, says only what changes, draws the network, and asks why. */
import { Button, Modal, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type SubmitEvent, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { useMay, useRoom, useWaiting } from '../room/context.tsx';
import { TroubleNote } from '../shell/trouble-note.tsx';
import type { CommandAck } from '../../shared/protocol/wire.ts';
import { changeOf } from './draft.ts';
import { DraftSummary } from './draft-summary.tsx';
import { NetworkDrawing } from './network-drawing.tsx';
import { ForkSettings, NewRunSettings } from './proposal-settings.tsx';
import { StartFields } from './start-fields.tsx';
import { type Start, useDraft } from './use-draft.ts';
import './form.css';

const reasonLength = 280;

type Props = {
  /** What it starts from; by default the run on show, anew. */
  readonly start?: Start;
  readonly onClose: () => void;
};

/** Draws the form in a dialog; on a phone it takes the whole screen. */
export function ProposalForm({ start, onClose }: Props) {
  const { say } = useWords();
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
  const propose = async (): Promise<void> => {
    const change = changeOf(draft.edits);
    close(await room.send('propose', { base: base.run?.id ?? null, change, fork, reason }, true));
  };
  const forkNow = async (): Promise<void> => {
    if (base.run === null || fork === null) return;
    close(await room.send('fork', { run: base.run.id, step: fork, change: changeOf(draft.edits) }, true));
  };
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void propose();
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
        {fork === null ? <NewRunSettings draft={draft} /> : <ForkSettings draft={draft} />}
        <DraftSummary draft={draft} />
        {fork !== null && draft.problem?.path === '' && <p className="several">{say('form.error.fork')}</p>}
        {draft.problem !== null && (!atField || draft.problem.code === 'conflict') && (
          <TroubleNote trouble={{ code: 'invalid', message: draft.problem.message }} />
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
            {say('form.submit')}
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
