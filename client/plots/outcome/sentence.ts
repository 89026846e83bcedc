/** The sentence under the outcome: how much is right by now, and what who learns nothing would get right. */
import type { DatasetChoice } from '../../../shared/core/configuration.ts';
import { isAutoencoder, isPicture } from '../../../shared/core/dataset.ts';
import { measured, percent, wholeNumber } from '../../../shared/words/numbers.ts';
import type { Words } from '../../i18n/words.ts';

export type OutcomeFacts = {
  readonly dataset: DatasetChoice;
  /** The latest accuracy on show; null before the first, and where the outputs name no class. */
  readonly accuracy: { readonly share: number; readonly of: 'train' | 'test'; readonly step: number } | null;
  readonly stepsPerEpoch: number;
  /** What always answering one class would get right; null while that is not known. */
  readonly majority: number | null;
  /** The first and the latest cost on show. */
  readonly cost: { readonly first: number; readonly last: number; readonly step: number } | null;
};

/** So much above the majority is no more than luck among some hundred images. */
const luck = 0.01;

/** Says what the outcome is. */
export function outcomeSentence({ say, language }: Words, facts: OutcomeFacts): string {
  const { dataset, accuracy, stepsPerEpoch, majority, cost } = facts;
  if (isAutoencoder(dataset)) return copiesSaid({ say, language }, facts);
  if (accuracy === null) return say('sentence.none');
  const kind = classesOf(dataset);
  const of = isPicture(dataset) ? 'digits' : 'points';
  const when = whenSaid({ say, language }, accuracy.step, stepsPerEpoch);
  const right = say(`outcome.said.${accuracy.of}.${of}`, { share: percent(accuracy.share, language), when });
  const share = majority === null ? '' : percent(majority, language);
  const isLuck = majority !== null && accuracy.share <= majority + luck;
  const beside = majority === null ? '' : say(`outcome.said.${isLuck ? 'luck' : 'majority'}.${kind}`, { share });
  return say('outcome.said', { right, beside, cost: costSaid({ say, language }, cost) });
}

/** Whether classes are called by their own names, or all are alike. */
export const classesOf = ({ name }: DatasetChoice): 'digits' | 'points' => (name === 'mnist' ? 'digits' : 'points');

function whenSaid({ say, language }: Words, step: number, stepsPerEpoch: number): string {
  const epochs = Math.floor(step / stepsPerEpoch);
  if (epochs >= 1) return say('outcome.after.epochs', { count: epochs, number: wholeNumber(epochs, language) });
  return say('outcome.after.steps', { count: step, number: wholeNumber(step, language) });
}

/** Of a network that repeats its inputs there is only the cost. */
function copiesSaid(words: Words, { cost, stepsPerEpoch }: OutcomeFacts): string {
  const { say, language } = words;
  if (cost === null) return say('sentence.none');
  const first = measured(cost.first, language);
  return say('outcome.said.copies', {
    when: whenSaid(words, cost.step, stepsPerEpoch),
    last: measured(cost.last, language),
    cost: cost.step === 0 ? '' : say('outcome.said.copies.from', { first }),
  });
}

function costSaid({ say, language }: Words, cost: OutcomeFacts['cost']): string {
  if (cost === null || cost.first === cost.last) return '';
  const said = { first: measured(cost.first, language), last: measured(cost.last, language) };
  if (!Number.isFinite(cost.last)) return say('outcome.said.cost.lost', said);
  return say(cost.last < cost.first ? 'outcome.said.cost.fell' : 'outcome.said.cost.rose', said);
}
