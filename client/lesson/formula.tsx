/** A formula, set by KaTeX, which is fetched when the first one is drawn; until then, and for those who hear it, it is its words. */
import { useEffect, useRef, useState } from 'react';
import type { Formula as FormulaOf } from '../../shared/protocol/lessons.ts';
import type katexType from 'katex';
import { useSaid } from './use-said.ts';

type Katex = Pick<typeof katexType, 'render'>;

let fetching: Promise<Katex> | null = null;

/** Fetches KaTeX once; after a failure it is tried again with the next formula. */
function fetchKatex(): Promise<Katex> {
  fetching ??= Promise.all([import('katex'), import('katex/dist/katex.min.css')]).then(
    ([{ default: katex }]) => katex,
    (error: unknown) => {
      fetching = null;
      throw error;
    },
  );
  return fetching;
}

/** Letters smaller than that, in pixels of the text around them, are not read. */
const leastPixels = 10.4;

/** Draws a formula on a line of its own. */
export function Formula({ formula }: { readonly formula: FormulaOf }) {
  const said = useSaid();
  const box = useRef<HTMLSpanElement>(null);
  const [isSet, setIsSet] = useState(false);
  const spoken = said(formula.spoken);
  useEffect(() => {
    let isGone = false;
    let observer: ResizeObserver | null = null;
    fetchKatex().then(
      (katex) => {
        const set = box.current;
        if (isGone || set === null) return;
        // Its output goes into the page as elements, never as text that is parsed.
        katex.render(formula.tex, set, {
          displayMode: true,
          output: 'html',
          throwOnError: false,
          strict: false,
        });
        setIsSet(true);
        // At once, with its own letters, which may come later, and whenever its place is another: what comes beside it makes it narrower.
        observer = new ResizeObserver(() => {
          fit(set);
          void document.fonts.ready.then(() => fit(set));
        });
        if (set.parentElement !== null) observer.observe(set.parentElement);
      },
      // Without a connection the words stay.
      () => undefined,
    );
    return () => {
      isGone = true;
      observer?.disconnect();
    };
  }, [formula.tex]);
  return (
    // A long formula is pushed sideways on a narrow page, with the keyboard as well.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="formula" tabIndex={0} role="group" aria-label={spoken} data-testid="formula" data-set={isSet}>
      {!isSet && <span className="formula-words">{spoken}</span>}
      <span ref={box} aria-hidden="true" className="formula-set" />
    </div>
  );
}

/** A formula is set smaller where it is wider than its place, down to what can still be read; the rest of it is pushed into view. */
function fit(set: HTMLElement): void {
  const place = set.parentElement;
  set.style.fontSize = '';
  if (place === null || place.scrollWidth <= place.clientWidth || place.clientWidth === 0) return;
  const least = leastPixels / Number.parseFloat(getComputedStyle(place).fontSize);
  set.style.fontSize = `${Math.min(1, Math.max(least, place.clientWidth / place.scrollWidth))}em`;
}
