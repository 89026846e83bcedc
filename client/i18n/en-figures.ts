/** English sentences of the figures that are worked with, and of theory; the Chinese ones are in zh-CN-figures.ts under the same keys. */

export const enFigures = {
  'controls.theory': 'Theory',
  'plot.theory.label': 'theory: valid at the start only',
  'plot.theory.waiting': 'Working out what theory predicts…',
  'plot.theory.failed': 'The images that theory rests on cannot be loaded.',
  'plot.theory.none.normalization': 'No theory line: batch normalization ties the images together.',
  'plot.theory.none.residual': 'No theory line: the signal also goes around the layers.',
  'plot.theory.none.constant': 'No theory line: all weights are equal, none is drawn.',
  'plot.theory.none.lsuv': 'No theory line: the weights were fitted to the images.',
  'plot.theory.none.narrow': 'No theory line: it needs at least 10 neurons in every layer.',
} as const;
