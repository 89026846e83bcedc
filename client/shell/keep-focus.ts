/**
 * Keeps the keyboard where it was when what has the focus goes away: a button that has done its work, a card that is drawn
 * anew because the class went to another run, a dialog whose opener is gone. Without it the browser begins again at the top.
 *
 * The same thing drawn anew takes the focus, else its nearest surroundings, else what had the focus before.
 */

const focusables =
  'a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex="-1"]), [role="row"][tabindex]';
/** What is beyond these is another part of the page. */
const parts = 'body, [role="dialog"]';
/** More than the stops of the longest dialog, behind which its opener is remembered. */
const remembers = 200;

type Place = {
  readonly element: HTMLElement;
  /** What lies around it, innermost first. */
  readonly around: readonly HTMLElement[];
  /** How to find the same thing drawn anew: the nearest named element, and the how manieth focusable in it. */
  readonly name: string | null;
  readonly index: number;
};

/** Where a browser is too old to say it, what has a box is taken for seen. */
const isSeen = (element: HTMLElement): boolean =>
  'checkVisibility' in element
    ? element.checkVisibility({ visibilityProperty: true })
    : Reflect.apply(Element.prototype.getClientRects, element, []).length > 0;

const canFocus = (element: HTMLElement): boolean =>
  element.isConnected && !element.matches(':disabled') && isSeen(element);

const within = (element: ParentNode): HTMLElement[] => [...element.querySelectorAll<HTMLElement>(focusables)];

function placeOf(element: HTMLElement): Place {
  const around: HTMLElement[] = [];
  for (let at = element.parentElement; at !== null && !at.matches(parts); at = at.parentElement) around.push(at);
  const named = element.closest<HTMLElement>('[data-testid]');
  const name = named?.dataset['testid'] ?? null;
  return { element, around, name, index: named === null ? 0 : [named, ...within(named)].indexOf(element) };
}

function drawnAnew({ name, index }: Place): HTMLElement | undefined {
  if (name === null) return undefined;
  const named = document.querySelector<HTMLElement>(`[data-testid="${CSS.escape(name)}"]`);
  return named === null ? undefined : [named, ...within(named)][index];
}

function nearby({ around }: Place): HTMLElement | undefined {
  const nearest = around.find((element) => element.isConnected);
  if (nearest === undefined) return undefined;
  for (const element of around.slice(around.indexOf(nearest))) {
    if (element.matches('main')) return undefined;
    const found = within(element).find(canFocus);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Watches the page until the returned function is called. */
export function keepFocus(): () => void {
  let history: Place[] = [];

  const onFocusIn = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement)) return;
    history = [placeOf(target), ...history.filter(({ element }) => element !== target)].slice(0, remembers);
  };
  // Whoever points beside everything wants nothing to have the focus.
  const onPointerDown = ({ target }: PointerEvent): void => {
    if (target instanceof Element && target.closest(focusables) === null) history = [];
  };
  const find = (last: Place): HTMLElement | undefined => {
    const candidates = [drawnAnew(last), nearby(last), ...history.slice(1).map(({ element }) => element)];
    return candidates.find((one) => one !== undefined && canFocus(one)) ?? document.querySelector('main') ?? undefined;
  };
  const restore = (): void => {
    const [last] = history;
    const focused = document.activeElement;
    if (last === undefined || (focused !== null && focused !== document.body) || !document.hasFocus()) return;
    // A button that waits for its answer is disabled meanwhile, and gets the focus back with the answer.
    if (last.element.isConnected && !canFocus(last.element)) return;
    const next = last.element.isConnected ? last.element : find(last);
    next?.focus({ preventScroll: true });
  };

  const observer = new MutationObserver(restore);
  observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled'] });
  document.addEventListener('focusin', onFocusIn);
  document.addEventListener('pointerdown', onPointerDown);
  return () => {
    observer.disconnect();
    document.removeEventListener('focusin', onFocusIn);
    document.removeEventListener('pointerdown', onPointerDown);
  };
}
