/** Glorot and Bengio's figures: what the activations do, at the start and while the network learns. */
import { type Experiment, said } from '../experiment.ts';
import { layers } from '../settings.ts';

const images = { name: 'mnist' as const, train: 50_000, test: 2000 };

const sigmoids = (depth: number) => ({
  dataset: images,
  hidden: layers(depth, 100),
  initialization: { scheme: 'standard-uniform' as const },
  output: 'softmax' as const,
  batchSize: 10,
  epochs: 2,
  measureEvery: 100,
});

/** Glorot and Bengio's race: their picture generator, 40,000 steps, and the depth that each activation liked best. */
const racer = (activation: 'sigmoid' | 'tanh' | 'softsign', scheme: 'standard-uniform' | 'xavier-uniform') => ({
  dataset: { name: 'shapeset' as const, train: 20_000, test: 10_000 },
  hidden: layers(activation === 'sigmoid' ? 4 : 5, 100),
  activation,
  initialization: { scheme },
  output: 'softmax' as const,
  batchSize: 10,
  epochs: 20,
  measureEvery: 1000,
  evaluateEvery: 5,
  optimizer: { name: 'sgd' as const, learningRate: 0.02 },
});

const tanh = (scheme: 'standard-uniform' | 'xavier-uniform') => ({
  dataset: images,
  hidden: layers(5, 100),
  activation: 'tanh' as const,
  initialization: { scheme },
  output: 'softmax' as const,
  batchSize: 10,
  epochs: 1,
  measureEvery: 50,
  optimizer: { name: 'sgd' as const, learningRate: 0.05 },
});

