/** Names for those who do not want to give their own: a few at a time, in the language of the page. */
import type { Language } from '../../shared/protocol/state.ts';

const names: Readonly<Record<Language, readonly (readonly string[])[]>> = {
  en: [
    ['Calm', 'Quick', 'Bright', 'Curious', 'Gentle', 'Bold', 'Merry', 'Patient'],
    [' Otter', ' Heron', ' Fox', ' Lynx', ' Wren', ' Badger', ' Seal', ' Hare', ' Owl'],
  ],
  'zh-CN': [
    ['安静的', '敏捷的', '明亮的', '好奇的', '温和的', '勇敢的', '快乐的', '耐心的'],
    ['水獭', '苍鹭', '狐狸', '山猫', '鹪鹩', '松鼠', '海豹', '野兔', '猫头鹰'],
  ],
};

/** Draws `count` different names; `chance` gives numbers from 0 up to 1. */
export function suggestedNames(language: Language, count: number, chance: () => number): string[] {
  const drawn = new Set<string>();
  const one = (list: readonly string[]): string => list[Math.floor(chance() * list.length)] ?? '';
  while (drawn.size < count) drawn.add(names[language].map(one).join(''));
  return [...drawn];
}
