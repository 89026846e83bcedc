/** The mark of a run: its hue and a shape as second sign, the same wherever the run appears. */
import { useWords } from '../i18n/words.ts';
import { signOf, signShapes } from '../plots/run-signs.ts';

/** Draws the mark of the run with this letter. */
export function RunMark({ label, size = 16 }: { readonly label: string; readonly size?: number }) {
  const { say } = useWords();
  const { index } = signOf(label);
  const corners = signShapes[index] ?? null;
  const fill = `var(--lab-run-${index})`;
  return (
    <svg
      className="run-mark"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      role="img"
      aria-label={say('runs.marker', { label })}
    >
      {corners === null ? (
        <circle cx="8" cy="8" r="6" fill={fill} />
      ) : (
        <polygon points={corners.map((corner) => corner.join(',')).join(' ')} fill={fill} />
      )}
    </svg>
  );
}
