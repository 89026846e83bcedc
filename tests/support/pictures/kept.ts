/** Pictures that are kept: a new one is compared with the one that was looked at, and a person accepts it where it should differ. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect } from 'vitest';
import { differenceOf, drawDifference, isOther, type Mask } from './difference.ts';
import { decodePng, encodePng } from './png.ts';

const project = join(import.meta.dirname, '../../..');
const keptIn = join(project, 'tests/browser/pictures');
/** Not in the repository: what was drawn, to be looked at. */
const drawnIn = join(project, 'tests/browser/screenshots');

const accepting = process.env['ACCEPT_PICTURES'] === '1';
const how = 'Look at it; if it is right, accept it with ACCEPT_PICTURES=1 npm test -- tests/browser/pictures';

/** Whether a screenshot looks otherwise than the picture that is kept under this name. */
export function looksOther(name: string, screenshot: Uint8Array, masks: readonly Mask[]): boolean {
  const [kept, drawn] = [decodePng(readFileSync(join(keptIn, `${name}.png`))), decodePng(screenshot)];
  const isSameSize = kept.width === drawn.width && kept.height === drawn.height;
  return !isSameSize || isOther(differenceOf(kept, drawn, masks));
}

/** Says of screenshots whether they look like the picture that is kept under this name; as long as there is none, all do. */
export const looksLike =
  (name: string) =>
  (screenshot: Uint8Array, masks: readonly Mask[]): boolean =>
    !existsSync(join(keptIn, `${name}.png`)) || !looksOther(name, screenshot, masks);

/** Fails unless a screenshot looks like the picture that is kept under this name; `masks` are not compared. */
export function expectPicture(name: string, screenshot: Uint8Array, masks: readonly Mask[] = []): void {
  const drawn = decodePng(screenshot);
  const kept = join(keptIn, `${name}.png`);
  const written = join(drawnIn, `${name}.png`);
  mkdirSync(drawnIn, { recursive: true });
  writeFileSync(written, screenshot);
  const before = existsSync(kept) ? decodePng(readFileSync(kept)) : null;
  const isSameSize = before?.width === drawn.width && before.height === drawn.height;
  const difference = before === null || !isSameSize ? null : differenceOf(before, drawn, masks);
  if (accepting) {
    // What is kept stays as it is as long as it looks the same, so that the history holds no noise.
    if (difference !== null && !isOther(difference)) return;
    mkdirSync(keptIn, { recursive: true });
    writeFileSync(kept, encodePng(drawn));
    return;
  }
  const shown = relative(project, written);
  if (before === null) expect.fail(`There is no picture ${name} yet. The new one is ${shown}. ${how}.`);
  if (difference === null) {
    const sizes = `${drawn.width} x ${drawn.height} pixels instead of ${before.width} x ${before.height}`;
    expect.fail(`${name} has ${sizes}. The new one is ${shown}. ${how}.`);
  }
  if (!isOther(difference)) return;
  const marked = join(drawnIn, `${name}.difference.png`);
  writeFileSync(marked, encodePng(drawDifference(drawn, difference)));
  const [share, touched] = [difference.share, difference.touched].map((part) => `${(part * 100).toFixed(2)} %`);
  expect.fail(
    `${name} differs in ${difference.squares.length} squares, ${share} of the picture, by up to ${Math.round(difference.most)} of 255; ` +
      `${touched} differ a little. ` +
      `The new one is ${shown}, and ${relative(project, marked)} marks where. ${how}.`,
  );
}
