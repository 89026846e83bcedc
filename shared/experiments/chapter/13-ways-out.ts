/** What helps: the remedies side by side, the race, and what does not help. */
import { type Experiment, said } from '../experiment.ts';
import { race } from '../settings.ts';

const at = (learningRate: number) => ({ optimizer: { name: 'sgd' as const, learningRate } });
const sigmoid = race;
const residual = { ...race, residual: true };
const tanh = { ...race, activation: 'tanh' as const, initialization: { scheme: 'xavier-uniform' as const } };
const relu = { ...race, activation: 'relu' as const, initialization: { scheme: 'he-normal' as const } };

export const waysOut: Experiment = {
  id: 'ways-out',
  number: 13,
  title: said('Ways out', '出路'),
  question: said('What makes ten layers learn?', '怎样让十层的网络学起来？'),
  minutes: 14,
  deeper: false,
  parts: {
    race: {
      kind: 'question',
      title: said('The race', '比赛'),
      minutes: 8,
      question: said(
        'Ten hidden layers of 30 neurons, 1,000 digits, 30 epochs. The sigmoid network does not learn. Which change alone makes it learn?',
        '十个隐藏层，每层 30 个神经元，1,000 个数字，30 轮。sigmoid 网络学不会。单独改哪一样，它就能学会？',
      ),
      options: [
        {
          text: said('A learning rate ten times as large', '学习率加大到十倍'),
          right: false,
          why: said(
            'At 0.01, 0.05, 0.5, 5 and 50 it stays at chance: layer 1 is a million times slower, not ten times.',
            '学习率取 0.01、0.05、0.5、5、50，都和瞎猜一样：第 1 层慢一百万倍，不是十倍。',
          ),
        },
        {
          text: said('Clipping the gradient', '梯度裁剪'),
          right: false,
          why: said('It makes all layers slower by the same factor.', '它只是让所有层同样地变慢。'),
        },
        {
          text: said('Residual connections: each layer adds to what it gets', '残差连接：每层都加在原来的输入上'),
          right: true,
          why: said(
            'Right about every image after 30 epochs, with the same sigmoids and the same weights.',
            '同样的 sigmoid，同样的权重，30 轮之后每幅图像都答对。',
          ),
        },
        {
          text: said('Xavier weights', 'Xavier 初始化'),
          right: false,
          why: said(
            'They were made for symmetric activations. With sigmoids the first layer is still 300,000 times slower or more.',
            '它是为对称的激活函数设计的。用 sigmoid 时，第一层仍然慢 300,000 倍以上。',
          ),
        },
      ],
      runs: [
        ...[0.05, 0.5, 5].map((rate) => ({ ...sigmoid, ...at(rate) })),
        ...[0.01, 0.05, 0.5].map((rate) => ({ ...residual, ...at(rate) })),
        ...[0.01, 0.05, 0.5].map((rate) => ({ ...tanh, ...at(rate) })),
        ...[0.01, 0.05, 0.5].map((rate) => ({ ...relu, ...at(rate) })),
      ],
      view: 'plot=compare&compare=accuracy&runs={runs}',
      hint: said(
        'Which of these changes how much of the gradient each layer passes on?',
        '这几样里，哪一样改变了每一层往下传多少梯度？',
      ),
      checks: [
        {
          text: said(
            'The sigmoid network stays at chance, also with the learning rate 5.',
            '学习率加到 5，sigmoid 网络也还是和瞎猜一样。',
          ),
          reading: { run: 2, metric: 'trainAccuracy', layer: null, step: 'last' },
          least: null,
          most: 0.15,
        },
        {
          text: said('With residual connections it ends above 95%.', '加上残差连接，最后超过 95%。'),
          reading: { run: 5, metric: 'trainAccuracy', layer: null, step: 'last' },
          least: 0.95,
          most: null,
        },
        {
          text: said(
            'tanh with Xavier weights ends above 95% at 0.05,',
            'tanh 加 Xavier 初始化，学习率 0.05 时最后超过 95%，',
          ),
          reading: { run: 7, metric: 'trainAccuracy', layer: null, step: 'last' },
          least: 0.95,
          most: null,
        },
        {
          text: said('and does not learn at 0.5: too large a step.', '0.5 时就学不会了：步子太大。'),
          reading: { run: 8, metric: 'trainAccuracy', layer: null, step: 'last' },
          least: null,
          most: 0.2,
        },
      ],
      text: said(
        'Each remedy brings the factor per layer near 1. Residual connections add the way straight through: what comes back is 1 plus a little, in every layer. tanh with Xavier weights has slopes near 1 and weights of the right size. ReLU with He’s weights lets half through, and has weights twice as large to make up for it.\n\nEach network was run at three learning rates, so nobody can say that a larger one would have done it.',
        '每种办法都让每层的因子接近 1。残差连接加了一条直通的路：每一层往回传的，都是 1 再加上一点。tanh 加 Xavier 初始化，斜率接近 1，权重大小合适。ReLU 加 He 初始化，放过一半，方差加倍正好补回来。\n\n每个网络都用三种学习率跑过，所以谁也不能说，学习率大一点就行了。',
      ),
      note: said(
        'Twelve short runs, about half a minute of computing. If late, look at the sigmoid and the residual ones only.',
        '十二次短的训练，大约要算半分钟。时间不够，就只看 sigmoid 和残差的。',
      ),
    },
    remedies: {
      kind: 'text',
      title: said('The remedies in numbers', '各种办法的数字'),
      minutes: 3,
      figure: 'remedies',
      text: said(
        'The table is measured in your page, before the first step: by which factor each layer changes the gradient on its way back. With the chapter’s sigmoids it is about a fifth, and Xavier’s weights hardly change that. tanh with the old rule has 0.58, with Xavier’s or orthogonal weights about 0.94; ReLU has 0.41 with the old rule and 1 with He’s.\n\nNear 1 is good. Above 1 is no better than below: ReLU with skip connections and nothing to scale them makes about 1.5, which in ten layers is 37 times.\n\nBatch normalization sets the spread of every neuron to 1 at each step. It rescues sigmoids. But it does not make gradients level by itself: in deep ReLU networks with it they grow by a fifth in every layer or more.',
        '表里的数是在你的页面上测出来的，都在第一步之前：每往回一层，梯度乘以多少。本章的 sigmoid 大约是五分之一，换成 Xavier 的权重也差不多。tanh 用旧办法是 0.58，用 Xavier 或正交的权重大约是 0.94；ReLU 用旧办法是 0.41，用 He 的是 1。\n\n接近 1 才好，大于 1 并不比小于 1 好：ReLU 加跳跃连接而不缩放，大约是 1.5，十层下来就是 37 倍。\n\n批归一化在每一步都把每个神经元的散布调成 1。它能救活 sigmoid，但并不会自动把梯度拉平：深的 ReLU 网络用了它，梯度每层会增加五分之一，甚至更多。',
      ),
    },
    clip: {
      kind: 'question',
      title: said('Clipping', '梯度裁剪'),
      minutes: 2,
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
          why: said(
            'Clipping cures steps that are too long. It does nothing about layers that are unequal.',
            '裁剪治的是步子太大，管不了各层不相等。',
          ),
        },
      ],
      text: said(
        'Clipping protects against explosions of the step. The balance between layers is none of its business.',
        '裁剪能防止步子爆炸，各层之间平不平衡，它不管。',
      ),
    },
  },
};
