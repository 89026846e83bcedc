/** Asks axe-core what is wrong with a page for those who hear it, use a keyboard, or need contrast. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type Axe from 'axe-core';
import type { Page } from 'playwright-core';

const SOURCE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** The ways to see a page that change its colours; what else axe-core looks at is the same in all of them. */
const themes = {
  light: { colorScheme: 'light', contrast: 'no-preference', forcedColors: 'none' },
  dark: { colorScheme: 'dark', contrast: 'no-preference', forcedColors: 'none' },
  'more contrast': { colorScheme: 'light', contrast: 'more', forcedColors: 'none' },
  'forced colours': { colorScheme: 'dark', contrast: 'no-preference', forcedColors: 'active' },
} as const;

/** What depends on a theme, for all themes but the first. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** Returns a line for every element at fault in every theme, or only in the first one, in which it leaves the page. */
export async function violationsOf(page: Page, everyTheme: boolean): Promise<string[]> {
  const found: string[] = [];
  for (const [index, [name, media]] of Object.entries(themes).entries()) {
    if (index > 0 && !everyTheme) break;
    await page.emulateMedia(media);
    await page.waitForFunction(
      (scheme) => document.documentElement.dataset['mantineColorScheme'] === scheme,
      media.colorScheme,
    );
    const faults = await faultsIn(page, index === 0 ? null : OF_COLOURS);
    found.push(...faults.map((fault) => `${name}: ${fault}`));
  }
  await page.emulateMedia(themes.light);
  return found;
}

/** Returns a line for every element at fault in a page as it stands, by all rules or only by some. */
export async function faultsIn(page: Page, only: readonly string[] | null): Promise<string[]> {
  // As the browser's own tools do it, so that the page's rules about scripts stay as they are.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(SOURCE);
  const results = await page.evaluate(
    (rules) => {
      const { axe } = globalThis as unknown as { axe: typeof Axe };
      return axe.run(document, {
        resultTypes: ['violations'],
        // Nothing here is loaded from elsewhere.
        preload: false,
        ...(rules === null
          ? // What lies over the page covers targets for as long as it is open, and closing it is one key.
            {
              rules: {
                'target-size': { enabled: document.querySelector('[role="dialog"], [role="menu"]') === null },
              },
            }
          : { runOnly: { type: 'rule', values: [...rules] } }),
      });
    },
    only === null ? null : [...only],
  );
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, any }) => `${id} (${help}) at ${target.join(' ')} ${any.map(({ message }) => message).join('; ')}`,
    ),
  );
}
