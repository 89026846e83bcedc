/**
 * The lesson of the chapter's first question: three networks, three guesses. The numbers in its texts are those of the chapter's
 * experiments on several draws of the weights; what came out in the room stands beside them.
 */
import type { ConfigurationInput } from '../../protocol/configuration-schema.ts';
import type { Lesson } from '../../protocol/lessons.ts';

const like = {
  dataset: { name: 'mnist', train: 1000, test: 0 },
  regularization: { l2: 5 },
  batchSize: 'full',
  epochs: 500,
  measureEvery: 1,
} as const satisfies Partial<ConfigurationInput>;

export const depth: Lesson<ConfigurationInput> = {
  id: 'depth',
  title: { en: 'Why early layers learn slowly', 'zh-CN': '为什么前面的层学得慢' },
  steps: [
    {
      kind: 'guess',
      title: { en: 'Two hidden layers', 'zh-CN': '两个隐藏层' },
      lead: {
        en: 'Two hidden layers of 30 sigmoid neurons see 1,000 handwritten digits for the first time. The weights are still as they were drawn.',
        'zh-CN': '两个隐藏层各有 30 个 sigmoid 神经元，第一次看到 1,000 幅手写数字，权重还是刚抽取的样子。',
      },
      configuration: { ...like, hidden: [30, 30] },
      step: null,
      asks: { slowest: false, line: false },
      text: {
        en: 'The speed of learning of a layer is the length of its mean gradient with respect to the biases: how much the cost pulls at it. Layer 1 begins about five times slower than layer 2. That is no accident of these weights: in 300 draws it was between 3.3 and 7.2 times slower, and never faster.\n\nThen both curves fall steeply and later rise again.',
        'zh-CN':
          '一层的学习速度，是代价对这一层偏置的平均梯度的长度：代价拉动它的力气有多大。开始时，第 1 层大约比第 2 层慢 5 倍。这并不是碰巧抽到了这样的权重：抽取 300 次，它慢 3.3 到 7.2 倍，没有一次更快。\n\n随后两条曲线都陡然下降，后来又回升。',
      },
    },
    {
      kind: 'guess',
      title: { en: 'Four hidden layers', 'zh-CN': '四个隐藏层' },
      lead: {
        en: 'Only one thing is changed: four hidden layers instead of two.',
        'zh-CN': '只改一处：隐藏层从两个变成四个。',
      },
      configuration: { ...like, hidden: [30, 30, 30, 30] },
      step: null,
      asks: { slowest: true, line: false },
      text: {
        en: 'On its way back, the gradient is multiplied in every layer by the weights and by the slope of the sigmoid, which is at most 1/4. Here each layer passes on about a fifth. Three layers make\n\n1/5 × 1/5 × 1/5 = 1/125.\n\nIn 300 draws of the weights, layer 1 began between 65 and 272 times slower than layer 4. To the first layer hardly anything is said, and it stays almost as random as it was drawn. After 500 steps this network is right about 11.7% of the images: as often as if it always said 7.',
        'zh-CN':
          '梯度往回传时，每经过一层都要乘上权重，再乘上 sigmoid 的斜率，而斜率最大只有 1/4。在这里，每一层大约只传下去五分之一，三层就是\n\n1/5 × 1/5 × 1/5 = 1/125。\n\n抽取 300 次权重，开始时第 1 层都比第 4 层慢 65 到 272 倍。第一层几乎得不到任何消息，一直和刚抽取时差不多随机。500 步之后，这个网络答对 11.7% 的图像：和永远回答“7”一样多。',
      },
    },
    {
      kind: 'guess',
      title: { en: 'Another activation, other first weights', 'zh-CN': '换激活函数，换初始权重' },
      lead: {
        en: 'Four hidden layers again. The activation is tanh, whose slope reaches 1, and the first weights are drawn as Xavier Glorot proposed, so that a signal keeps its size from layer to layer.',
        'zh-CN':
          '还是四个隐藏层。激活函数换成 tanh，它的斜率可以达到 1；初始权重按 Xavier Glorot 的方法抽取，让信号逐层传递时大小不变。',
      },
      configuration: {
        ...like,
        hidden: [30, 30, 30, 30],
        activation: 'tanh',
        initialization: { scheme: 'xavier-uniform' },
      },
      step: null,
      asks: { slowest: false, line: true },
      text: {
        en: 'Now all layers begin about equally fast: in eight draws of the weights, layer 1 was between 1.3 and 2.5 times slower than layer 4. And the network learns: after 500 steps it is right about more than 99% of these images.\n\nTwo things were changed at once. Which of them does it? Propose a run that changes only one.',
        'zh-CN':
          '现在各层开始时差不多一样快：抽取 8 次权重，第 1 层只比第 4 层慢 1.3 到 2.5 倍。网络也真的学会了：500 步之后，这些图像它答对 99% 以上。\n\n这次同时改了两处。起作用的是哪一处？请提议一次只改其中一处的运行。',
      },
    },
    {
      kind: 'text',
      title: { en: 'What we have seen', 'zh-CN': '我们看到了什么' },
      text: {
        en: 'The gradient that reaches a layer is a product of many factors, one from each layer behind it. A product of many factors is unstable: where most are below 1 it vanishes, where most are above 1 it explodes. Only where they are near 1 do all layers learn at similar speeds.\n\nDepth alone does not make a network better. Whether its first layers get to learn is decided by the activation and by how the weights are drawn.',
        'zh-CN':
          '传到某一层的梯度，是许多因子的乘积，它后面的每一层贡献一个。许多因子的乘积是不稳定的：多数小于 1，它就消失；多数大于 1，它就爆炸。只有这些因子都接近 1，各层才能以相近的速度学习。\n\n深度本身并不会让网络变好。前面的层学不学得到东西，取决于激活函数，也取决于权重怎样抽取。',
      },
    },
  ],
};
