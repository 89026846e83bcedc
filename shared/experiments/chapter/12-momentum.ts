/** How the descent is done matters, and so does where it begins: momentum, and the scale of sparse weights, on digits and on an autoencoder. */
import { type Experiment, said } from '../experiment.ts';
import { layers } from '../settings.ts';

const base = {
  dataset: { name: 'mnist' as const, train: 1000, test: 0 },
  hidden: layers(6),
  activation: 'tanh' as const,
  initialization: { scheme: 'standard-uniform' as const },
  output: 'softmax' as const,
  batchSize: 'full' as const,
  epochs: 500,
  measureEvery: 5,
};
const rate = { learningRate: 0.05 };
const sutskever = { name: 'nesterov' as const, ...rate, momentum: 0.99, schedule: 'sutskever' as const };
const sparse = (gain: number) => ({
  ...base,
  activation: 'sigmoid' as const,
  initialization: { scheme: 'sparse' as const, gain },
  optimizer: sutskever,
});

/** Sutskever's autoencoder in the size of a class: 2,000 updates in batches of 50. */
const repeating = (gain: number, most: number) => ({
  dataset: { name: 'mnist' as const, train: 1000, test: 0, targets: 'inputs' as const },
  hidden: [100, 50, 6, 50, 100],
  cost: 'quadratic' as const,
  initialization: { scheme: 'sparse' as const, gain },
  optimizer:
    most === 0
      ? { name: 'sgd' as const, learningRate: 0.1 }
      : { name: 'nesterov' as const, learningRate: 0.1, momentum: most, schedule: 'sutskever' as const },
  batchSize: 50,
  epochs: 100,
  measureEvery: 50,
});

