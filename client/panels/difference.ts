/** Configurations in words, as the report says them too, and an estimated time. */
import { plainNumber, roughTime } from '../i18n/numbers.ts';
import type { Words } from '../i18n/words.ts';

export * from '../../shared/words/difference.ts';

/** Says an estimated time: about 3 s, less than a second. */
export function saidTime({ say, language }: Words, seconds: number): string {
  const { unit, count } = roughTime(seconds);
  return say(`time.${unit}`, { count: plainNumber(count, language) });
}
