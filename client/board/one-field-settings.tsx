/** The form of a team: one thing is chosen, and only that can be changed, so that a large class sees controlled experiments. */
import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { DepthStepper } from '../panels/depth-stepper.tsx';
import { saidField } from '../../shared/words/difference.ts';
import { activations, optimizers, schemes, usualRates, valueAt } from '../panels/draft.ts';
import { ChosenField, SuggestedField, TypedField } from '../panels/form-field.tsx';
import type { Draft } from '../panels/use-draft.ts';
import { forkableFields } from '../../shared/protocol/decide-fork.ts';
import { lockOver } from '../../shared/protocol/board.ts';
import { useFacts } from '../room/context.tsx';

const things = [
  'hidden.depth',
  'hidden.width',
  'activation',
  'initialization.scheme',
  'initialization.gain',
  'optimizer.learningRate',
  'optimizer.name',
  'regularization.l2',
  'dropout',
  'batchSize',
  'epochs',
  'seed',
] as const;
type Thing = (typeof things)[number];

/** Draws the choice of the thing, and its field. */
export function OneFieldSettings({ draft }: { readonly draft: Draft }) {
  const { say } = useWords();
  const { board } = useFacts();
  const offered = things.filter((thing) => {
    const path = thing.startsWith('hidden') ? 'hidden' : thing;
    const forkable = forkableFields.some((field) => path === field || path.startsWith(`${field}.`));
    return lockOver(board, path) === undefined && (draft.fork === null || forkable);
  });
  const [asked, setAsked] = useState<Thing>('hidden.depth');
  const thing = offered.includes(asked) ? asked : offered[0];
  if (thing === undefined) return <p className="board-note">{say('one.none')}</p>;
  const choose = (next: string): void => {
    const found = offered.find((one) => one === next);
    if (found === undefined) return;
    for (const path of Object.keys(draft.edits)) draft.edit(path, valueAt(draft.base.configuration, path) ?? null);
    setAsked(found);
  };
  return (
    <div className="form-grid">
      <NativeSelect
        label={say('one.choose')}
        description={say('one.detail')}
        value={thing}
        onChange={(event) => choose(event.currentTarget.value)}
        data={offered.map((value) => ({ value, label: saidField(say, value) }))}
        data-testid="propose-thing"
      />
      <ThingField key={thing} thing={thing} draft={draft} />
    </div>
  );
}

function ThingField({ thing, draft }: { readonly thing: Thing; readonly draft: Draft }) {
  const { say } = useWords();
  switch (thing) {
    case 'hidden.depth': {
      const hidden = draft.valueOf('hidden');
      const widths = typeof hidden === 'object' && hidden !== null ? hidden : draft.configuration.hidden;
      return <DepthStepper hidden={widths} onChange={(next) => draft.edit('hidden', next)} />;
    }
    case 'hidden.width':
      return <TypedField {...draft.field('hidden', 'propose-width')} label={say('form.widths')} inputMode="text" />;
    case 'activation':
      return (
        <ChosenField
          {...draft.field('activation', 'propose-activation')}
          label={say('form.activation')}
          choices={activations.map((value) => ({ value, label: say(`activation.${value}`) }))}
        />
      );
    case 'initialization.scheme':
      return (
        <ChosenField
          {...draft.field('initialization.scheme', 'propose-scheme')}
          label={say('form.scheme')}
          choices={schemes.map((value) => ({ value, label: say(`scheme.${value}`) }))}
        />
      );
    case 'optimizer.name':
      return (
        <ChosenField
          {...draft.field('optimizer.name', 'propose-optimizer')}
          label={say('form.optimizer')}
          choices={optimizers.map((value) => ({ value, label: say(`optimizer.${value}`) }))}
        />
      );
    case 'optimizer.learningRate':
      return (
        <SuggestedField
          {...draft.field('optimizer.learningRate', 'propose-rate')}
          label={say('form.rate')}
          suggestions={usualRates.map(String)}
        />
      );
    default:
      return <TypedField {...draft.field(thing, 'propose-one')} label={saidField(say, thing)} />;
  }
}
