/** The settings of the proposal's form: those that most proposals are about first, the others behind a disclosure. */
import { useWords } from '../i18n/words.ts';
import { DepthStepper } from './depth-stepper.tsx';
import { activations, dataSets, optimizers, pairs, schemes, usualRates, valueAt } from './draft.ts';
import { ChosenField, SuggestedField, TypedField } from './form-field.tsx';
import type { Draft } from './use-draft.ts';

type Props = { readonly draft: Draft };

/** Draws the fields of a run that begins anew. */
export function NewRunSettings({ draft }: Props) {
  const { say } = useWords();
  return (
    <>
      <div className="form-grid">
        <LayerFields draft={draft} />
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
        <RateField draft={draft} />
        <TypedField {...draft.field('seed', 'propose-seed')} label={say('form.seed')} hint={say('form.seed.hint')} />
      </div>
      <details className="form-more">
        <summary>{say('form.more')}</summary>
        <div className="form-grid">
          <PairField draft={draft} />
          <TypedField {...draft.field('initialization.gain', 'propose-gain')} label={say('form.gain')} />
          <TypedField {...draft.field('initialization.biasStd', 'propose-bias')} label={say('form.bias')} />
          <TrainingFields draft={draft} />
          <SuggestedField
            {...draft.field('batchSize', 'propose-batch')}
            label={say('form.batch')}
            suggestions={['1', '10', '100', say('form.batch.full')]}
          />
          <DataFields draft={draft} />
        </div>
      </details>
    </>
  );
}

/** Which data, how many of them, and what is to be answered to them. Other data begin with their own defaults. */
function DataFields({ draft }: Props) {
  const { say } = useWords();
  const name = draft.valueOf('dataset.name');
  const choose = (value: string): void =>
    draft.editAll({
      'dataset.train': undefined,
      'dataset.targets': undefined,
      'dataset.bits': value === 'parity' && draft.base.configuration.dataset.name !== 'parity' ? 4 : undefined,
      'dataset.name': value,
    });
  const answer = (value: string): void => {
    // Softmax cannot answer with a picture.
    const makesWay = value === 'inputs' && draft.valueOf('output') === 'softmax';
    draft.editAll({ 'dataset.targets': value, ...(makesWay ? { output: 'sigmoid' } : {}) });
  };
  return (
    <>
      <ChosenField
        {...draft.field('dataset.name', 'propose-data')}
        onChange={choose}
        onUndo={() => choose(draft.base.configuration.dataset.name)}
        label={say('form.data')}
        choices={dataSets.map((value) => ({ value, label: say(`data.${value}`) }))}
      />
      {name === 'parity' ? (
        <TypedField {...draft.field('dataset.bits', 'propose-bits')} label={say('form.bits')} />
      ) : (
        <TypedField {...draft.field('dataset.train', 'propose-train')} label={say('form.train')} />
      )}
      {(name === 'mnist' || name === 'shapeset') && (
        <ChosenField
          {...draft.field('dataset.targets', 'propose-targets')}
          onChange={answer}
          label={say('form.targets')}
          choices={targets.map((value) => ({ value, label: say(`targets.${value}`) }))}
        />
      )}
    </>
  );
}

const targets = ['classes', 'inputs'] as const;

/** Draws the fields that a fork may change. */
export function ForkSettings({ draft }: Props) {
  return (
    <div className="form-grid">
      <RateField draft={draft} />
      <TrainingFields draft={draft} />
    </div>
  );
}

/** How many hidden layers, and how wide: all alike, or each its own. */
function LayerFields({ draft }: Props) {
  const { say } = useWords();
  const hidden = draft.valueOf('hidden');
  const widths = typeof hidden === 'object' && hidden !== null ? hidden : draft.configuration.hidden;
  return (
    <>
      <DepthStepper hidden={widths} onChange={(next) => draft.edit('hidden', next)} />
      <TypedField
        {...draft.field('hidden', 'propose-width')}
        label={say('form.widths')}
        hint={say('form.widths.hint')}
        inputMode="text"
      />
    </>
  );
}

function RateField({ draft }: Props) {
  const { say } = useWords();
  return (
    <SuggestedField
      {...draft.field('optimizer.learningRate', 'propose-rate')}
      label={say('form.rate')}
      suggestions={usualRates.map(plain)}
    />
  );
}

/** What may change in the middle of a training as well as before it. */
function TrainingFields({ draft }: Props) {
  const { say } = useWords();
  return (
    <>
      <ChosenField
        {...draft.field('optimizer.name', 'propose-optimizer')}
        label={say('form.optimizer')}
        choices={optimizers.map((value) => ({ value, label: say(`optimizer.${value}`) }))}
      />
      {valueAt(draft.configuration, 'optimizer.momentum') !== undefined && (
        <TypedField {...draft.field('optimizer.momentum', 'propose-momentum')} label={say('form.momentum')} />
      )}
      <TypedField {...draft.field('regularization.l2', 'propose-l2')} label={say('form.l2')} />
      <TypedField {...draft.field('dropout', 'propose-dropout')} label={say('form.dropout')} />
      <TypedField
        {...draft.field('gradientClip', 'propose-clip')}
        label={say('form.clip')}
        placeholder={say('value.none')}
      />
      <TypedField
        {...draft.field('frozen', 'propose-frozen')}
        label={say('form.frozen')}
        hint={say('form.frozen.hint')}
        placeholder={say('value.none')}
        inputMode="text"
      />
      <TypedField {...draft.field('epochs', 'propose-epochs')} label={say('form.epochs')} />
    </>
  );
}

/** Output and cost belong together, so they are chosen together. */
function PairField({ draft }: Props) {
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
