/** The state of the proposal's form: the base it starts from, the edits, and what the parser says of them. */
import { useMemo, useState } from 'react';
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useWords, type Words, type TextKey } from '../i18n/words.ts';
import { useFacts, useYou } from '../room/context.tsx';
import type { Refusal } from '../room/refusals.ts';
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import { lockOver } from '../../shared/protocol/board.ts';
import { configurationDifference } from '../../shared/protocol/configuration.ts';
import { leads } from '../../shared/protocol/roles.ts';
import type { RoomState, RunId } from '../../shared/protocol/state.ts';
import type { You } from '../../shared/protocol/wire.ts';
import { saidValue } from '../../shared/words/difference.ts';
import { type Edit, type Edits, edited, fewestEpochs, forkableEdits, judged, typedValue, valueAt } from './draft.ts';
import type { FieldProps } from './form-field.tsx';
import { type Base, baseOf } from './lineage.ts';
import { typedList, typedWidths, writtenWidths } from './widths.ts';

/** What a person is told to type instead, by field. */
const hints: Readonly<Record<string, TextKey>> = {
  hidden: 'hint.hidden',
  batchSize: 'hint.batch',
  epochs: 'hint.epochs',
  seed: 'hint.seed',
  frozen: 'hint.frozen',
  dropout: 'hint.dropout',
  gradientClip: 'hint.clip',
  'dataset.train': 'hint.train',
  'dataset.bits': 'hint.bits',
  output: 'hint.output.copies',
  'initialization.gain': 'hint.positive',
  'initialization.biasStd': 'hint.positive',
  'optimizer.learningRate': 'hint.positive',
  'optimizer.momentum': 'hint.momentum',
  'regularization.l1': 'hint.positive',
  'regularization.l2': 'hint.positive',
};

type Problem = { readonly code: string; readonly path: string; readonly message: string };

/** What a proposal starts from; with a step as `fork` it goes on with what that run had learned by then. */
export type Start = { readonly run: RunId | null; readonly fork: number | null };

export type Draft = {
  readonly base: Base;
  readonly fork: number | null;
  readonly edits: Edits;
  /** The configuration proposed; the base while the edits do not fit. */
  readonly configuration: RunConfiguration;
  readonly problem: Problem | null;
  readonly startFrom: (start: Start) => void;
  readonly edit: (path: string, value: Edit) => void;
  /** Edits several fields at once; undefined leaves a field as the base has it, or as it follows from the others. */
  readonly editAll: (values: Readonly<Record<string, Edit | undefined>>) => void;
  /** What a field has at this moment, fitting or not. */
  readonly valueOf: (path: string) => Edit | undefined;
  readonly errorOf: (path: string) => string | null;
  /** What a typed or chosen field needs, apart from its label. */
  readonly field: (path: string, testId: string) => Omit<FieldProps, 'label'>;
  /** Takes what the server refused, to be shown at the field that it names. */
  readonly refuse: (refusal: Refusal) => void;
};

