/** The words for guesses where they are looked back on, in both languages: the question, the answers, and what came out. */
import type { Language } from '../protocol/state.ts';
import { type KeyOf, type Words, wordsFrom } from './say.ts';

export const guessWords = {
  en: {
    'guess.question': 'How many times slower does layer 1 learn than layer {{last}}, at step {{step}}?',
    'guess.choice.equal': 'about equal',
    'guess.choice.times': '{{times}} times',
    'guess.choice.faster': 'layer 1 is faster',
    'guess.answers_one': '{{count}} answer',
    'guess.answers_other': '{{count}} answers',
    'guess.round': 'Round {{round}}: {{answers}}',
    'guess.caption': 'Answers to the guess on run {{label}}',
    'guess.choice': 'Answer',
    'guess.truth': 'what came out',
    'guess.truth.slower': 'It was {{ratio}} times.',
    'guess.truth.faster': 'Layer 1 was {{ratio}} times faster.',
    'guess.truth.none': 'Training ended before the step that was asked about.',
    'guess.right_one': '{{count}} of {{all}} had chosen the nearest answer.',
    'guess.right_other': '{{count}} of {{all}} had chosen the nearest answer.',
    'guess.most': 'Most often expected: {{choice}} ({{share}}).',
    'guess.changed': 'After talking it over, {{after}} instead of {{before}} chose the nearest answer.',
    'guess.slowest': 'Slowest was layer {{layer}}; {{count}} of {{all}} had named it.',
    'guess.reasons': 'Reasons given',
    'guess.open': 'This guess had not been revealed when this was written.',
  },
  'zh-CN': {
    'guess.question': '第 {{step}} 步时，第 1 层的学习速度比第 {{last}} 层慢多少倍？',
    'guess.choice.equal': '差不多',
    'guess.choice.times': '{{times}} 倍',
    'guess.choice.faster': '第 1 层更快',
    'guess.answers_other': '{{count}} 个回答',
    'guess.round': '第 {{round}} 轮：{{answers}}',
    'guess.caption': '对训练 {{label}} 的预测',
    'guess.choice': '回答',
    'guess.truth': '实际结果',
    'guess.truth.slower': '实际是 {{ratio}} 倍。',
    'guess.truth.faster': '实际上第 1 层快 {{ratio}} 倍。',
    'guess.truth.none': '训练在所问的那一步之前就结束了。',
    'guess.right_other': '{{all}} 个回答中有 {{count}} 个选了最接近的答案。',
    'guess.most': '选得最多的是“{{choice}}”（{{share}}）。',
    'guess.changed': '讨论之后，选最接近答案的人数从 {{before}} 变为 {{after}}。',
    'guess.slowest': '最慢的是第 {{layer}} 层；{{all}} 个回答中有 {{count}} 个指出了它。',
    'guess.reasons': '给出的理由',
    'guess.open': '写下这份记录时，这次预测还没有揭晓。',
  },
} as const;

export type GuessWords = Words<KeyOf<(typeof guessWords)['en']> & string>;

/** The words in a language. */
export const guessWordsIn = (language: Language): GuessWords =>
  wordsFrom({ ...guessWords.en, ...guessWords[language] }, language);