export const momentum: Experiment = {
  id: 'momentum',
  number: 12,
  title: said('Initialization and momentum', '初始化与动量'),
  question: said('Can a better descent make up for a slow gradient?', '下降的办法好一些，能弥补梯度的缓慢吗？'),
  minutes: 18,
  deeper: true,
  parts: {
    momentum: {
      kind: 'question',
      title: said('With and without momentum', '有没有动量'),
      minutes: 5,
      question: said(
        'Six hidden layers of 30 tanh neurons, 500 full-batch steps with the learning rate 0.05. Plain descent, and descent with momentum 0.9. How do they end?',
        '六个隐藏层，每层 30 个 tanh 神经元，全批量 500 步，学习率 0.05。一个用普通的梯度下降，一个带 0.9 的动量。结果如何？',
      ),
      options: [
        {
          text: said('Alike: the gradient is the same', '一样：梯度是同样的'),
          right: false,
          why: said(
            'The gradient is, but momentum adds up what keeps its direction.',
            '梯度是同样的，但动量会把方向一致的部分累积起来。',
          ),
        },
        {
          text: said('Momentum is far ahead', '带动量的遥遥领先'),
          right: true,
          why: said(
            'It is right about all images; without it, between 30 and 76% are right.',
            '它答对所有图像；没有动量的只答对 30% 到 76%。',
          ),
        },
        {
          text: said('Momentum overshoots and fails', '带动量的冲过头，失败了'),
          right: false,
          why: said('At this learning rate it does not.', '在这个学习率下不会。'),
        },
      ],
      runs: [
        { ...base, optimizer: { name: 'sgd', ...rate } },
        { ...base, optimizer: { name: 'momentum', ...rate, momentum: 0.9 } },
        { ...base, optimizer: { name: 'nesterov', ...rate, momentum: 0.9 } },
        { ...base, optimizer: sutskever },
      ],
      view: 'plot=compare&compare=accuracy&runs={runs}',
      formulas: [
        {
          tex: 'v\\leftarrow\\mu v-\\varepsilon\\nabla f(\\theta),\\quad \\theta\\leftarrow\\theta+v\\qquad\\text{Nesterov: } \\nabla f(\\theta+\\mu v)',
          spoken: said(
            'v becomes mu v minus epsilon times the gradient at theta, and theta becomes theta plus v. Nesterov takes the gradient at theta plus mu v.',
            'v 变成 mu v 减去 epsilon 乘以 theta 处的梯度，theta 变成 theta 加 v。Nesterov 的办法取 theta 加 mu v 处的梯度。',
          ),
        },
      ],
      checks: [
        {
          text: said(
            'With momentum 0.9 all images are answered rightly in the end.',
            '动量为 0.9 时，最后所有图像都答对。',
          ),
          reading: { run: 1, metric: 'trainAccuracy', layer: null, step: 'last' },
          least: 0.99,
          most: null,
        },
        {
          text: said('Without it, fewer than 8 in 10.', '没有动量，十幅里不到八幅。'),
          reading: { run: 0, metric: 'trainAccuracy', layer: null, step: 'last' },
          least: null,
          most: 0.8,
        },
      ],
      text: said(
        'Momentum remembers:\n\n[1]\n\nWhere the gradient keeps its direction, step after step, with μ = 0.9 the steps become up to ten times as long; where it swings to and fro, they cancel. Long flat valleys, which deep networks have, are crossed faster. Sutskever’s schedule lets μ grow while the network learns; in 500 steps it is only just beginning.\n\nLayer 1 still gets a smaller gradient than layer 6. Momentum does not level the layers, it hurries all of them.',
        '动量有记忆：\n\n[1]\n\n只要梯度一步接一步保持方向，μ = 0.9 时，步子最多能长到十倍；如果来回摆动，就互相抵消。深的网络里那些又长又平的山谷，因此走得更快。Sutskever 的办法让 μ 在训练中逐渐增大；500 步才刚刚开头。\n\n第 1 层得到的梯度仍然比第 6 层小。动量并不把各层拉平，而是让所有层都快起来。',
      ),
    },
    sparse: {
      kind: 'runs',
      title: said('Where to begin', '从哪里开始'),
      minutes: 4,
      lead: said(
        'Six layers of sigmoid neurons, each with 15 incoming weights only, drawn from N(0,1) and multiplied by 1/4, 1, 2 and 4. The descent is the same, with Nesterov’s momentum.',
        '六层 sigmoid 神经元，每个只有 15 个输入权重，取自 N(0,1)，分别乘以 1/4、1、2 和 4。下降的办法相同，都用 Nesterov 动量。',
      ),
      runs: [sparse(0.25), sparse(1), sparse(2), sparse(4)],
      view: 'plot=compare&compare=accuracy&runs={runs}',
      checks: [
        {
          text: said('With a quarter of the scale nothing is learned.', '缩小到四分之一，什么也学不到。'),
          reading: { run: 0, metric: 'trainAccuracy', layer: null, step: 'last' },
          least: null,
          most: 0.2,
        },
        {
          text: said('With twice the scale more than 9 images in 10 are right.', '放大到两倍，十幅里答对九幅以上。'),
          reading: { run: 2, metric: 'trainAccuracy', layer: null, step: 'last' },
          least: 0.9,
          most: null,
        },
      ],
      text: said(
        'Sutskever and his colleagues saw the same with deep autoencoders: the scale of the first weights decides whether anything is learned, and momentum helps only where it is right. In their table a quarter or half of the scale ends at an error of 16, the full scale at 0.074, twice the scale at 0.083 and four times at 0.35. Initialization and momentum are both needed.',
        'Sutskever 等人在深的自编码器上看到的也是这样：初始权重的大小决定了学不学得到东西，大小合适时动量才帮得上忙。在他们的表里，缩小到四分之一或一半，误差停在 16；原来的大小是 0.074；两倍是 0.083；四倍是 0.35。初始化和动量，两样都要。',
      ),
    },
    board: {
      kind: 'question',
      title: said('Sutskever’s board', 'Sutskever 的表'),
      minutes: 6,
      question: said(
        'An autoencoder squeezes 784 pixels through 100, 50 and 6 sigmoid neurons and back, to answer with the picture that it was shown. 2,000 updates; no momentum, Nesterov’s up to 0.9, up to 0.99; first weights times 1/4, 1/2, 1 and 2. What decides?',
        '一个自编码器把 784 个像素挤过 100、50、6 个 sigmoid 神经元，再展开，要用看到的图来回答。更新 2,000 次；没有动量，Nesterov 动量最高到 0.9，最高到 0.99；初始权重乘以 1/4、1/2、1、2。什么起决定作用？',
      ),
      options: [
        {
          text: said('The momentum', '动量'),
          right: false,
          why: said(
            'With the weights at a quarter, 0.99 ends hardly better than plain descent with the right weights.',
            '权重缩小到四分之一时，0.99 的动量也只和权重合适、没有动量的差不多。',
          ),
        },
        {
          text: said('The scale of the first weights', '初始权重的大小'),
          right: false,
          why: said(
            'At the best scale, momentum still takes more than a third off the cost.',
            '大小最合适时，动量仍能让代价再降三分之一以上。',
          ),
        },
        {
          text: said('Both', '两样都起作用'),
          right: true,
          why: said(
            'In each row of the board the full scale is best, and in each column the most momentum.',
            '表里每一行都是原来的大小最好，每一列都是动量最大的最好。',
          ),
        },
      ],
      runs: [0, 0.9, 0.99].flatMap((most) => [0.25, 0.5, 1, 2].map((gain) => repeating(gain, most))),
      view: 'plot=compare&compare=cost&runs={runs}',
      checks: [
        {
          text: said(
            'Plain descent from a quarter of the scale: the cost stays above 25, what one answers who always draws the mean of all pictures.',
            '缩小到四分之一、没有动量：代价停在 25 以上，和总是画所有图的平均一样。',
          ),
          reading: { run: 0, metric: 'cost', layer: null, step: 'last' },
          least: 25,
          most: null,
        },
        {
          text: said('Plain descent from the full scale ends above 15.', '原来的大小、没有动量：停在 15 以上。'),
          reading: { run: 2, metric: 'cost', layer: null, step: 'last' },
          least: 15,
          most: null,
        },
        {
          text: said('With momentum up to 0.99 it ends below 10.5.', '动量最高到 0.99，降到 10.5 以下。'),
          reading: { run: 10, metric: 'cost', layer: null, step: 'last' },
          least: null,
          most: 10.5,
        },
      ],
      text: said(
        'There are no classes here and so no accuracy: the cost is half the squared distance between the picture and the answer. Look at what it says in the best run: each digit and below it what is left of it after six numbers.\n\nWithout momentum the four scales end at 25.7, 21.5, 15.8 and 30.0; up to 0.9 at 17.4, 11.5, 10.3 and 16.2; up to 0.99 at 15.5, 10.8, 9.95 and 15.0. The paper’s order, not its numbers: its networks are deeper and get 750,000 updates, and a quarter of the scale ends at 16 where the full scale ends at 0.074. In 2,000 updates there is no room for such a distance, since who learns nothing stands at 26 and nobody comes below 9.',
        '这里没有类别，也就没有准确率：代价是图像与回答之间距离平方的一半。请看最好的那次训练回答什么：每个数字，下面是它经过六个数之后还剩下什么。\n\n没有动量时，四种大小停在 25.7、21.5、15.8 和 30.0；最高到 0.9 时是 17.4、11.5、10.3 和 16.2；最高到 0.99 时是 15.5、10.8、9.95 和 15.0。次序和论文一样，数值不一样：论文的网络更深，更新 750,000 次，缩小到四分之一停在 16，原来的大小是 0.074。2,000 次更新里拉不开这样的距离：什么也没学到是 26，谁也到不了 9 以下。',
      ),
      note: said(
        'Twelve runs, under a minute of computing on two cores. The schedule is Sutskever’s own: after 2,000 updates it has come to 0.94 only, so that 0.99 is a promise.',
        '十二次训练，两个核不到一分钟就能算完。动量按 Sutskever 自己的办法增大：2,000 次更新后才到 0.94，0.99 还只是上限。',
      ),
    },
    limit: {
      kind: 'text',
      title: said('What Nesterov changes', 'Nesterov 改变了什么'),
      minutes: 3,
      text: said(
        'On a bowl of curvature λ, Nesterov’s momentum μ acts exactly as the classical one with μ(1 − λε): in steep directions it brakes, in flat ones it hardly differs. The advantage has a limit: where λε is above 1 the sign turns, and with λ = 100, ε = 0.015 and μ = 0.95 Nesterov’s descent flies away while the classical one converges.',
        '在曲率为 λ 的碗上，Nesterov 的动量 μ 恰好相当于经典动量 μ(1 − λε)：陡的方向上它会刹车，平的方向上几乎没有差别。这个好处是有限度的：λε 大于 1 时符号反过来；取 λ = 100、ε = 0.015、μ = 0.95，Nesterov 的下降会飞走，经典的却收敛。',
      ),
    },
  },
};
