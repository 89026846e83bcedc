/** The text of a step: paragraphs, and formulas in the places that the text names. */
import { Fragment } from 'react';
import type { Formula as FormulaOf, LessonText } from '../../shared/protocol/lessons.ts';
import { Formula } from './formula.tsx';
import { useSaid } from './use-said.ts';

type Props = { readonly text: LessonText; readonly formulas: readonly FormulaOf[] | undefined };

/** Draws a text. */
export function Prose({ text, formulas = [] }: Props) {
  const said = useSaid();
  const paragraphs = said(text)
    .split('\n\n')
    .filter((paragraph) => paragraph !== '');
  return (
    <>
      {paragraphs.map((paragraph, n) => {
        const named = /^\[(\d+)\]$/.exec(paragraph.trim())?.[1];
        const formula = named === undefined ? undefined : formulas[Number(named) - 1];
        return (
          <Fragment key={`${n} ${paragraph}`}>
            {formula === undefined ? <p>{paragraph}</p> : <Formula formula={formula} />}
          </Fragment>
        );
      })}
    </>
  );
}
