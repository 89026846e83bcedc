/** How rarely a factor of the product is 1 or more, and a neuron that does nothing. */
import { type Experiment, said } from '../experiment.ts';

export const luck: Experiment = {
  id: 'luck',
  number: 8,
  title: said('How rare is luck?', '运气有多难得？'),
  question: said('How often does a layer pass on all of the gradient?', '一层把梯度原样传下去，这样的事有多常见？'),
  minutes: 8,
  deeper: false,
  parts: {
    draws: {
      kind: 'question',
      title: said('A factor of 1 or more', '不小于 1 的因子'),
      minutes: 4,
      figure: 'luck',
      question: said(
        'A neuron multiplies the gradient by w × the slope of its sigmoid. Draw w and b from a normal distribution, and the input between 0 and 1. In how many of a million draws is the factor 1 or more?',
        '神经元把梯度乘上 w 与 sigmoid 斜率的积。w 和 b 按标准正态分布抽取，输入在 0 到 1 之间。抽一百万次，有多少次这个因子不小于 1？',
      ),
      options: [
        {
          text: said('About 500,000', '大约 500,000 次'),
          right: false,
          why: said(
            'That would be a factor around 1 on average. The slope alone is at most 1/4.',
            '那样因子平均就在 1 左右了，可光是斜率最大也只有 1/4。',
          ),
        },
        {
          text: said('About 180,000', '大约 180,000 次'),
          right: false,
          why: said('So often it is above 1/4, not above 1.', '大于 1/4 的有这么多，大于 1 的没有。'),
        },
        {
          text: said('About 4', '大约 4 次'),
          right: true,
          why: said(
            'The weight has to be at least 4, and at the same time the neuron near the middle of its sigmoid.',
            '权重至少要是 4，同时神经元还要靠近 sigmoid 的正中。',
          ),
        },
        {
          text: said('None at all', '一次也没有'),
          right: false,
          why: said('Almost: but weights above 4 do occur.', '差不多，但权重超过 4 的情况还是有的。'),
        },
      ],
      formulas: [
        {
          tex: '\\text{width}=\\frac{2}{|w|}\\,\\ln\\!\\left(\\frac{|w|\\,\\bigl(1+\\sqrt{1-4/|w|}\\bigr)}{2}-1\\right)',
          spoken: said(
            'The width of the interval of inputs is 2 over the size of w, times the natural logarithm of: the size of w times 1 plus the square root of 1 minus 4 over the size of w, halved, minus 1.',
            '输入所在区间的宽度，等于 2 除以 w 的绝对值，再乘以一个自然对数：w 的绝对值乘以（1 加上根号下 1 减 4 除以 w 的绝对值），除以 2，再减 1。',
          ),
        },
      ],
      text: said(
        'Larger weights alone do not help: with a large weight the neuron is in the middle of its sigmoid for a narrow interval of inputs only. Its width is\n\n[1]\n\nIt is widest, 0.45, for a weight of about 6.9. So even with the best weight, less than half of the inputs between 0 and 1 get a factor of 1 or more, and in a chain every layer has to be lucky at once.',
        '光把权重加大没有用：权重大了，只有很窄一段输入能让神经元处在 sigmoid 的正中。这段的宽度是\n\n[1]\n\n权重大约为 6.9 时最宽，也只有 0.45。所以即使挑了最好的权重，0 到 1 之间的输入也有一半以上得不到不小于 1 的因子；而在一条链上，每一层都要同时走运才行。',
      ),
    },
    wide: {
      kind: 'text',
      title: said('In a wide layer it is otherwise', '宽的层就不同了'),
      minutes: 2,
      text: said(
        'In a chain, larger weights do not cure the vanishing. In a layer of many neurons there are many paths back, and their contributions add up: with weights from N(0,1) and 100 neurons a layer, ten layers are about equally fast. The price is paid elsewhere: most neurons are saturated then, and experiment 9 shows what such a network learns.',
        '在一条链上，加大权重治不好梯度消失。一层有许多神经元时，往回的路有许多条，贡献可以相加：权重取自 N(0,1)、每层 100 个神经元时，十层的速度就差不多一样。代价在别处：这时多数神经元都饱和了，实验 9 会看到这样的网络学成了什么样。',
      ),
    },
    identity: {
      kind: 'text',
      title: said('A neuron that does nothing', '什么也不做的神经元'),
      minutes: 2,
      formulas: [
        {
          tex: 'w_2\\,\\sigma(w_1x+b)\\approx x+\\text{const}\\qquad b=-\\tfrac{w_1}{2},\\quad w_2=\\tfrac{4}{w_1}',
          spoken: said(
            'w 2 times sigma of w 1 x plus b is about x plus a constant, for b equal to minus half of w 1 and w 2 equal to 4 over w 1.',
            'w2 乘以 sigma(w1 x 加 b) 约等于 x 加一个常数，其中 b 等于负的二分之 w1，w2 等于 4 除以 w1。',
          ),
        },
      ],
      text: said(
        'Could a layer too many at least do no harm? A sigmoid is nearly straight in the middle, so one neuron can pass on what it gets:\n\n[1]\n\nFor w₁ = 0.1 the error on inputs between 0 and 1 is 0.0001, up to a constant that the next bias takes away. Without that constant no choice of weights comes closer than 0.056. So a deep network can always do as well as a shallow one. That it does not, is a matter of learning.',
        '多出来的一层，至少可以做到不碍事吗？sigmoid 的中段差不多是直的，所以一个神经元可以把得到的照样传下去：\n\n[1]\n\n取 w₁ = 0.1，输入在 0 到 1 之间时误差是 0.0001，另有一个常数，由下一个偏置抵掉。如果不许有这个常数，无论怎样选权重，误差都不会小于 0.056。所以深的网络总能做得和浅的一样好。它没有做到，问题出在学习上。',
      ),
    },
  },
};
