/** The sentence under the outcome: how much is right by now, and what who learns nothing would get right. */
import { measured, percent, wholeNumber } from '../../../shared/words/numbers.ts';
import type { Words } from '../../i18n/words.ts';

export type OutcomeFacts = {
  /** Digits of MNIST, or points of two classes. */
  readonly kind: 'digits' | 'points';
  /** The latest accuracy on show; null before the first. */
  readonly accuracy: { readonly share: number; readonly of: 'train' | 'test'; readonly step: number } | null;
  readonly stepsPerEpoch: number;
  /** What always answering one class would get right; null while that is not known. */
  readonly majority: number | null;
  /** The first and the latest cost on show. */
  readonly cost: { readonly first: number; readonly last: number } | null;
};

/** So much above the majority is no more than luck among some hundred images. */
const luck = 0.01;

/** Says what the outcome is. */
export function outcomeSentence({ say, language }: Words, facts: OutcomeFacts): string {
  const { kind, accuracy, stepsPerEpoch, majority, cost } = facts;
  if (accuracy === null) return say('sentence.none');
  const epochs = Math.floor(accuracy.step / stepsPerEpoch);
  const when =
    epochs >= 1
      ? say('outcome.after.epochs', { count: epochs, number: wholeNumber(epochs, language) })
      : say('outcome.after.steps', { count: accuracy.step, number: wholeNumber(accuracy.step, language) });
  const right = say(`outcome.said.${accuracy.of}.${kind}`, { share: percent(accuracy.share, language), when });
  const share = majority === null ? '' : percent(majority, language);
  const isLuck = majority !== null && accuracy.share <= majority + luck;
  const beside = majority === null ? '' : say(`outcome.said.${isLuck ? 'luck' : 'majority'}.${kind}`, { share });
  return say('outcome.said', { right, beside, cost: costSaid({ say, language }, cost) });
}

function costSaid({ say, language }: Words, cost: OutcomeFacts['cost']): string {
  if (cost === null || cost.first === cost.last) return '';
  const said = { first: measured(cost.first, language), last: measured(cost.last, language) };
  if (!Number.isFinite(cost.last)) return say('outcome.said.cost.lost', said);
  return say(cost.last < cost.first ? 'outcome.said.cost.fell' : 'outcome.said.cost.rose', said);
}
