/** Opening a poll, quickly enough to do it while talking: the question, its kind, one choice a line, a timer. */
import { Button, Modal, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { useRoom, useWaiting } from '../room/context.tsx';
import type { Trouble } from '../room/refusals.ts';
import { TroubleNote } from '../shell/trouble-note.tsx';
import { fixedLimits } from '../../shared/protocol/limits.ts';
import { type PollKind, pollKinds } from '../../shared/protocol/polls.ts';
import { faultOfOptions, optionsOf } from './typed.ts';
import { TimerSelect } from './timer-select.tsx';

/** Draws the form in a dialog. */
export function PollForm({ onClose }: { readonly onClose: () => void }) {
  const { say } = useWords();
  const room = useRoom();
  const phone = useMediaQuery('(max-width: 839px)', window.innerWidth < 840, { getInitialValueInEffect: false });
  const sending = useWaiting('open-poll');
  const [question, setQuestion] = useState('');
  const [kind, setKind] = useState<PollKind>('choice');
  const [lines, setLines] = useState('');
  const [seconds, setSeconds] = useState<number | null>(60);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const chooses = kind === 'choice' || kind === 'choices';
  const options = chooses ? optionsOf(lines) : [];
  const fault = chooses && lines.trim() !== '' ? faultOfOptions(options) : null;
  const ready = question.trim() !== '' && (!chooses || (options.length >= 2 && fault === null));
  const open = async (): Promise<void> => {
    const ack = await room.send('open-poll', { question, kind, options, seconds }, true);
    if (ack.ok) onClose();
    else setTrouble(ack.error);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={say('poll.form.title')}
      fullScreen={phone}
      closeButtonProps={{ 'aria-label': say('app.close') }}
    >
      <form
        className="poll-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void open();
        }}
      >
        <TextInput
          label={say('poll.form.question')}
          value={question}
          onChange={(event) => setQuestion(event.currentTarget.value)}
          maxLength={fixedLimits.pollQuestionLength}
          data-autofocus
          data-testid="poll-question"
        />
        <NativeSelect
          label={say('poll.form.kind')}
          value={kind}
          onChange={({ currentTarget: { value } }) => setKind(pollKinds.find((one) => one === value) ?? 'choice')}
          data={pollKinds.map((value) => ({ value, label: say(`poll.kind.${value}`) }))}
          data-testid="poll-kind"
        />
        {chooses && (
          <Textarea
            label={say('poll.form.options')}
            description={say('poll.form.options.hint')}
            rows={4}
            value={lines}
            onChange={(event) => setLines(event.currentTarget.value)}
            error={fault === null ? null : say(`poll.form.options.${fault}`, { most: fixedLimits.pollOptions })}
            data-testid="poll-options"
          />
        )}
        <TimerSelect seconds={seconds} onSeconds={setSeconds} />
        {trouble !== null && <TroubleNote trouble={trouble} />}
        <div className="dialog-buttons">
          <Button variant="default" onClick={onClose}>
            {say('app.cancel')}
          </Button>
          <Button type="submit" disabled={!ready} loading={sending} data-testid="poll-open">
            {say('poll.form.open')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