export const saturation: Experiment = {
  id: 'saturation',
  number: 11,
  title: said('Saturation', '饱和'),
  question: said(
    'What happens to the neurons while a deep network does not learn?',
    '深的网络学不动的时候，神经元里发生了什么？',
  ),
  minutes: 20,
  deeper: true,
  parts: {
    collapse: {
      kind: 'question',
      title: said('The last hidden layer', '最后一个隐藏层'),
      minutes: 5,
      question: said(
        'Four hidden layers of 100 sigmoid neurons, trained on 50,000 digits. At the start every layer answers 0.5 on average. What will the last hidden layer do in the first 10,000 steps?',
        '四个隐藏层，每层 100 个 sigmoid 神经元，用 50,000 个数字训练。开始时每层的激活值平均都是 0.5。头 10,000 步里，最后一个隐藏层会怎样？',
      ),
      options: [
        {
          text: said('It stays near 0.5', '停在 0.5 附近'),
          right: false,
          why: said(
            'That is what the first layer does: nothing reaches it.',
            '停着不动的是第一层：什么也传不到它那里。',
          ),
        },
        {
          text: said('It goes to 0', '趋向 0'),
          right: true,
          why: said(
            'From 0.50 to 0.23 after 1,000 steps and 0.05 after 10,000.',
            '从 0.50 降到 1,000 步时的 0.23，10,000 步时是 0.05。',
          ),
        },
        {
          text: said('It goes to 1', '趋向 1'),
          right: false,
          why: said('Some layers before it rise, but the last one does not.', '它前面有的层会上升，但最后一层不会。'),
        },
      ],
      runs: [sigmoids(4)],
      view: 'plot=why',
      checks: [
        {
          text: said(
            'After 1,000 steps the mean activation of layer 4 is below 0.3.',
            '1,000 步之后，第 4 层的平均激活值低于 0.3。',
          ),
          reading: { run: 0, metric: 'activationMean', layer: 4, step: 1000 },
          least: null,
          most: 0.3,
        },
        {
          text: said('After 10,000 it is below 0.1,', '10,000 步之后低于 0.1，'),
          reading: { run: 0, metric: 'activationMean', layer: 4, step: 10_000 },
          least: null,
          most: 0.1,
        },
        {
          text: said('while that of layer 3 is above 0.5.', '而第 3 层的高于 0.5。'),
          reading: { run: 0, metric: 'activationMean', layer: 3, step: 10_000 },
          least: 0.5,
          most: null,
        },
      ],
      text: said(
        'The output layer learns first, since the whole gradient reaches it. What the hidden layers send is still noise, so the best that it can do is not to listen: it learns the class frequencies with its biases, and pushes the activations of the last hidden layer to 0. For a sigmoid, 0 is saturation: the slope there is almost 0, and what little gradient there was is cut off.\n\nFor tanh, 0 is the middle, where the slope is largest. That is one reason why symmetric activations train better.',
        '输出层最先学会，因为梯度完整地到了它那里。隐藏层送来的还是噪声，输出层最好的办法就是不听：用偏置记住各个数字有多常见，并把最后一个隐藏层的激活值压到 0。对 sigmoid 来说，0 就是饱和，那里斜率几乎为 0，本来就不多的梯度也断了。\n\n对 tanh 来说，0 是正中，斜率最大。对称的激活函数更好训练，这是原因之一。',
      ),
      note: said(
        'Glorot and Bengio saw the network with four layers escape after some 100 epochs. Here, in 20,000 steps, it does not; with five layers it never did for them either.',
        'Glorot 和 Bengio 看到四层的网络在大约 100 轮之后挣脱出来。这里的 20,000 步里没有；五层的，他们也没看到挣脱。',
      ),
    },
    start: {
      kind: 'runs',
      title: said('Two ways to draw the weights', '抽取权重的两种办法'),
      minutes: 5,
      lead: said(
        'Five hidden layers of 100 tanh neurons, with weights drawn in the way that was usual before 2010, and as Glorot and Bengio proposed.',
        '五个隐藏层，每层 100 个 tanh 神经元。权重一次按 2010 年以前通行的办法抽取，一次按 Glorot 和 Bengio 的提议抽取。',
      ),
      runs: [tanh('standard-uniform'), tanh('xavier-uniform')],
      view: 'plot=compare&compare=accuracy&runs={runs}',
      formulas: [
        {
          tex: 'W\\sim U\\!\\left[-\\frac{1}{\\sqrt n},\\frac{1}{\\sqrt n}\\right]\\qquad W\\sim U\\!\\left[-\\sqrt{\\frac{6}{n_{\\text{in}}+n_{\\text{out}}}},\\sqrt{\\frac{6}{n_{\\text{in}}+n_{\\text{out}}}}\\right]',
          spoken: said(
            'Weights uniform between minus and plus 1 over the root of n; and uniform between minus and plus the root of 6 over the sum of inputs and outputs.',
            '一种是在正负根号 n 分之一之间均匀抽取；另一种是在正负根号下（6 除以输入数与输出数之和）之间均匀抽取。',
          ),
        },
      ],
      checks: [
        {
          text: said(
            'The usual way: activations of layer 5 spread less than a quarter as far as those of layer 1.',
            '通行的办法：第 5 层激活值的散布不到第 1 层的四分之一。',
          ),
          reading: { run: 0, metric: 'activationStd', layer: 5, step: 0 },
          least: null,
          most: 0.04,
        },
        {
          text: said(
            'Glorot’s way: they spread more than 0.2 in layer 5, too.',
            'Glorot 的办法：第 5 层的散布也超过 0.2。',
          ),
          reading: { run: 1, metric: 'activationStd', layer: 5, step: 0 },
          least: 0.2,
          most: null,
        },
        {
          text: said(
            'After 100 steps Glorot’s network is right more than half of the time.',
            '100 步之后，Glorot 的网络答对一半以上。',
          ),
          reading: { run: 1, metric: 'trainAccuracy', layer: null, step: 100 },
          least: 0.5,
          most: null,
        },
      ],
      text: said(
        'With\n\n[1]\n\nthe first rule makes signals shrink to about 58% in every layer, forwards and backwards: each weight has a third of the variance that would keep them. The second keeps them as well as one number can in both directions. The network with it reaches 70% after 50 to 100 steps, the other after 350 to 400. Both get there: five layers are not many.',
        '两种办法是\n\n[1]\n\n按第一种，信号每过一层缩小到约 58%，往前往后都是：每个权重的方差只有保持信号所需的三分之一。第二种用一个数同时尽量顾到两个方向。用它的网络 50 到 100 步就达到 70%，另一个要 350 到 400 步。两个都能到：五层还不算多。',
      ),
    },
    trap: {
      kind: 'question',
      title: said('A trap', '一个陷阱'),
      minutes: 2,
      question: said(
        'With the usual way of drawing weights, the gradients of the weights are about equally long in all layers. So is everything well?',
        '按通行的办法抽取权重，各层权重的梯度差不多一样长。那就没问题了吗？',
      ),
      options: [
        {
          text: said('Yes: what counts is the gradient of the weights', '是：要紧的是权重的梯度'),
          right: false,
          why: said(
            'It is a product of what comes back and of what came forward. One shrinks where the other grows.',
            '它是往回传的量与往前传的量的乘积，一个缩小，另一个正好增大。',
          ),
        },
        {
          text: said('No: two faults cancel in it', '不是：两个毛病在里面抵消了'),
          right: true,
          why: said(
            'Forward signals shrink towards the output, backward ones towards the input; their product is level.',
            '往前的信号越靠近输出越小，往回的信号越靠近输入越小，乘起来正好平。',
          ),
        },
        {
          text: said('No: equal gradients are always bad', '不是：梯度相等总是坏事'),
          right: false,
          why: said('They are not. They are only no proof.', '不是坏事，只是证明不了什么。'),
        },
      ],
      text: said(
        'Look at δ, and at the activations, each by themselves. A level product can hide that both are dying.',
        '要把 δ 和激活值分开看。乘积平了，可能掩盖两个都在衰减。',
      ),
    },
    race: {
      kind: 'question',
      title: said('A race on shapes', '图形上的比赛'),
      minutes: 6,
      question: said(
        'Which shapes are in the picture: triangles, parallelograms, ellipses, one or two of them? Five networks of 4 or 5 hidden layers of 100 neurons see 20,000 such pictures 20 times. Which is right most often about new ones?',
        '图里有哪些图形：三角形、平行四边形、椭圆，一个还是两个？五个网络，4 到 5 个隐藏层，每层 100 个神经元，把 20,000 张这样的图看 20 遍。对新的图，哪个答对最多？',
      ),
      options: [
        {
          text: said('Sigmoid, the usual weights', 'sigmoid，通行的权重'),
          right: false,
          why: said(
            'It stays at chance, 1 in 9: its last hidden layer has gone to 0.',
            '它一直和瞎猜一样，九分之一：最后一个隐藏层已经趋向 0。',
          ),
        },
        {
          text: said('tanh, the usual weights', 'tanh，通行的权重'),
          right: false,
          why: said('It learns, and is the slowest of those that do.', '它能学会，但在学得会的里面最慢。'),
        },
        {
          text: said('Softsign, the usual weights', 'softsign，通行的权重'),
          right: false,
          why: said(
            'It saturates more gently than tanh and is a little ahead of it.',
            '它饱和得比 tanh 缓，略微领先。',
          ),
        },
        {
          text: said('tanh, Glorot’s weights', 'tanh，Glorot 的权重'),
          right: true,
          why: said(
            'As in the paper: right about 37% of new pictures, tanh with the usual weights about 32%.',
            '和论文一样：对新图答对 37%，权重按通行的办法时约 32%。',
          ),
        },
      ],
      runs: [
        racer('sigmoid', 'standard-uniform'),
        racer('tanh', 'standard-uniform'),
        racer('softsign', 'standard-uniform'),
        racer('softsign', 'xavier-uniform'),
        racer('tanh', 'xavier-uniform'),
      ],
      view: 'plot=compare&compare=accuracy&runs={runs}',
      checks: [
        {
          text: said('The sigmoid network is right about 1 new picture in 9.', 'sigmoid 网络对新图只答对九分之一。'),
          reading: { run: 0, metric: 'testAccuracy', layer: null, step: 'last' },
          least: null,
          most: 0.15,
        },
        {
          text: said('tanh with the usual weights: fewer than 35%.', 'tanh 加通行的权重：不到 35%。'),
          reading: { run: 1, metric: 'testAccuracy', layer: null, step: 'last' },
          least: null,
          most: 0.35,
        },
        {
          text: said('With Glorot’s weights: more than 36%.', '换成 Glorot 的权重：超过 36%。'),
          reading: { run: 4, metric: 'testAccuracy', layer: null, step: 'last' },
          least: 0.36,
          most: null,
        },
      ],
      text: said(
        'Wrong answers in the paper’s table, after 5 million updates with 1,000 neurons a layer: sigmoid 82.61%, tanh 27.15%, softsign 16.27%, softsign with normalized weights 16.06%, tanh with normalized weights 15.60%. Here, after 40,000 updates with 100 neurons: 88.9%, 68.2%, 66.6%, 64.6% and 62.6%. The order is the same; tanh and softsign are so close that another draw of the weights may turn them round.\n\nThe depth is not what fails here. What the layers hand on at the start, and what their neurons do when they are pushed, decides whether five layers are of any use.',
        '论文的表里，每层 1,000 个神经元，更新 5 百万次后的错误率：sigmoid 82.61%，tanh 27.15%，softsign 16.27%，softsign 加归一化的权重 16.06%，tanh 加归一化的权重 15.60%。这里每层 100 个神经元，更新 40,000 次后是 88.9%、68.2%、66.6%、64.6% 和 62.6%。次序一样；tanh 和 softsign 很接近，换一次抽取就可能颠倒。\n\n失败的原因不在深度。五层有没有用，取决于开始时各层传下去多少，以及神经元被推动时如何反应。',
      ),
      note: said(
        'About a minute of computing; start it while the last question is still being discussed.',
        '大约要算一分钟；上一个问题还在讨论的时候就可以先开始。',
      ),
    },
    surface: {
      kind: 'text',
      title: said('Plateaus of the cost', '代价的平台'),
      minutes: 2,
      figure: 'surface',
      text: said(
        'The cost of a small network as a surface over two of its weights, with the quadratic cost and with cross-entropy. Where it is flat, gradient descent stands still. The quadratic cost is nearly flat over a larger part of the picture.',
        '把一个小网络的代价画成它的两个权重之上的曲面：一个用二次代价，一个用交叉熵。平的地方，梯度下降走不动。二次代价接近平坦的部分更大。',
      ),
    },
  },
};
