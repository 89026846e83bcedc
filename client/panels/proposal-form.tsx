/** The form of a proposal: begins with a run, says only what changes, draws the network, and asks why. */
import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type SubmitEvent, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { useFacts, useRoom, useWaiting } from '../room/context.tsx';
import { TroubleNote } from '../shell/trouble-note.tsx';
import { DepthStepper } from './depth-stepper.tsx';
import { sharedWidth } from './difference.ts';
import { activations, changeOf, pairs, schemes, typedValue, usualRates } from './draft.ts';
import { DraftSummary } from './draft-summary.tsx';
import { ChosenField, SuggestedField, TypedField } from './form-field.tsx';
import { NetworkDrawing } from './network-drawing.tsx';
import { type Draft, useDraft } from './use-draft.ts';
import './form.css';

const reasonLength = 280;

/** Draws the form in a dialog; on a phone it takes the whole screen. */
export function ProposalForm({ onClose }: { readonly onClose: () => void }) {
  const { say } = useWords();
  const phone = useMediaQuery('(max-width: 839px)', window.innerWidth < 840, { getInitialValueInEffect: false });
  const room = useRoom();
  const { runs } = useFacts();
  const draft = useDraft(room.stage.current()?.run.id ?? null);
  const [reason, setReason] = useState('');
  const sending = useWaiting('propose');
  const nothing = Object.keys(draft.edits).length === 0;
  const atField = draft.problem !== null && draft.problem.path !== '';

  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const base = draft.base.run?.id ?? null;
    const ack = await room.send('propose', { base, change: changeOf(draft.edits), reason }, true);
    if (ack.ok) onClose();
    else draft.refuse(ack.error);
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={say('form.title')}
      size="xl"
      fullScreen={phone}
      closeButtonProps={{ 'aria-label': say('app.close') }}
      classNames={{ body: 'form-body' }}
    >
      <form className="proposal-form" onSubmit={(event) => void submit(event)} noValidate>
        <NativeSelect
          label={say('form.base')}
          value={draft.base.run?.id ?? ''}
          onChange={(event) => draft.startFrom(event.currentTarget.value === '' ? null : event.currentTarget.value)}
          data={[
            { value: '', label: say('form.base.room') },
            ...Object.values(runs).map((run) => ({ value: run.id, label: say('form.base.run', { label: run.label }) })),
          ]}
          data-testid="propose-base"
        />
        <NetworkDrawing configuration={draft.configuration} />
        <Settings draft={draft} />
        <DraftSummary draft={draft} />
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
            disabled={nothing || draft.problem !== null}
            loading={sending}
            data-testid="propose-submit"
          >
            {say('form.submit')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function Settings({ draft }: { readonly draft: Draft }) {
  const { say } = useWords();
  const { configuration, base } = draft;
  const written = draft.edits['hidden'];
  const hidden = typeof written === 'object' ? written : configuration.hidden;
  const width = hidden.every((one) => one === hidden[0]) ? String(hidden[0] ?? '') : '';
  const widthBefore = sharedWidth(base.configuration.hidden);
  const widthNow = sharedWidth(configuration.hidden);
  const same = base.configuration;
  return (
    <>
      <div className="form-grid">
        <DepthStepper hidden={hidden} onChange={(next) => draft.edit('hidden', next)} />
        <TypedField
          label={say('form.width')}
          value={width}
          was={widthBefore === widthNow ? null : String(widthBefore ?? same.hidden.join('·'))}
          error={draft.errorOf('hidden')}
          onChange={(text) =>
            draft.edit(
              'hidden',
              hidden.map(() => typedValue(text)),
            )
          }
          onUndo={() =>
            draft.edit(
              'hidden',
              hidden.map(() => widthBefore ?? same.hidden[0] ?? 1),
            )
          }
          testId="propose-width"
          {...(width === '' ? { hint: say('form.width.mixed', { widths: hidden.join('·') }) } : {})}
        />
        <ChosenField
          {...draft.field('activation', 'propose-activation')}
          label={say('form.activation')}
          choices={activations.map((value) => ({ value, label: say(`activation.${value}`) }))}
        />
        <ChosenField
          {...draft.field('initialization.scheme', 'propose-scheme')}
          label={say('form.scheme')}
          choices={schemes.map((value) => ({ value, label: say(`scheme.${value}`) }))}
        />
        <SuggestedField
          {...draft.field('optimizer.learningRate', 'propose-rate')}
          label={say('form.rate')}
          suggestions={usualRates.map(plain)}
        />
        <TypedField {...draft.field('seed', 'propose-seed')} label={say('form.seed')} hint={say('form.seed.hint')} />
      </div>
      <details className="form-more">
        <summary>{say('form.more')}</summary>
        <div className="form-grid">
          <PairField draft={draft} />
          <TypedField {...draft.field('initialization.gain', 'propose-gain')} label={say('form.gain')} />
          <TypedField {...draft.field('initialization.biasStd', 'propose-bias')} label={say('form.bias')} />
          <TypedField {...draft.field('regularization.l2', 'propose-l2')} label={say('form.l2')} />
          <SuggestedField
            {...draft.field('batchSize', 'propose-batch')}
            label={say('form.batch')}
            suggestions={['1', '10', '100', say('form.batch.full')]}
          />
          <TypedField {...draft.field('epochs', 'propose-epochs')} label={say('form.epochs')} />
          {same.dataset.name !== 'parity' && (
            <TypedField {...draft.field('dataset.train', 'propose-train')} label={say('form.train')} />
          )}
        </div>
      </details>
    </>
  );
}

/** Output and cost belong together, so they are chosen together. */
function PairField({ draft }: { readonly draft: Draft }) {
  const { say } = useWords();
  const { configuration, base } = draft;
  const named = ({ output, cost }: typeof configuration): string => `${output} ${cost}`;
  const labelOf = ({ output, cost }: Pick<typeof configuration, 'output' | 'cost'>): string =>
    say('output.pair', { output: say(`output.${output}`), cost: say(`cost.${cost}`) });
  const choose = (value: string): void => {
    const [output = '', cost = ''] = value.split(' ');
    draft.edit('output', output);
    draft.edit('cost', cost);
  };
  return (
    <ChosenField
      label={say('form.output')}
      value={named(configuration)}
      was={named(configuration) === named(base.configuration) ? null : labelOf(base.configuration)}
      error={draft.errorOf('cost') ?? draft.errorOf('output')}
      onChange={choose}
      onUndo={() => choose(named(base.configuration))}
      testId="propose-output"
      choices={pairs.map(([output, cost]) => ({
        value: `${output} ${cost}`,
        label: labelOf({ output, cost }),
      }))}
    />
  );
}

/** A rate as it is typed: without an exponent, so that the field shows what a person would write. */
const plain = (rate: number): string => rate.toFixed(5).replace(/\.?0+$/, '');
