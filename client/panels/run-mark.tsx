/** The mark of a run: its hue and a shape as second sign, the same wherever the run appears. */
import { useWords } from '../i18n/words.ts';

const shapes = [
  'M8 2a6 6 0 1 1 0 12a6 6 0 1 1 0-12z',
  'M3 3h10v10H3z',
  'M8 2l6.5 11.5h-13z',
  'M8 1l7 7-7 7-7-7z',
  'M8 14.5L1.5 3h13z',
  'M6 2h4v4h4v4h-4v4H6v-4H2V6h4z',
  'M8 1.5l2 4.5 4.7.4-3.6 3.2 1.1 4.7L8 11.7l-4.2 2.6 1.1-4.7L1.3 6.4 6 6z',
  'M5 2.5h6l4 5.5-4 5.5H5L1 8z',
];

/** Position of a run in the order of letters: A 0, B 1, ..., AA 26. */
const indexOfLabel = (label: string): number =>
  [...label].reduce((index, letter) => index * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** Draws the mark of the run with this letter. */
export function RunMark({ label, size = 16 }: { readonly label: string; readonly size?: number }) {
  const { say } = useWords();
  const index = indexOfLabel(label) % shapes.length;
  return (
    <svg
      className="run-mark"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      role="img"
      aria-label={say('runs.marker', { label })}
    >
      <path d={shapes[index]} fill={`var(--lab-run-${index})`} />
    </svg>
  );
}