/** Begins a draft upon a run, or upon the room's first configuration where it is null. */
export function useDraft(first: Start): Draft {
  const words = useWords();
  const { say, language } = words;
  const state = useFacts();
  const you = useYou();
  const [start, setStart] = useState(first);
  const [edits, setEdits] = useState<Edits>({});
  // Fields show what was typed, letter by letter, as long as it means what the draft says: 0. is on its way to 0.5.
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [refused, setRefused] = useState<Problem | null>(null);
  const { run, fork } = start;
  const base = useMemo(() => baseOf(state, run), [state, run]);
  const parsed = useMemo(() => judged(base.configuration, edits), [base, edits]);
  const configuration = parsed.ok ? parsed.value : base.configuration;
  const fewest = fork === null ? 1 : fewestEpochs(base.configuration, fork);
  const tooShort: Problem | null =
    parsed.ok && parsed.value.epochs < fewest ? { code: 'too-short', path: 'epochs', message: '' } : null;
  const locked = lockedProblem(state, you, base.configuration, configuration);
  const problem = parsed.ok ? (tooShort ?? locked ?? refused) : parsed.error;

  const edit = (path: string, value: Edit): void => {
    setRefused(null);
    setEdits((known) => edited(known, base.configuration, path, value));
  };

  const editAll = (values: Readonly<Record<string, Edit | undefined>>): void => {
    setRefused(null);
    setEdits((known) =>
      Object.entries(values).reduce<Edits>((all, [path, value]) => {
        if (value !== undefined) return edited(all, base.configuration, path, value);
        const { [path]: _left, ...others } = all;
        return others;
      }, known),
    );
  };

  const errorOf = (path: string): string | null => {
    if (problem === null || (problem.path !== path && !problem.path.startsWith(`${path}.`))) return null;
    if (problem.code === 'too-short') return say('hint.epochs.fork', { epochs: wholeNumber(fewest, language) });
    const hint = path === 'dataset.train' && valueOf('dataset.name') === 'shapeset' ? 'hint.train.shapes' : hints[path];
    return saidProblem(words, problem, path, hint);
  };

  const valueOf = (path: string): Edit | undefined =>
    Object.hasOwn(edits, path) ? edits[path] : valueAt(configuration, path);

  const read = (path: string, text: string): Edit => {
    switch (path) {
      case 'hidden':
        return typedWidths(text, depthOf(valueOf(path)));
      case 'frozen':
        return typedList(text);
      case 'batchSize':
        return text.trim() === say('form.batch.full') ? 'full' : typedValue(text);
      case 'gradientClip':
        return text.trim() === '' ? null : typedValue(text);
      default:
        return typedValue(text);
    }
  };

  const shown = (path: string): string => {
    const [value, text] = [valueOf(path), typed[path]];
    if (text !== undefined && JSON.stringify(read(path, text)) === JSON.stringify(value)) return text;
    if (value === 'full') return say('form.batch.full');
    if (value === null || value === undefined) return '';
    if (typeof value !== 'object') return String(value);
    return path === 'hidden' ? writtenWidths(value) : value.join(', ');
  };

  return {
    base,
    fork,
    edits,
    configuration,
    problem,
    edit,
    editAll,
    valueOf,
    errorOf,
    startFrom: (next) => {
      setStart(next);
      setRefused(null);
      if (next.fork !== null) setEdits(forkableEdits);
    },
    field: (path, testId) => {
      const before = valueAt(base.configuration, path);
      const isChanged =
        Object.hasOwn(edits, path) || JSON.stringify(valueAt(configuration, path)) !== JSON.stringify(before);
      return {
        value: shown(path),
        was: isChanged && before !== undefined ? saidValue(say, language, path, before) : null,
        error: errorOf(path),
        onChange: (text) => {
          setTyped((known) => ({ ...known, [path]: text }));
          edit(path, read(path, text));
        },
        onUndo: () => edit(path, before ?? null),
        testId,
      };
    },
    refuse: ({ code, message, path = '' }) => setRefused({ code, message, path: path.replace(/^data\.change\.?/, '') }),
  };
}

const depthOf = (hidden: Edit | undefined): number =>
  typeof hidden === 'object' && hidden !== null ? hidden.length : 1;

/** The first field that is changed though the host has locked it; hosts are not bound. */
function lockedProblem(
  { board }: RoomState,
  { role }: You,
  base: RunConfiguration,
  configuration: RunConfiguration,
): Problem | null {
  if (leads(role)) return null;
  const found = configurationDifference(base, configuration).find(({ path }) => lockOver(board, path) !== undefined);
  return found === undefined ? null : { code: 'locked', path: found.path, message: '' };
}

/** Says what is wrong at a field, and at which layer where it has one width for each. */
function saidProblem({ say }: Words, { code, path: at }: Problem, path: string, hint: TextKey | undefined): string {
  if (code === 'too-expensive') return say('form.error.too-expensive');
  if (code === 'locked') return say('form.error.locked');
  if (path === 'hidden' && at !== path)
    return say('hint.hidden.layer', { layer: Number(at.slice(path.length + 1)) + 1 });
  return hint === undefined ? say('form.error.invalid') : say(hint);
}
