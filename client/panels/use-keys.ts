/** Keys that act on the page as a whole: never while somebody types, composes in an input method or is in a dialog. */
import { useEffect, useEffectEvent } from 'react';

export type Keys = Readonly<Record<string, () => void>>;

const busy = 'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="listbox"], [role="slider"]';
// Space and Enter press what has the focus.
const pressable = 'button, a, summary';

/** Whether a key press belongs to what has the focus and not to the page. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.isComposing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  if (!(event.target instanceof Element)) return false;
  return event.target.closest(busy) !== null || (event.key === ' ' && event.target.closest(pressable) !== null);
}

/** Listens for keys by their names while the component is on the page. */
export function useKeys(keys: Keys): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent): void => {
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act === undefined || isTaken(event) || document.querySelector('[role="dialog"]') !== null) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKeyDown(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
