/** Between order and chaos: for which weights a deep network can be trained at all. */
import { type Experiment, said } from '../experiment.ts';
import { layers } from '../settings.ts';

/** Standard deviation of the weights times the root of the width; its square is what the theory calls sigma_w squared. */
const network = (depth: number, variance: number) => ({
  dataset: { name: 'mnist' as const, train: 1000, test: 0 },
  hidden: layers(depth, 100),
  activation: 'tanh' as const,
  initialization: { scheme: 'scaled-normal' as const, gain: Math.sqrt(variance), biasStd: Math.sqrt(0.05) },
  output: 'softmax' as const,
  batchSize: 10,
  epochs: 5,
  optimizer: { name: 'sgd' as const, learningRate: 0.01 },
});

/** What is trained in every cell of the map. */
const mapped = { ...network(2, 1), initialization: { scheme: 'scaled-normal' as const, biasStd: Math.sqrt(0.05) } };

const gains = [0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.327, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2, 2.2, 2.4];

/** The cells of the class's map: eight depths, eight variances, the edge among them. */
const depths = [4, 8, 16, 24, 32, 40, 52, 64];
const variances = [0.5, 1, 1.4, 1.76, 2.1, 2.6, 3.3, 4];

export const chaos: Experiment = {
  id: 'chaos',
  number: 10,
  title: said('Order and chaos', '有序与混沌'),
  question: said('How large may the first weights be?', '初始权重可以有多大？'),
  minutes: 17,
  deeper: false,
  parts: {
    cells: {
      kind: 'challenge',
      title: said('The map of the class', '全班的地图'),
      minutes: 5,
      lead: said(
        'Which deep networks can be trained at all? Nobody knows yet. The map has 64 cells: 4 to 64 hidden layers of tanh neurons upwards, the variance of the weights from 0.5 to 4 to the right. Take a cell, and its network is trained: a short training on 1,000 digits. Together we see the whole map.',
        '哪些深的网络根本训练得了？现在谁也不知道。地图有 64 格：纵轴是 4 到 64 个 tanh 隐藏层，横轴是权重的方差，从 0.5 到 4。领一格，它的网络就开始训练：用 1,000 个数字短暂训练。大家一起，就能看到整张地图。',
      ),
      task: { kind: 'map', configuration: mapped, depths, variances },
      note: said(
        'Let the cells come in and ask, before you reveal the theory: where would you draw the line? Small class or little time: fill the rest with the one button. The dashed line uses no measurement at all.',
        '先让格子一个个填上，揭晓理论之前问一问：这条线你会画在哪里？人少或时间紧，就按那个按钮把其余的填满。虚线完全没有用到任何测量。',
      ),
      text: said(
        'A network with few layers learns with almost any weights. The more layers, the narrower the strip that is left, and the strip lies around the edge of chaos, at a variance of 1.76. To its left the networks are ordered: all images become alike on their way through the layers. To its right they are chaotic: alike images become as different as any.\n\nThe dashed line was computed without training anything. It is six times the depth in which the difference between two images dies out.',
        '层数少时，权重几乎怎样都学得会。层数越多，剩下的条带就越窄，而这条带就在混沌边缘附近，方差为 1.76 的地方。左边是有序的：所有图像经过各层之后变得一样。右边是混沌的：相似的图像变得和任何图像一样不同。\n\n虚线没有训练任何网络就算了出来：它是两幅图像之间的差别消失所需深度的六倍。',
      ),
    },
    gains: {
      kind: 'sweep',
      title: said('A dial for the weights', '权重的旋钮'),
      minutes: 4,
      lead: said(
        '20 hidden layers of 100 tanh neurons. Each of you gets another size of the first weights, from small to large. Nothing is trained: how many times faster is layer 20 than layer 1 at the start?',
        '20 个隐藏层，每层 100 个 tanh 神经元。每人分到一种初始权重的大小，从小到大。不训练，只看开始时第 20 层比第 1 层快多少倍。',
      ),
      configuration: { ...network(20, 1), epochs: 1 },
      field: 'initialization.gain',
      values: gains,
      trained: false,
      formulas: [
        {
          tex: "\\chi_1=\\sigma_w^2\\;\\mathbb E\\bigl[\\varphi'(\\sqrt{q^*}\\,z)^2\\bigr]\\qquad \\lVert\\delta^{l}\\rVert\\approx\\chi_1^{1/2}\\,\\lVert\\delta^{l+1}\\rVert",
          spoken: said(
            'Chi 1 is sigma w squared times the mean of the squared slope; each layer back multiplies the length of delta by about the square root of chi 1.',
            'chi 1 等于 sigma w 的平方乘以斜率平方的平均值；每往回一层，delta 的长度大约乘以 chi 1 的平方根。',
          ),
        },
      ],
      text: said(
        'Small weights: the gradient vanishes on its way to layer 1, and the dots lie high. Large weights: it explodes, the dots lie below 1. In between there is one size at which every layer passes on what it gets. The theory finds it without any network: where\n\n[1]\n\nis 1. For tanh with these biases that is a gain of 1.327, a variance of 1.76.',
        '权重小：梯度在传到第 1 层的路上消失，点落在高处。权重大：梯度爆炸，点落到 1 以下。两者之间有一个大小，每层都把得到的原样传下去。理论不需要任何网络就能算出它：就是让\n\n[1]\n\n等于 1 的地方。对有这样偏置的 tanh，增益是 1.327，方差是 1.76。',
      ),
      note: said(
        'The edge is at 1.327. Let somebody point at it before the text is shown.',
        '分界在 1.327。显示文字之前，先请人指出来在哪里。',
      ),
    },
    map: {
      kind: 'text',
      title: said('The map of theory', '理论的地图'),
      minutes: 3,
      figure: 'map',
      text: said(
        'Depth runs upwards, the variance of the weights to the right. The theory says how far a signal, and the difference between two signals, survives. Away from the edge it dies out after a few layers; at the edge it reaches any depth.',
        '纵轴是深度，横轴是权重的方差。理论说出了一个信号、以及两个信号之间的差别，能传多远。离开分界，过几层就消失；在分界上，多深都传得到。',
      ),
    },
    train: {
      kind: 'question',
      title: said('40 layers', '40 层'),
      minutes: 5,
      question: said(
        'Now they are trained, with 40 hidden layers of 100 tanh neurons: weights in the ordered phase (variance 1), at the edge (1.76) and in chaos (4). Which of them learn?',
        '现在来训练：40 个隐藏层，每层 100 个 tanh 神经元。权重分别在有序一侧（方差 1）、在分界上（1.76）和在混沌一侧（4）。哪些学得会？',
      ),
      options: [
        {
          text: said('Only the one at the edge', '只有分界上的那个'),
          right: true,
          why: said(
            'After 5 epochs it is right about 64 to 73% of the images; the two others still guess.',
            '5 轮之后，它答对 64% 到 73% 的图像，另外两个还在瞎猜。',
          ),
        },
        {
          text: said('The ordered one and the one at the edge', '有序的和分界上的'),
          right: false,
          why: said(
            'In the ordered phase, layer 1 is 200 to 300 times slower than layer 40, and all images look alike to it.',
            '有序一侧，第 1 层比第 40 层慢 200 到 300 倍，所有图像在它看来都一样。',
          ),
        },
        {
          text: said('The edge and chaos', '分界上的和混沌的'),
          right: false,
          why: said(
            'In chaos the gradient of layer 1 is about 100 times that of layer 40, and similar images become quite different.',
            '混沌一侧，第 1 层的梯度大约是第 40 层的 100 倍，相似的图像也变得毫不相干。',
          ),
        },
        {
          text: said('None: 40 layers are too many', '都学不会：40 层太多了'),
          right: false,
          why: said('At the edge even 40 layers learn.', '在分界上，40 层也学得会。'),
        },
      ],
      runs: [network(40, 1), network(40, 1.761), network(40, 4)],
      view: 'plot=compare&compare=accuracy&runs={runs}',
      checks: [
        {
          text: said(
            'At the edge more than half of the images are answered rightly in the end.',
            '分界上的网络，最后答对一半以上的图像。',
          ),
          reading: { run: 1, metric: 'trainAccuracy', layer: null, step: 'last' },
          least: 0.5,
          most: null,
        },
        {
          text: said('In the ordered phase it stays at chance.', '有序一侧的网络，一直和瞎猜一样。'),
          reading: { run: 0, metric: 'trainAccuracy', layer: null, step: 'last' },
          least: null,
          most: 0.2,
        },
        {
          text: said('In chaos it stays at chance, too.', '混沌一侧的网络，也一直和瞎猜一样。'),
          reading: { run: 2, metric: 'trainAccuracy', layer: null, step: 'last' },
          least: null,
          most: 0.2,
        },
      ],
      tries: [
        { text: said('64 layers at the edge', '分界上，64 层'), change: network(64, 1.761) },
        { text: said('10 layers in chaos', '混沌一侧，10 层'), change: network(10, 4) },
      ],
      text: said(
        'With 4 or 10 layers all three learn, and the chaotic one even best. The deeper the network, the narrower the strip of weights that work: at 20 layers the ordered one lags behind, at 40 only the edge is left, and at 64 with this short training hardly that.',
        '只有 4 层或 10 层时，三个都学得会，混沌的甚至最好。网络越深，能用的权重范围就越窄：20 层时有序的已经落后，40 层时只剩分界上的，64 层时，训练这么短，连分界上的也几乎不行了。',
      ),
    },
  },
};
