/** A broken network to be rescued with one change. */
import { type Experiment, said } from '../experiment.ts';
import { layers, race } from '../settings.ts';

const broken = { ...race, hidden: layers(8), epochs: 20 };

/** What the curves of the match are of; their factors per layer are 0.20, 0.41, 0.58, about 1, and more than 1. */
const starts = [
  { name: said('sigmoid, N(0, 1/n)', 'sigmoid，N(0, 1/n)'), configuration: race },
  {
    name: said('ReLU, ±1/√n', 'ReLU，±1/√n'),
    configuration: { ...race, activation: 'relu' as const, initialization: { scheme: 'standard-uniform' as const } },
  },
  {
    name: said('tanh, ±1/√n', 'tanh，±1/√n'),
    configuration: { ...race, activation: 'tanh' as const, initialization: { scheme: 'standard-uniform' as const } },
  },
  {
    name: said('tanh, normalized (Xavier)', 'tanh，归一化（Xavier）'),
    configuration: { ...race, activation: 'tanh' as const, initialization: { scheme: 'xavier-uniform' as const } },
  },
  {
    name: said('tanh, N(0, 1)', 'tanh，N(0, 1)'),
    configuration: { ...race, activation: 'tanh' as const, initialization: { scheme: 'standard-normal' as const } },
  },
];

export const rescue: Experiment = {
  id: 'rescue',
  number: 14,
  title: said('Rescue', '抢救'),
  question: said(
    'One change: which one brings a broken network back to life?',
    '只改一处：改哪里，能让坏掉的网络活过来？',
  ),
  minutes: 18,
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
        'The gradient is divided by about five in each of eight layers, so hardly anything of it arrives in the first ones. The network answers one digit, whatever it sees. Now it is to be brought back to life.',
        '八层里，每过一层梯度大约只剩五分之一，传到前几层的几乎没有了。不管看到什么，这个网络都只回答同一个数字。现在要把它救活。',
      ),
    },
    rescue: {
      kind: 'challenge',
      title: said('Rescue', '抢救'),
      minutes: 5,
      lead: said(
        'Everybody may change one thing of the broken network, three times. Each change is trained from three seeds. What counts is the accuracy on digits that the network has not seen; the ratio of speeds is shown beside it and counts for nothing. No change may cost more than three times the computation of the patient: buying a larger computer is no rescue.',
        '每人可以给坏掉的网络改一处，共三次机会。每种改法用三个随机种子训练。算数的是对没见过的数字的准确率；速度之比写在旁边，不计分。任何改法的计算量都不能超过病人的三倍：换一台更大的电脑可不算抢救。',
      ),
      task: { kind: 'rescue', configuration: broken, seeds: [1, 2, 3], budget: 3 },
      note: said(
        'Ask for the reason before the result: what does your change do to the factor of a layer? Expect the larger learning rate and more neurons first; let them be tried. End it when the list stands still.',
        '先问理由，再看结果：你的改动对每层的因子做了什么？学生多半先试更大的学习率和更多的神经元，就让他们试。名单不再变化时就结束。',
      ),
      text: said(
        'What brings the network back changes the factor per layer, or gives the gradient a way around the layers. What leaves the factor where it was does not help, however much computation it costs. And where the ranges of two rescues overlap, three seeds do not say which is better.',
        '能救活网络的改法，要么改变了每层的因子，要么给梯度开了一条绕过各层的路。没有动到因子的改法，花再多计算也没有用。如果两种改法的范围有重叠，三个随机种子就说不出哪个更好。',
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
    match: {
      kind: 'challenge',
      title: said('Guess the initialization', '猜猜是哪种初始化'),
      minutes: 5,
      lead: said(
        'Five untrained networks of 10 layers. Of each you see how fast every layer would learn, and of each you know how it could have been started: but not which is which. Match all five.',
        '五个还没训练的十层网络。每个网络各层会学得多快，你看得到；可能是怎样开始的，你也知道。但哪个是哪个，没有说。请把五个都配上对。',
      ),
      task: { kind: 'match', configurations: starts },
      note: said(
        'The order and the seeds are drawn by the server and told to nobody before the reveal, so that nobody can compute the curves. Let neighbours argue with the factor per layer.',
        '顺序和随机种子由服务器抽取，揭晓之前谁也不知道，所以谁也算不出这些曲线。让邻座用每层的因子来争论。',
      ),
      formulas: [
        {
          tex: '\\frac{\\lVert\\delta^{1}\\rVert}{\\lVert\\delta^{10}\\rVert}\\approx\\bigl(\\sqrt{\\chi_1}\\bigr)^{9}',
          spoken: said(
            'The length of delta 1 over that of delta 10 is about the square root of chi 1 to the power of 9.',
            'delta 1 的长度比 delta 10 的长度，约等于 chi 1 的平方根的 9 次方。',
          ),
        },
      ],
      text: said(
        'A curve is a factor per layer, nine times over:\n\n[1]\n\nSigmoid with N(0, 1/n) leaves about a fifth, which makes 10⁻⁶. ReLU with weights from ±1/√n leaves four tenths, 3 × 10⁻⁴; tanh with the same weights six tenths, 10⁻². Normalized weights keep the factor near 1, and N(0, 1) makes it larger than 1: the gradient grows on its way back.\n\nFrom the speeds at the start alone one can read how the weights were drawn. That is what the measurement is for.',
        '一条曲线，就是每层的因子连乘九次：\n\n[1]\n\nsigmoid 配 N(0, 1/n)，每层约剩五分之一，连乘就是 10⁻⁶。ReLU 配 ±1/√n 的权重，每层剩四成，得 3 × 10⁻⁴；tanh 配同样的权重，每层剩六成，得 10⁻²。归一化的权重让因子接近 1，而 N(0, 1) 让它大于 1：梯度往回传时越来越大。\n\n光看开始时的速度，就能看出权重是怎样抽取的。测量就是为了这个。',
      ),
    },
  },
};
