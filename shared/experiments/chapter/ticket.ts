/** The exit ticket: four questions to be answered without running anything, and then checked. The same may open a lesson. */
import { type Experiment, said } from '../experiment.ts';

export const ticket: Experiment = {
  id: 'ticket',
  number: 15,
  title: said('Exit ticket', '下课前的小测'),
  question: said('What do you take home?', '你带走了什么？'),
  minutes: 5,
  deeper: false,
  parts: {
    twenty: {
      kind: 'question',
      title: said('Twenty layers', '二十层'),
      minutes: 2,
      item: 'twenty',
      question: said(
        '20 tanh layers, weights uniform between ±1/√n, no biases. How many times slower is layer 1 than layer 20 at the start?',
        '20 个 tanh 层，权重在 ±1/√n 之间均匀抽取，没有偏置。开始时第 1 层比第 20 层慢多少倍？',
      ),
      options: [
        {
          text: said('20', '20'),
          right: false,
          why: said('Layers multiply, they do not add.', '各层是相乘，不是相加。'),
        },
        {
          text: said('600', '600'),
          right: false,
          why: said('That would be a factor of 1.4 a layer.', '那样每层的因子是 1.4。'),
        },
        {
          text: said('30,000', '30,000'),
          right: true,
          why: said('√3 for each of 19 layers: about 34,000.', '19 层，每层 √3：大约 34,000。'),
        },
        {
          text: said('1,000,000,000', '1,000,000,000'),
          right: false,
          why: said(
            'That would be a factor of 3 a layer: the variance, not the length.',
            '那样每层的因子是 3：那是方差，不是长度。',
          ),
        },
      ],
      runs: [
        {
          dataset: { name: 'mnist', train: 1000, test: 0 },
          hidden: Array<number>(20).fill(100),
          activation: 'tanh',
          initialization: { scheme: 'standard-uniform' },
          batchSize: 'full',
          epochs: 20,
          measureEvery: 1,
        },
      ],
      view: 'plot=layers',
      checks: [
        {
          text: said('Between 20,000 and 70,000 times.', '在 20,000 到 70,000 倍之间。'),
          reading: { run: 0, metric: 'ratio', layer: null, step: 0 },
          least: 20_000,
          most: 70_000,
        },
      ],
      text: said(
        'Each weight has a variance of 1/(3n), so each layer back multiplies the length by √(1/3) = 0.577, and 0.577 to the power 19 is 1/34,000.',
        '每个权重的方差是 1/(3n)，所以每往回一层，长度乘以 √(1/3) = 0.577；0.577 的 19 次方是 1/34,000。',
      ),
    },
    minimum: {
      kind: 'question',
      title: said('At a minimum?', '到极小值了？'),
      minutes: 1,
      item: 'minimum',
      question: said(
        '“The gradient in layer 1 is 0.000001, so we are at a minimum.” Which two measurements decide?',
        '“第 1 层的梯度是 0.000001，所以到极小值了。”看哪两个测量值就能判断？',
      ),
      options: [
        {
          text: said('The gradient of layer 1 later, and its weights', '第 1 层以后的梯度，和它的权重'),
          right: false,
          why: said('It will still be small later.', '以后还是会很小。'),
        },
        {
          text: said('The turn of layer 1 and the accuracy', '第 1 层转过的量，和准确率'),
          right: true,
          why: said('Not moved and wrong: it has not begun.', '没动过，又答得不对：还没开始学。'),
        },
        {
          text: said('The learning rate and the number of steps', '学习率和步数'),
          right: false,
          why: said('They say how far it could have come.', '它们说的是能走多远。'),
        },
        {
          text: said('The displacement and the weight decay', '位移和权重衰减'),
          right: false,
          why: said('Displacement mixes learning with shrinking.', '位移把学习和缩小混在一起。'),
        },
      ],
      text: said('A small gradient alone decides nothing.', '光凭梯度小，什么也判断不了。'),
    },
    clip: {
      kind: 'question',
      title: said('Clipping', '梯度裁剪'),
      minutes: 1,
      item: 'clip',
      question: said(
        'The whole gradient is clipped to the length 1. What happens to the ratio of the speeds of the last and the first layer?',
        '把整个梯度的长度裁剪到 1。最后一层与第一层的速度之比会怎样？',
      ),
      options: [
        {
          text: said('It grows', '变大'),
          right: false,
          why: said('All layers are multiplied by the same number.', '所有层乘的是同一个数。'),
        },
        {
          text: said('It shrinks', '变小'),
          right: false,
          why: said('All layers are multiplied by the same number.', '所有层乘的是同一个数。'),
        },
        {
          text: said('It stays as it is', '不变'),
          right: true,
          why: said('Clipping shortens the step, for all layers alike.', '裁剪缩短的是步子，对所有层一样。'),
        },
      ],
      text: said('Clipping is against steps that are too long.', '裁剪是防止步子太大的。'),
    },
    recurrent: {
      kind: 'question',
      title: said('The same factor a hundred times', '同一个因子乘一百次'),
      minutes: 1,
      item: 'recurrent',
      question: said(
        'A recurrent network repeats one factor 100 times. What is left of a gradient of 1, with the factor 0.9, and with 1.1?',
        '循环网络把同一个因子乘 100 次。梯度原来是 1，因子是 0.9 和 1.1 时，各剩多少？',
      ),
      options: [
        {
          text: said('0.9 and 1.1', '0.9 和 1.1'),
          right: false,
          why: said('That is after one step.', '那是乘一次的结果。'),
        },
        {
          text: said('About 0.1 and 10', '大约 0.1 和 10'),
          right: false,
          why: said('Powers go further than that.', '乘方走得比这远得多。'),
        },
        {
          text: said('About 0.00003 and 14,000', '大约 0.00003 和 14,000'),
          right: true,
          why: said('0.9¹⁰⁰ = 0.0000266 and 1.1¹⁰⁰ = 13,781.', '算出来是 0.9¹⁰⁰ = 0.0000266，1.1¹⁰⁰ = 13,781。'),
        },
        {
          text: said('0 and infinity', '0 和无穷大'),
          right: false,
          why: said('Only after endlessly many steps.', '要乘无穷多次才是。'),
        },
      ],
      text: said(
        'Twenty per cent apart, and nine powers of ten in the end. That is why long sequences are hard for recurrent networks, for the same reason as many layers.',
        '因子只差两成，结果差了九个数量级。所以长序列对循环网络很难，和层数多是同一个道理。',
      ),
    },
  },
};
