/** An estimated time in words. */
import { plainNumber, roughTime } from '../../shared/words/numbers.ts';
import type { Words } from '../i18n/words.ts';

/** Says an estimated time: about 3 s, less than a second. */
export function saidTime({ say, language }: Words, seconds: number): string {
  const { unit, count } = roughTime(seconds);
  return say(`time.${unit}`, { count: plainNumber(count, language) });
}
