/** What the classes of pictures are called: in a sentence, and as short as a plot needs it. */
import type { DatasetChoice } from '../../../shared/core/configuration.ts';
import { type ShapeName, shapesetObjects } from '../../../shared/core/shapeset/classes.ts';
import type { Words } from '../../i18n/words.ts';

const signs: Readonly<Record<ShapeName, string>> = { triangle: '△', parallelogram: '▱', ellipse: '○' };

/** Returns the objects of a class of shapes; null where classes are numbers. */
const objectsOf = ({ name }: DatasetChoice, label: number): readonly ShapeName[] | null =>
  name === 'shapeset' ? (shapesetObjects[label] ?? null) : null;

/** 7, or △○. */
export const shortClass = (dataset: DatasetChoice, label: number): string =>
  objectsOf(dataset, label)
    ?.map((shape) => signs[shape])
    .join('') ?? String(label);

/** 7, or triangle and ellipse. */
export function saidClass({ say }: Words, dataset: DatasetChoice, label: number): string {
  const [one, other] = objectsOf(dataset, label) ?? [];
  if (one === undefined) return String(label);
  if (other === undefined) return say(`shapes.one.${one}`);
  if (one === other) return say(`shapes.same.${one}`);
  return say('shapes.two', { one: say(`shapes.one.${one}`), other: say(`shapes.one.${other}`) });
}
