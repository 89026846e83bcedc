/** Chinese sentences on the projector; under the keys of en-screen.ts. */

export const zhCNScreen = {
  'runs.screen.some': '共 {{count}} 次训练，这里显示 {{shown}} 次',
} as const;
