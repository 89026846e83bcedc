/**
 * Asks axe-core what is wrong with a page for those who hear it, use a keyboard, or need contrast. Every look is at the whole page
 * by all rules; what depends on colours alone is looked at again in every theme, where it has changed since the look before.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type Axe from 'axe-core';
import type { Page } from 'playwright-core';

const SOURCE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** The ways to see a page that change its colours; what else axe-core looks at is the same in all of them. */
const light = { colorScheme: 'light', contrast: 'no-preference', forcedColors: 'none' } as const;
const others = {
  dark: { colorScheme: 'dark', contrast: 'no-preference', forcedColors: 'none' },
  'more contrast': { colorScheme: 'light', contrast: 'more', forcedColors: 'none' },
  'forced colours': { colorScheme: 'dark', contrast: 'no-preference', forcedColors: 'active' },
} as const;

/** What depends on a theme. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** Returns a line for every element at fault in every theme, or only in the light one, in which it leaves the page. */
export async function violationsOf(page: Page, everyTheme: boolean): Promise<string[]> {
  await page.emulateMedia(light);
  const found = (await faultsIn(page, null, light.colorScheme)).map((fault) => `light: ${fault}`);
  if (!everyTheme || !(await page.evaluate(takeChanges))) return found;
  for (const [name, media] of Object.entries(others)) {
    await page.emulateMedia(media);
    const faults = await faultsIn(page, OF_COLOURS, media.colorScheme);
    found.push(...faults.map((fault) => `${name}: ${fault}`));
  }
  await page.emulateMedia(light);
  await page.evaluate(leaveThemes, light.colorScheme);
  return found;
}

/**
 * Returns a line for every element at fault in a page as it stands: by all rules, or only by some, on what `takeChanges` has
 * found. `scheme` is what the page has to be drawn in first, where it follows one.
 */
export async function faultsIn(page: Page, only: readonly string[] | null, scheme: string | null = null) {
  // As the browser's own tools do it, so that the page's rules about scripts stay as they are.
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    await page.evaluate(SOURCE);
    await page.evaluate(watchChanges);
  }
  const violations = await page.evaluate(runAxe, { only, scheme });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, any }) => `${id} (${help}) at ${target.join(' ')} ${any.map(({ message }) => message).join('; ')}`,
    ),
  );
}

/** What the functions below, which run in the page, keep there. */
type Kept = {
  readonly axe: typeof Axe;
  readonly changes: {
    readonly observer: MutationObserver;
    readonly note: (records: readonly MutationRecord[]) => void;
    since: Set<Element>;
    taken: Element[];
    /** Whether the page is being taken through the themes, which change attributes and change them back. */
    inThemes: boolean;
  };
};

async function runAxe({ only, scheme }: { readonly only: readonly string[] | null; readonly scheme: string | null }) {
  const { axe, changes } = globalThis as unknown as Kept;
  const root = document.documentElement;
  while (scheme !== null && root.dataset['mantineColorScheme'] !== scheme) await new Promise(requestAnimationFrame);
  const options: Axe.RunOptions = {
    resultTypes: ['violations'],
    // Nothing here is loaded from elsewhere.
    preload: false,
    ...(only === null
      ? // What lies over the page covers targets for as long as it is open, and closing it is one key.
        { rules: { 'target-size': { enabled: document.querySelector('[role="dialog"], [role="menu"]') === null } } }
      : { runOnly: { type: 'rule', values: [...only] } }),
  };
  const context = only === null ? document : { include: changes.taken };
  // To work out how elements are called takes as long as all rules together; so it is done where one is at fault.
  const { violations } = await axe.run(context, { ...options, selectors: false });
  return violations.length === 0 ? [] : (await axe.run(context, options)).violations;
}

/** Begins to note which elements are added or become others; at first it is all of them. */
function watchChanges(): void {
  const since = new Set<Element>([document.documentElement]);
  const note = (records: readonly MutationRecord[]): void => {
    const { changes } = globalThis as unknown as Kept;
    for (const { type, target, addedNodes, attributeName: name, oldValue } of records) {
      if (type === 'attributes') {
        // Numbers that are kept for tests and for those who hear the page; and what is written again as it was.
        const isNumber = name !== null && /^(?:aria-value|data-drawn-)/.test(name);
        const isSame = name !== null && target instanceof Element && target.getAttribute(name) === oldValue;
        if (isNumber || isSame || changes.inThemes) continue;
      }
      // A text has the colours of what it stands in.
      const own = target instanceof Element ? target : target.parentElement;
      const added = Array.from(addedNodes, (node) => (node instanceof Element ? node : own));
      for (const element of added.length === 0 ? [own] : added) if (element !== null) changes.since.add(element);
    }
  };
  const observer = new MutationObserver(note);
  Object.assign(globalThis, { changes: { observer, note, since, taken: [], inThemes: false } });
  observer.observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeOldValue: true,
    characterData: true,
  });
}

/** Takes what has changed since the last time, the outermost elements of it; returns whether there is any. */
function takeChanges(): boolean {
  const { changes } = globalThis as unknown as Kept;
  const changed = [...changes.since].filter((element) => element.isConnected && !document.head.contains(element));
  const isInside = (element: Element): boolean => changed.some((other) => other !== element && other.contains(element));
  changes.taken = changed.filter((element) => !isInside(element));
  changes.since = new Set();
  changes.inThemes = changes.taken.length > 0;
  return changes.taken.length > 0;
}

/** Waits until the page is back in a colour scheme; from then on attributes count again. */
async function leaveThemes(scheme: string): Promise<void> {
  const { changes } = globalThis as unknown as Kept;
  while (document.documentElement.dataset['mantineColorScheme'] !== scheme) await new Promise(requestAnimationFrame);
  changes.note(changes.observer.takeRecords());
  changes.inThemes = false;
}
