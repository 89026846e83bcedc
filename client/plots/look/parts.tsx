/** A row of choices of which one is made: what of a card is to be seen. On a projector there is nothing to choose. */
import { useBackRow } from '../back-row.ts';

type Props<Name extends string> = {
  readonly label: string;
  readonly names: readonly Name[];
  readonly chosen: Name;
  readonly textOf: (name: Name) => string;
  readonly hook: string;
  readonly onChoose: (name: Name) => void;
};

/** Draws the row. */
export function Parts<Name extends string>({ label, names, chosen, textOf, hook, onChoose }: Props<Name>) {
  if (useBackRow()) return null;
  return (
    <div className="parts" role="group" aria-label={label}>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          className="plain-button part-button"
          aria-pressed={name === chosen}
          data-testid={`${hook}-${name}`}
          onClick={() => onChoose(name)}
        >
          {textOf(name)}
        </button>
      ))}
    </div>
  );
}
