/** The state of the proposal's form: the base it starts from, the edits, and what the parser says of them. */
import { useMemo, useState } from 'react';
import { useWords, type TextKey } from '../i18n/words.ts';
import { useFacts } from '../room/context.tsx';
import type { Refusal } from '../room/refusals.ts';
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import type { RunId } from '../../shared/protocol/state.ts';
import { saidValue } from './difference.ts';
import { type Edit, type Edits, edited, judged, typedValue, valueAt } from './draft.ts';
import type { FieldProps } from './form-field.tsx';
import { type Base, baseOf } from './lineage.ts';

/** What a person is told to type instead, by field. */
const hints: Readonly<Record<string, TextKey>> = {
  hidden: 'hint.hidden',
  batchSize: 'hint.batch',
  epochs: 'hint.epochs',
  seed: 'hint.seed',
  'dataset.train': 'hint.train',
  'initialization.gain': 'hint.positive',
  'initialization.biasStd': 'hint.positive',
  'optimizer.learningRate': 'hint.positive',
  'regularization.l2': 'hint.positive',
};

type Problem = { readonly code: string; readonly path: string; readonly message: string };

export type Draft = {
  readonly base: Base;
  readonly edits: Edits;
  /** The configuration proposed; the base while the edits do not fit. */
  readonly configuration: RunConfiguration;
  readonly problem: Problem | null;
  readonly startFrom: (run: RunId | null) => void;
  readonly edit: (path: string, value: Edit) => void;
  readonly errorOf: (path: string) => string | null;
  /** What a typed or chosen field needs, apart from its label. */
  readonly field: (path: string, testId: string) => Omit<FieldProps, 'label'>;
  /** Takes what the server refused, to be shown at the field that it names. */
  readonly refuse: (refusal: Refusal) => void;
};

/** Begins a draft upon a run, or upon the room's first configuration for null. */
export function useDraft(first: RunId | null): Draft {
  const { say, language } = useWords();
  const state = useFacts();
  const [from, setFrom] = useState(first);
  const [edits, setEdits] = useState<Edits>({});
  const [refused, setRefused] = useState<Problem | null>(null);
  const base = useMemo(() => baseOf(state, from), [state, from]);
  const parsed = useMemo(() => judged(base.configuration, edits), [base, edits]);
  const configuration = parsed.ok ? parsed.value : base.configuration;
  const problem = parsed.ok ? refused : parsed.error;

  const edit = (path: string, value: Edit): void => {
    setRefused(null);
    setEdits((known) => edited(known, base.configuration, path, value));
  };

  const errorOf = (path: string): string | null => {
    if (problem === null || (problem.path !== path && !problem.path.startsWith(`${path}.`))) return null;
    if (problem.code === 'too-expensive') return say('form.error.too-expensive');
    const hint = hints[path];
    return hint === undefined ? say('form.error.invalid') : say(hint);
  };

  const shown = (path: string): string => {
    const value = edits[path] ?? valueAt(configuration, path);
    return value === 'full' ? say('form.batch.full') : String(value);
  };

  return {
    base,
    edits,
    configuration,
    problem,
    edit,
    errorOf,
    startFrom: (run) => {
      setFrom(run);
      setRefused(null);
    },
    field: (path, testId) => {
      const before = valueAt(base.configuration, path);
      const isChanged =
        Object.hasOwn(edits, path) || JSON.stringify(valueAt(configuration, path)) !== JSON.stringify(before);
      return {
        value: shown(path),
        was: isChanged ? saidValue(say, language, path, before) : null,
        error: errorOf(path),
        onChange: (text) =>
          edit(path, text.trim() === say('form.batch.full') && path === 'batchSize' ? 'full' : typedValue(text)),
        onUndo: () => edit(path, before),
        testId,
      };
    },
    refuse: ({ code, message, path = '' }) => setRefused({ code, message, path: path.replace(/^data\.change\.?/, '') }),
  };
}
