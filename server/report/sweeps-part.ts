/** Class sweeps: which field took which values, and between what the ratio of speeds lay. */
import { fromWireNumber } from '../../shared/protocol/wire-numbers.ts';
import { saidField, saidValue } from '../../shared/words/difference.ts';
import { times } from '../../shared/words/numbers.ts';
import { type Html, markup } from './html.ts';
import type { Lesson } from './lesson.ts';

/** Writes the section; nothing where nothing was swept. */
export function sweeps({ state, words }: Lesson): Html | null {
  const { say, language } = words;
  const measured = Object.values(state.sweeps).filter(({ points }) => points.length > 0);
  if (measured.length === 0) return null;
  const lines = measured.map(({ field, values, points, trained }) => {
    const path = field === 'depth' ? 'hidden' : field === 'width' ? 'hidden.width' : field;
    const ratios = points
      .map(([, ratio]) => fromWireNumber(ratio))
      .filter(Number.isFinite)
      .toSorted((a, b) => a - b);
    const said = (value: number | string | undefined): string => saidValue(say, language, path, value);
    const at = (share: number): string =>
      times(ratios[Math.round(share * (ratios.length - 1))] ?? Number.NaN, language);
    const between = {
      field: saidField(say, path),
      count: points.length,
      first: said(values[0]),
      last: said(values.at(-1)),
    };
    const key = trained ? 'sweeps.line.trained' : 'sweeps.line';
    return markup`<li>${say(key, { ...between, least: at(0), middle: at(0.5), most: at(1) })}</li>`;
  });
  return markup`<section><h2>${say('sweeps.title')}</h2><ul>${lines}</ul></section>`;
}
