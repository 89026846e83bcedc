/** English sentences on the projector; the Chinese ones are in zh-CN-screen.ts under the same keys. */

export const enScreen = {
  'runs.screen.some': '{{shown}} of {{count}} runs',
} as const;
