/** Chinese sentences of the figures that are worked with, and of theory; under the keys of en-figures.ts. */

export const zhCNFigures = {
  'controls.theory': '理论',
  'plot.theory.label': '理论值：仅在起点成立',
  'plot.theory.waiting': '正在计算理论值……',
  'plot.theory.failed': '无法加载计算理论值所需的图像。',
  'plot.theory.none.normalization': '没有理论线：批归一化使各图像相互关联。',
  'plot.theory.none.residual': '没有理论线：信号还会绕过各层传递。',
  'plot.theory.none.constant': '没有理论线：所有权重都相等，并非随机抽取。',
  'plot.theory.none.lsuv': '没有理论线：权重已按图像作了调整。',
  'plot.theory.none.narrow': '没有理论线：每层至少要有 10 个神经元。',
} as const;
