/**
 * The values of a sweep in the making: a range in even or multiplied steps, or some of the choices that a field has; what the whole
 * would take; and what to do when that is too long for a class to wait. Pure, so that the form only draws.
 */
import type { RunConfiguration } from '../../shared/core/configuration.ts';
import type { RatesOfEngines } from '../../shared/core/cost.ts';
import { engineFor } from '../../shared/core/kernels/choice.ts';
import { applyChange } from '../../shared/protocol/configuration.ts';
import { defaultLimits } from '../../shared/protocol/limits.ts';
import { changeTo, secondsOfPoint, type SweepField, type SweepValue } from '../../shared/protocol/sweeps.ts';
import { activations, schemes } from '../panels/draft.ts';

/** How a field is swept: whole numbers in even steps, numbers that are multiplied, or a choice. */
export type FieldKind =
  | { readonly kind: 'whole'; readonly from: number; readonly to: number }
  | { readonly kind: 'even'; readonly from: number; readonly to: number }
  | { readonly kind: 'factor'; readonly from: number; readonly to: number; readonly whole: boolean }
  | { readonly kind: 'choice'; readonly choices: readonly string[] };

/** How a field is swept, and which range is proposed for so many people. */
export function kindOf(field: SweepField, people: number): FieldKind {
  switch (field) {
    case 'seed':
      return { kind: 'whole', from: 1, to: Math.max(1, people) };
    case 'depth':
      return { kind: 'whole', from: 1, to: 12 };
    case 'width':
      return { kind: 'factor', from: 5, to: 300, whole: true };
    case 'batchSize':
      return { kind: 'factor', from: 1, to: 1000, whole: true };
    case 'dataset.train':
      return { kind: 'factor', from: 100, to: 10_000, whole: true };
    case 'initialization.gain':
      return { kind: 'factor', from: 0.1, to: 10, whole: false };
    case 'optimizer.learningRate':
      return { kind: 'factor', from: 0.001, to: 10, whole: false };
    case 'regularization.l2':
      return { kind: 'factor', from: 0.01, to: 100, whole: false };
    case 'initialization.biasStd':
      return { kind: 'even', from: 0, to: 3 };
    case 'dropout':
      return { kind: 'even', from: 0, to: 0.9 };
    case 'activation':
      return { kind: 'choice', choices: activations };
    case 'initialization.scheme':
      return { kind: 'choice', choices: schemes };
    default:
      return field satisfies never;
  }
}

/** Spreads `count` values from one end to the other, ends included, three digits each, none twice. */
export function spread(kind: Exclude<FieldKind, { kind: 'choice' }>, count: number): number[] {
  const { from, to } = kind;
  if (!Number.isFinite(from) || !Number.isFinite(to) || count < 1) return [];
  if (kind.kind === 'factor' && (from <= 0 || to <= 0)) return [];
  const whole = kind.kind === 'whole' || (kind.kind === 'factor' && kind.whole);
  const values = Array.from({ length: Math.floor(count) }, (_, n) => {
    const share = count === 1 ? 0 : n / (Math.floor(count) - 1);
    const value = kind.kind === 'factor' ? from * (to / from) ** share : from + (to - from) * share;
    return whole ? Math.round(value) : Number(value.toPrecision(3));
  });
  return [...new Set(values)];
}

/** As many values as there are for a whole range of seeds or depths; elsewhere one for each receiver. */
export const usualCount = (kind: FieldKind, receivers: number): number => {
  if (kind.kind === 'choice') return kind.choices.length;
  const most = Math.max(2, receivers);
  return kind.kind === 'whole' ? Math.min(most, Math.abs(kind.to - kind.from) + 1) : most;
};

/** What a class waits for without growing restless, in seconds. */
const patience = 90;
const mostSampled = 24;

/** Estimates the seconds that `threads` threads take for all values, from some of them; null while nobody knows or where a value does not fit. */
export function secondsOfSweep(
  configuration: RunConfiguration,
  field: SweepField,
  values: readonly SweepValue[],
  trained: boolean,
  { rates, threads }: { readonly rates: RatesOfEngines; readonly threads: number },
): number | null {
  if (values.length === 0) return null;
  const every = Math.max(1, Math.floor(values.length / mostSampled));
  const sampled = values.filter((_, index) => index % every === 0);
  let sum = 0;
  for (const value of sampled) {
    const changed = applyChange(configuration, changeTo(configuration, field, value), defaultLimits);
    if (!changed.ok) return null;
    const ofEngine = rates[engineFor(changed.value, null) ?? ''];
    if (ofEngine === undefined) return null;
    sum += secondsOfPoint(changed.value, trained, ofEngine);
  }
  return ((sum / sampled.length) * values.length) / threads;
}

/** What makes a sweep shorter, in the order in which it should be thought of. */
export type Shorter =
  | { readonly kind: 'teams'; readonly count: number }
  | { readonly kind: 'share'; readonly count: number }
  | { readonly kind: 'epochs'; readonly epochs: number }
  | { readonly kind: 'prepare' };

/** What is offered where a sweep takes longer than a class waits; nothing elsewhere. */
export function offers(
  seconds: number | null,
  sweep: {
    readonly count: number;
    readonly teams: number;
    readonly to: 'each' | 'teams' | 'nobody';
    readonly trained: boolean;
    readonly epochs: number;
  },
): Shorter[] {
  const { count, teams, to, trained, epochs } = sweep;
  if (seconds === null || seconds <= patience || to === 'nobody') return [];
  const fitting = Math.floor((count * patience) / seconds);
  const fewer = Math.floor((epochs * patience) / seconds);
  const all: Shorter[] = [];
  if (to === 'each' && teams > 0 && teams < count) all.push({ kind: 'teams', count: teams });
  if (fitting >= 2) all.push({ kind: 'share', count: fitting });
  if (trained && fewer >= 1) all.push({ kind: 'epochs', epochs: fewer });
  return [...all, { kind: 'prepare' }];
}
