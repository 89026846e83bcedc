/** A person who has only a keyboard: presses keys, and sees to it after each that the focus is somewhere and can be seen. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** More stops than any page has. */
const MOST_STOPS = 150;

export type Focus = {
  /** The hook of what has the focus, or of what it lies in; for the rest its tag. */
  readonly name: string;
  readonly inDialog: boolean;
  /** What is wrong with it; null: nothing. */
  readonly fault: 'nowhere' | 'no outline' | 'no size' | 'hidden' | null;
};

/** Looks at what has the focus. */
export const focusOf = (page: Page): Promise<Focus> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body)
      return { name: 'body', inDialog: false, fault: 'nowhere' as const };
    const name = element.closest('[data-testid]')?.getAttribute('data-testid') ?? element.tagName.toLowerCase();
    const outlined = [undefined, '::after'].some((pseudo) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element, pseudo);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1;
    });
    const { width, height } = element.getBoundingClientRect();
    const fault = !outlined
      ? ('no outline' as const)
      : width * height === 0
        ? ('no size' as const)
        : element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
          ? null
          : ('hidden' as const);
    return { name, inDialog: element.closest('[role="dialog"], [role="menu"]') !== null, fault };
  });

/** Presses a key; afterwards something has the focus, with an outline. */
export async function press(page: Page, key: string): Promise<Focus> {
  await page.keyboard.press(key);
  await isSeen(page, key);
  return focusOf(page);
}

/**
 * Goes with a key, Tab unless another is named, until what has this hook has the focus; returns the stops on the way. Behind
 * the last stop of a page come the browser's own bars, once.
 */
export async function goTo(page: Page, hook: string, key = 'Tab'): Promise<string[]> {
  const stops: string[] = [];
  while (stops.length < MOST_STOPS) {
    await page.keyboard.press(key);
    if (stops.includes('body')) await isSeen(page, key);
    const { name, fault } = await focusOf(page);
    if (fault !== null && fault !== 'nowhere') await isSeen(page, key);
    stops.push(name);
    if (name === hook) return stops;
  }
  throw new Error(`${key} does not lead to ${hook}, but to ${stops.join(', ')}`);
}

const isSeen = (page: Page, key: string): Promise<void> =>
  expect.poll(async () => (await focusOf(page)).fault, { message: `focus after ${key}` }).toBeNull();

/** Waits until what has this hook has the focus. */
export const hasFocus = (page: Page, hook: string): Promise<void> =>
  expect.poll(() => focusOf(page), { message: `focus at ${hook}` }).toMatchObject({ name: hook, fault: null });
