/** A broken network to be rescued with one change. */
import { type Experiment, said } from '../experiment.ts';
import { layers, race } from '../settings.ts';

const broken = { ...race, hidden: layers(8), epochs: 20 };

export const rescue: Experiment = {
  id: 'rescue',
  number: 14,
  title: said('Rescue', '抢救'),
  question: said(
    'One change: which one brings a broken network back to life?',
    '只改一处：改哪里，能让坏掉的网络活过来？',
  ),
  minutes: 12,
  deeper: false,
  parts: {
    patient: {
      kind: 'guess',
      title: said('The patient', '病人'),
      minutes: 3,
      lead: said(
        'Eight hidden layers of 30 sigmoid neurons, softmax output, 1,000 digits, batches of 10, 20 epochs. It does not learn. First the diagnosis: how much slower is layer 1?',
        '八个隐藏层，每层 30 个 sigmoid 神经元，softmax 输出，1,000 个数字，每批 10 个，20 轮。它学不会。先诊断：第 1 层慢多少？',
      ),
      configuration: broken,
      step: null,
      asks: { slowest: false, line: false },
      view: 'plot=layers',
      checks: [
        {
          text: said('It ends at chance.', '最后和瞎猜一样。'),
          reading: { run: 0, metric: 'testAccuracy', layer: null, step: 'last' },
          least: null,
          most: 0.15,
        },
        {
          text: said(
            'Layer 1 begins more than 10,000 times slower than layer 8.',
            '第 1 层开始时比第 8 层慢 10,000 倍以上。',
          ),
          reading: { run: 0, metric: 'ratio', layer: null, step: 0 },
          least: 10_000,
          most: null,
        },
      ],
      text: said(
        'Now propose a rescue: change one field, whichever you like, and say why it should help. What counts is the accuracy on digits that the network has not seen, not the ratio. Vote for those you believe in.',
        '现在来抢救：任选一项设置改动，并说明为什么会有用。算数的是对没见过的数字的准确率，不是速度之比。请给你相信的提议投票。',
      ),
      note: said(
        'Set the board to one field at a time, and start the five with the most votes as one batch.',
        '把提议设成一次只能改一项，再把得票最多的五个作为一批同时开始。',
      ),
    },
    outcome: {
      kind: 'runs',
      title: said('Four rescues', '四种抢救'),
      minutes: 5,
      lead: said(
        'Beside yours, four that others have tried: tanh, residual connections, batch normalization, and ten times the learning rate.',
        '除了你们的，再看别人试过的四种：换成 tanh、残差连接、批归一化、学习率加大到十倍。',
      ),
      runs: [
        { ...broken, activation: 'tanh' },
        { ...broken, residual: true },
        { ...broken, normalization: 'batch' },
        { ...broken, optimizer: { name: 'sgd', learningRate: 1 } },
      ],
      view: 'plot=compare&compare=accuracy&runs={runs}',
      checks: [
        {
          text: said('tanh is right about more than 80% of new digits.', 'tanh 对新数字答对 80% 以上。'),
          reading: { run: 0, metric: 'testAccuracy', layer: null, step: 'last' },
          least: 0.8,
          most: null,
        },
        {
          text: said('Residual connections are right about more than 88%.', '残差连接答对 88% 以上。'),
          reading: { run: 1, metric: 'testAccuracy', layer: null, step: 'last' },
          least: 0.88,
          most: null,
        },
        {
          text: said('A larger learning rate changes nothing.', '加大学习率毫无作用。'),
          reading: { run: 3, metric: 'testAccuracy', layer: null, step: 'last' },
          least: null,
          most: 0.15,
        },
      ],
      text: said(
        'With three draws of the weights each: residual connections 90 to 91%, ReLU 87 to 90%, tanh 85 to 88%, batch normalization 87 to 88%. Where such ranges overlap there is no clear winner, whatever a single run says. What does not help, and why: a larger learning rate, smaller batches, clipping and more neurons leave the factor per layer where it was. Adam makes up for some of it: 20 to 27%.',
        '每种抽取三次权重：残差连接 90% 到 91%，ReLU 87% 到 90%，tanh 85% 到 88%，批归一化 87% 到 88%。范围有重叠，就分不出胜负，不管某一次训练怎么说。没有用的是：更大的学习率、更小的批、裁剪、更多的神经元，它们都没有改变每层的因子。Adam 能补回一些：20% 到 27%。',
      ),
    },
    which: {
      kind: 'question',
      title: said('Guess the initialization', '猜猜是哪种初始化'),
      minutes: 4,
      question: said(
        'Three networks of 10 tanh layers with the same settings but one. In the first, layer 1 begins about 100 times slower than layer 10; in the second about as fast; in the third about twice as fast. Which has the largest first weights?',
        '三个十层的 tanh 网络，只有一项设置不同。第一个的第 1 层开始时比第 10 层慢约 100 倍，第二个差不多一样快，第三个快约一倍。哪个的初始权重最大？',
      ),
      options: [
        {
          text: said('The first', '第一个'),
          right: false,
          why: said('Its gradient vanishes: its weights are the smallest.', '它的梯度消失了：权重最小。'),
        },
        { text: said('The second', '第二个'), right: false, why: said('It is near the edge.', '它在分界附近。') },
        {
          text: said('The third', '第三个'),
          right: true,
          why: said(
            'Weights beyond the edge make the gradient grow on its way back.',
            '权重超过了分界，梯度往回传时越来越大。',
          ),
        },
        {
          text: said('It cannot be told', '看不出来'),
          right: false,
          why: said(
            'It can: the ratio is the product of ten factors, and the weights are in each of them.',
            '看得出来：速度比是十个因子的乘积，每个因子里都有权重。',
          ),
        },
      ],
      runs: [
        {
          ...race,
          activation: 'tanh',
          initialization: { scheme: 'standard-uniform' },
          epochs: 5,
          optimizer: { name: 'sgd', learningRate: 0.01 },
        },
        {
          ...race,
          activation: 'tanh',
          initialization: { scheme: 'xavier-uniform' },
          epochs: 5,
          optimizer: { name: 'sgd', learningRate: 0.01 },
        },
        {
          ...race,
          activation: 'tanh',
          initialization: { scheme: 'xavier-uniform', gain: 1.5 },
          epochs: 5,
          optimizer: { name: 'sgd', learningRate: 0.01 },
        },
      ],
      view: 'plot=compare&runs={runs}',
      text: said(
        'From the speeds at the start alone, one can read how the weights were drawn. That is what the measurement is for.',
        '光看开始时的速度，就能看出权重是怎样抽取的。测量就是为了这个。',
      ),
    },
  },
};
