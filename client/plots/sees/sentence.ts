/** The words under what the network sees and says. */
import type { DatasetChoice, RunConfiguration } from '../../../shared/core/configuration.ts';
import { isPicture } from '../../../shared/core/dataset.ts';
import type { Look } from '../../../shared/core/look.ts';
import { percent, plainNumber, wholeNumber } from '../../../shared/words/numbers.ts';
import type { Words } from '../../i18n/words.ts';
import { saidClass } from './class-names.ts';
import { turnOf, type Unit } from './units.ts';

/** A pattern that has turned by fewer degrees looks as it did. */
const hardly = 6;

export type SeesFacts = {
  readonly configuration: Pick<RunConfiguration, 'initialization'>;
  readonly step: number;
  readonly units: readonly Unit[];
};

/** Says how much of what the first layer sees has been learned. */
export function seesSentence({ say, language }: Words, { configuration, step, units }: SeesFacts): string {
  const { angle, length } = turnOf(units);
  const strength = Math.abs(length - 1) < 0.02 ? null : length < 1 ? 'sees.faded' : 'sees.grown';
  const said = {
    step: wholeNumber(step, language),
    angle: plainNumber(Number(angle.toPrecision(2)), language),
    strength: strength === null ? '' : say(strength, { share: percent(length, language, 0) }),
  };
  if (!Number.isFinite(angle)) return say('sees.broken', said);
  if (step === 0) return say('sees.start', said);
  // Only what was drawn at random is noise.
  const isNoise = configuration.initialization.scheme !== 'constant';
  return say(angle < hardly && isNoise ? 'sees.hardly' : 'sees.changed', said);
}

export type SaysFacts = {
  readonly dataset: DatasetChoice;
  readonly step: number;
  readonly says: Omit<Look['says'], 'digits'>;
};

/** Says what the network answers, and how often that is right. */
export function saysSentence(words: Words, { dataset, step, says }: SaysFacts): string {
  const { say, language } = words;
  const { images, labels, answered, right, unanswered } = says;
  const whole = (count: number): string => wholeNumber(count, language);
  const most = answered.indexOf(Math.max(...answered));
  const said = {
    step: whole(step),
    digit: saidClass(words, dataset, most),
    answered: whole(answered[most] ?? 0),
    images: whole(images),
    labels: whole(labels[most] ?? 0),
    right: whole(right.reduce((sum, count) => sum + count, 0)),
  };
  const kind = isPicture(dataset) ? '' : '.points';
  if (unanswered >= images) return say(`says.none${kind}`, said);
  // An answer that more than half of the images get is the story; unless that many belong to it.
  const times = answered[most] ?? 0;
  const isOne = times > images / 2 && times > 1.5 * (labels[most] ?? 0);
  const named = dataset.name === 'shapeset' ? '.shapes' : kind;
  const main = say(`${isOne ? 'says.one' : 'says.right.of'}${named}` as const, said);
  if (unanswered === 0) return main;
  return `${main}${language === 'en' ? ' ' : ''}${say(`says.unanswered${kind}`, { count: whole(unanswered) })}`;
}
