/** One neuron a layer: the gradient as a product of factors that everybody can hold in their hands. */
import { type Experiment, said } from '../experiment.ts';

const equation122 = {
  tex: "\\frac{\\partial C}{\\partial b_1}=\\sigma'(z_1)\\;w_2\\,\\sigma'(z_2)\\;w_3\\,\\sigma'(z_3)\\;w_4\\,\\sigma'(z_4)\\;\\frac{\\partial C}{\\partial a_4}",
  spoken: said(
    'The derivative of C with respect to b 1 is: sigma prime of z 1, times w 2 sigma prime of z 2, times w 3 sigma prime of z 3, times w 4 sigma prime of z 4, times the derivative of C with respect to a 4.',
    'C 对 b1 的导数，等于 sigma 撇 z1，乘以 w2 与 sigma 撇 z2 的积，乘以 w3 与 sigma 撇 z3 的积，乘以 w4 与 sigma 撇 z4 的积，再乘以 C 对 a4 的导数。',
  ),
};

export const chain: Experiment = {
  id: 'chain',
  number: 7,
  title: said('One neuron a layer', '每层一个神经元'),
  question: said('Where does the gradient go on its way back?', '梯度往回传，都到哪里去了？'),
  minutes: 12,
  deeper: false,
  parts: {
    product: {
      kind: 'text',
      title: said('A product of factors', '许多因子的乘积'),
      minutes: 4,
      figure: 'chain',
      formulas: [equation122],
      text: said(
        'Take the simplest deep network: four layers of one neuron each. Nudge the first bias and follow the nudge to the cost. Each neuron multiplies it by the slope of its sigmoid, each connection by its weight:\n\n[1]\n\nThe gradient of the third bias has the last two of these slopes and one of these weights, but not the rest. So whatever the rest is, it stands between layer 1 and layer 3.',
        '取最简单的深网络：四层，每层一个神经元。轻轻推一下第一个偏置，看这一推怎样传到代价。每个神经元都乘上自己 sigmoid 的斜率，每条连接都乘上自己的权重：\n\n[1]\n\n第三个偏置的梯度里，只有最后两个斜率和一个权重，其余的都没有。第 1 层和第 3 层之间差的，正是其余的那些因子。',
      ),
      note: said(
        'Everybody begins with a chain drawn at random, so the dots on the projector are a sample: look at them before anybody moves anything. Then let everybody move one weight and one bias. The bars are in decades: one line is ten times.',
        '每人一开始都有一条随机抽取的链，所以大屏幕上的点就是一个样本：先看一看，谁都别动。然后让每人动一动一个权重和一个偏置。条的刻度是数量级：一格是十倍。',
      ),
    },
    ordinary: {
      kind: 'question',
      title: said('An ordinary chain', '普通的链'),
      minutes: 2,
      question: said(
        'All weights are 1, and every neuron is at the middle of its sigmoid, where the slope is 1/4. How many times smaller is the gradient of the first bias than that of the third?',
        '所有权重都是 1，每个神经元都处在 sigmoid 的正中，斜率是 1/4。第一个偏置的梯度比第三个的小多少倍？',
      ),
      options: [
        {
          text: said('2 times', '2 倍'),
          right: false,
          why: said('Two layers lie between them, but factors multiply.', '中间隔着两层，但因子是相乘的。'),
        },
        {
          text: said('8 times', '8 倍'),
          right: false,
          why: said('Two factors of 1/4 make 1/16.', '两个 1/4 相乘是 1/16。'),
        },
        {
          text: said('16 times', '16 倍'),
          right: true,
          why: said(
            '1/256 against 1/16: two factors of 1/4, and this is the best case for weights of 1.',
            '1/256 对 1/16：差两个 1/4。权重为 1 时，这已经是最好的情况。',
          ),
        },
        {
          text: said('They are equal', '一样大'),
          right: false,
          why: said(
            'They would be for weights of 4: then every factor is 4 × 1/4 = 1.',
            '权重为 4 时才会一样：每个因子都是 4 × 1/4 = 1。',
          ),
        },
      ],
      text: said(
        'And that is the best case. For weights drawn from a normal distribution, a factor is below 1/4 in 82 of 100 draws, and on average a layer leaves about a tenth. Now and then a single factor is larger; a product of many hardly ever is.',
        '这还是最好的情况。权重按正态分布抽取时，100 次里有 82 次因子小于 1/4，平均下来，每层大约只剩十分之一。偶尔会有某个因子大一些，但许多个因子的乘积几乎从来不会大。',
      ),
    },
    exploding: {
      kind: 'question',
      title: said('And if the weights are large?', '权重大一些呢？'),
      minutes: 3,
      figure: 'chain',
      question: said(
        'All weights are 100, and the biases are chosen so that every neuron is at the middle of its sigmoid. What does the gradient do on its way back?',
        '所有权重都是 100，偏置也选得让每个神经元都处在 sigmoid 的正中。梯度往回传时会怎样？',
      ),
      options: [
        {
          text: said('It vanishes: a sigmoid is a sigmoid', '消失：sigmoid 总归是 sigmoid'),
          right: false,
          why: said('Each factor is 100 × 1/4 = 25.', '每个因子是 100 × 1/4 = 25。'),
        },
        {
          text: said('It grows 25 times with every layer', '每过一层增大 25 倍'),
          right: true,
          why: said(
            'From 0.25 to 6.25, 156.25 and 3,906.25: it explodes.',
            '从 0.25 到 6.25、156.25，再到 3,906.25：它爆炸了。',
          ),
        },
        {
          text: said('It stays as it is', '保持不变'),
          right: false,
          why: said('That would take weights of 4.', '那要权重等于 4。'),
        },
      ],
      text: said(
        'So large weights make the gradient explode. But move the input by only 0.001 and watch: the neurons slide off the middle, their slopes collapse, and the gradient falls to 10⁻³⁶. It was a knife edge.\n\nThat is what unstable means. Not “too small” or “too large”, but that a product of many factors is one or the other unless something keeps every factor near 1.',
        '可见，权重大，梯度就会爆炸。但是把输入只移动 0.001 看看：神经元从正中滑开，斜率垮掉，梯度跌到 10⁻³⁶。刚才是站在刀刃上。\n\n这就是“不稳定”的意思。不是“太小”，也不是“太大”，而是：许多因子的乘积，不是小得没有，就是大得没边，除非有什么办法让每个因子都接近 1。',
      ),
      note: said(
        'Task for everybody: make neuron 1 the fastest, then keep it so when a0 moves by 0.001. The projector counts who has done which half; whoever presses “Show mine” can be shown. With w = 100 the first half is easy and the second impossible. Weights a little above 4 pass both: every factor is then just above 1, and that is the point.',
        '给每个人的任务：让神经元 1 最快，然后 a0 移动 0.001 时还要保持最快。大屏幕会数出完成各一半的人数；谁按了“展示我的”，就可以请谁展示。w = 100 时前一半容易，后一半不可能。权重略大于 4，两半都能做到：这时每个因子都只比 1 大一点，关键就在这里。',
      ),
    },
    activation: {
      kind: 'question',
      title: said('Another activation?', '换个激活函数？'),
      minutes: 2,
      question: said(
        'The slope of a sigmoid is at most 1/4. Would an activation with a steeper slope put an end to all this?',
        'sigmoid 的斜率最大只有 1/4。换一个更陡的激活函数，问题就解决了吗？',
      ),
      options: [
        {
          text: said('Yes: no small factors, no vanishing', '是：没有小的因子，就不会消失'),
          right: false,
          why: said('Then the product may explode instead.', '那么乘积可能反过来爆炸。'),
        },
        {
          text: said('No: the product is still unstable', '不：乘积仍然不稳定'),
          right: true,
          why: said(
            'What helps is balance: slope times weight near 1 in every layer.',
            '有用的是平衡：每一层的斜率乘权重都接近 1。',
          ),
        },
        {
          text: said('No: steep activations cannot be trained', '不：陡的激活函数没法训练'),
          right: false,
          why: said(
            'tanh has slope 1, and deep tanh networks are trained every day.',
            'tanh 的斜率是 1，深的 tanh 网络天天都有人训练。',
          ),
        },
      ],
      text: said(
        'A steeper slope moves the problem to the other side. In a deep network of tanh neurons, weights a little too large make the gradient grow by a fifth in every layer, and weights a little too small let it shrink to less than six tenths. Balance decides, not steepness.',
        '更陡，只是把问题推到另一边。深的 tanh 网络里，权重稍大，梯度每过一层就增加五分之一；权重稍小，每过一层就缩到不足六成。起决定作用的是平衡，而不是陡峭。',
      ),
    },
  },
};
