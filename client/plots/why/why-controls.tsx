/** What is to be seen of why layers differ, what can be chosen of it, and of which step it is. */
import { NativeSelect } from '@mantine/core';
import { wholeNumber } from '../../../shared/words/numbers.ts';
import { useWords } from '../../i18n/words.ts';
import { RunMark } from '../../panels/run-mark.tsx';
import type { RoomRun } from '../../../shared/protocol/state.ts';
import { useChangeView, useView } from '../../view/context.tsx';
import { type SpreadValue, spreadValues, whyParts } from '../../view/view.ts';
import { useBackRow } from '../back-row.ts';
import { Toggle } from '../card/toggle.tsx';
import { LookStep } from '../look/look-state.tsx';
import { Parts } from '../look/parts.tsx';
import { useNeurons } from './neurons-part.tsx';
import { useFactors } from './use-factors.ts';
import { type Inner, useInner } from './use-inner.ts';

type Props = { readonly run: RoomRun };

/** Draws the row. */
export function WhyControls({ run }: Props) {
  const { say } = useWords();
  const change = useChangeView();
  const part = useView((view) => view.why);
  return (
    <>
      <Parts
        label={say('why.parts')}
        names={whyParts}
        chosen={part}
        textOf={(name) => say(`why.part.${name}`)}
        hook="why-part"
        onChoose={(why) => change({ why })}
      />
      {part === 'factors' && <FactorStep run={run} />}
      {(part === 'slope' || part === 'values') && <SpreadControls run={run} kind={part} />}
      {part === 'neurons' && <NeuronControls run={run} />}
    </>
  );
}

function FactorStep({ run }: Props) {
  const { say, language } = useWords();
  const known = useFactors(run);
  if (known === null) return null;
  return (
    <span className="look-step" data-kind="current" data-step={known.step} data-testid="why-factors-step">
      {say('look.step', { step: wholeNumber(known.step, language) })}
    </span>
  );
}

const spreadOf = (value: string): SpreadValue => spreadValues.find((one) => one === value) ?? 'deltas';

function SpreadControls({ run, kind }: Props & { readonly kind: 'slope' | 'values' }) {
  const { say } = useWords();
  const isFar = useBackRow();
  const inner = useInner(run, kind === 'values');
  const spread = useView((view) => view.spread);
  const change = useChangeView();
  return (
    <>
      {kind === 'values' && isFar && <strong>{say(`why.values.${spread}`)}</strong>}
      {kind === 'values' && !isFar && (
        <NativeSelect
          size="sm"
          aria-label={say('why.values.label')}
          value={spread}
          onChange={({ currentTarget: { value } }) => change({ spread: spreadOf(value) })}
          data={spreadValues.map((value) => ({ value, label: say(`why.values.${value}`) }))}
          data-testid="why-values-of"
        />
      )}
      {inner.there.length > 1 && <RunNames inner={inner} />}
      <LookStep {...inner} quiet={inner.there.length > 1} />
    </>
  );
}

/** Whose outlines are which. */
function RunNames({ inner }: { readonly inner: Inner }) {
  const { say, language } = useWords();
  const isFar = useBackRow();
  return (
    <span className="look-runs">
      {inner.there.map(({ run, look }, index) => (
        <span key={run.id}>
          <svg width="22" height="8" aria-hidden="true">
            <line
              x1="0"
              y1="4"
              x2="22"
              y2="4"
              stroke={inner.strokes?.[index]?.colour}
              strokeWidth="2"
              strokeDasharray={inner.strokes?.[index]?.dash?.join(' ')}
            />
          </svg>
          <RunMark label={run.label} size={isFar ? 24 : 12} />
          {say('look.step.run', { label: run.label, step: wholeNumber(look?.step ?? 0, language) })}
        </span>
      ))}
      {inner.left > 0 && <span>{say('look.runs.more', { count: inner.there.length })}</span>}
    </span>
  );
}

function NeuronControls({ run }: Props) {
  const { say } = useWords();
  const shown = useNeurons(run);
  const own = useView((view) => view.own);
  const change = useChangeView();
  return (
    <>
      <Toggle text={say('look.own')} pressed={own} hook="why-own" onPress={() => change({ own: !own })} />
      <LookStep {...shown} />
    </>
  );
}
