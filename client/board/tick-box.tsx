/** A box to tick, with its words: the browser's own, in the colours of the page, as high as a thumb on a phone. */

type Props = {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly testId?: string;
};

/** Draws box and words. */
export function TickBox({ label, checked, onChange, testId }: Props) {
  return (
    <label className="choice-line">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
        data-testid={testId}
      />
      {label}
    </label>
  );
}
