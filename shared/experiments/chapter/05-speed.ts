/** How fast each layer learns: at the start over many draws of the weights, and over 500 epochs. */
import { type Experiment, said } from '../experiment.ts';
import { fullBatch, layers } from '../settings.ts';

const seeds = Array.from({ length: 60 }, (_, n) => n + 1);

const printed = (values: readonly number[], step: number) =>
  values.map((value, n) => ({
    text: said(`Speed of layer ${n + 1} at step ${step}`, `第 ${n + 1} 层在第 ${step} 步的速度`),
    value,
    reading: { run: 0, metric: 'speed' as const, layer: n + 1, step },
  }));

/** The figures of the chapter: epochs evenly, powers of ten, the book's colours and legend. */
const asTheBook = { text: said('As the book draws it', '书里的画法'), view: 'plot=layers&axis=epoch&book=1' };

export const speed: Experiment = {
  id: 'speed',
  number: 5,
  title: said('The speed of learning', '学习速度'),
  question: said('Do all layers of a network learn equally fast?', '网络的各层学得一样快吗？'),
  minutes: 17,
  deeper: false,
  parts: {
    two: {
      kind: 'guess',
      title: said('Two hidden layers', '两个隐藏层'),
      minutes: 3,
      lead: said(
        'Two hidden layers of 30 sigmoid neurons see 1,000 handwritten digits for the first time. The weights are still as they were drawn.',
        '两个隐藏层各有 30 个 sigmoid 神经元，第一次看到 1,000 幅手写数字，权重还是刚抽取的样子。',
      ),
      configuration: { ...fullBatch, hidden: layers(2) },
      step: null,
      asks: { slowest: false, line: false },
      view: 'plot=layers',
      looks: [asTheBook],
      hint: said(
        'On its way back, the gradient passes the weights and the sigmoid of layer 2. The slope of a sigmoid is at most 1/4.',
        '梯度往回传，要经过第 2 层的权重和 sigmoid。sigmoid 的斜率最大只有 1/4。',
      ),
      printed: printed([0.06574, 0.30922], 0),
      text: said(
        'The speed of learning of a layer is the length of its mean gradient with respect to the biases: how much the cost pulls at it. Both layers have 30 neurons, so that their lengths can be compared. Layer 1 begins about five times slower than layer 2. That is no accident of these weights: in 300 draws it was between 3.3 and 7.2 times slower, and never faster.\n\nThen both curves fall steeply and later rise again.',
        '一层的学习速度，是代价对这一层偏置的平均梯度的长度：代价拉动它的力气有多大。两层都是 30 个神经元，长度才好比较。开始时，第 1 层大约比第 2 层慢 5 倍。这并不是碰巧抽到了这样的权重：抽取 300 次，它慢 3.3 到 7.2 倍，没有一次更快。\n\n随后两条曲线都陡然下降，后来又回升。',
      ),
      note: said(
        'Say before the reveal that one line on the plot is ten times. Later in the run layer 1 may overtake layer 2: in 7 of 30 draws it does for a while.',
        '揭晓之前先说明：图上每一格是十倍。训练到后面，第 1 层有可能反超第 2 层：30 次抽取里有 7 次出现过一阵子。',
      ),
    },
    four: {
      kind: 'guess',
      title: said('Four hidden layers', '四个隐藏层'),
      minutes: 4,
      lead: said('Only one thing is changed: four hidden layers instead of two.', '只改一处：隐藏层从两个变成四个。'),
      configuration: { ...fullBatch, hidden: layers(4) },
      step: null,
      asks: { slowest: true, line: false },
      view: 'plot=layers',
      looks: [asTheBook],
      hint: said(
        'With two layers it was about 5. Each further layer does the same once more: multiply, do not add.',
        '两层时大约是 5 倍。每多一层，同样的事就再来一次：是相乘，不是相加。',
      ),
      formulas: [
        {
          tex: '\\tfrac15\\times\\tfrac15\\times\\tfrac15=\\tfrac1{125}',
          spoken: said(
            'One fifth times one fifth times one fifth is one hundred and twenty-fifth.',
            '五分之一乘五分之一再乘五分之一，等于一百二十五分之一。',
          ),
        },
      ],
      printed: printed([0.00298, 0.01708, 0.06954, 0.28514], 0),
      checks: [
        {
          text: said(
            'At the start layer 4 is more than 50 times faster than layer 1.',
            '开始时，第 4 层比第 1 层快 50 倍以上。',
          ),
          reading: { run: 0, metric: 'ratio', layer: null, step: 0 },
          least: 50,
          most: null,
        },
        {
          text: said('500 steps later it still is more than 35 times faster.', '500 步之后，仍然快 35 倍以上。'),
          reading: { run: 0, metric: 'ratio', layer: null, step: 499 },
          least: 35,
          most: null,
        },
        {
          text: said(
            'After 500 steps fewer than 2 digits in 10 are answered rightly.',
            '500 步之后，十个数字里答对的不到两个。',
          ),
          reading: { run: 0, metric: 'trainAccuracy', layer: null, step: 499 },
          least: null,
          most: 0.2,
        },
      ],
      tries: [
        { text: said('Six hidden layers', '六个隐藏层'), change: { hidden: layers(6) } },
        { text: said('Other weights (seed 2)', '换一组权重（随机种子 2）'), change: { seed: 2 } },
        { text: said('100 neurons a layer', '每层 100 个神经元'), change: { hidden: layers(4, 100) } },
      ],
      text: said(
        'On its way back, the gradient is multiplied in every layer by the weights and by the slope of the sigmoid, which is at most 1/4. Here each layer passes on about a fifth. Three layers make\n\n[1]\n\nIn 300 draws of the weights, layer 1 began between 65 and 272 times slower than layer 4. To the first layer hardly anything is said, and it stays almost as random as it was drawn.',
        '梯度往回传时，每经过一层都要乘上权重，再乘上 sigmoid 的斜率，而斜率最大只有 1/4。在这里，每一层大约只传下去五分之一，三层就是\n\n[1]\n\n抽取 300 次权重，开始时第 1 层都比第 4 层慢 65 到 272 倍。第一层几乎得不到任何消息，一直和刚抽取时差不多随机。',
      ),
      note: said(
        'Wrong answers to expect: twice as slow (adding instead of multiplying), 16 times (only the slopes, and two of them).',
        '常见的错误回答：慢两倍（把相乘当成相加），慢 16 倍（只算了斜率，而且只算了两个）。',
      ),
    },
    draws: {
      kind: 'sweep',
      title: said('Everybody draws weights', '每人抽一次权重'),
      minutes: 3,
      lead: said(
        'Was that luck? Each of you gets weights of your own, drawn anew, for the network with four hidden layers. Nothing is trained: only its first step is measured.',
        '这会不会只是碰巧？现在每人都有一组自己的、重新抽取的权重，网络还是四个隐藏层。不训练，只测量开始的那一步。',
      ),
      configuration: { ...fullBatch, hidden: layers(4) },
      field: 'seed',
      values: seeds,
      trained: false,
      text: said(
        'Every dot is a network. None of them has a first layer as fast as its last one; most lie between 80 and 220. The exact number is luck, the order is not.',
        '每个点是一个网络。没有哪一个的第一层和最后一层一样快，多数慢 80 到 220 倍。具体数值靠运气，先后次序却不是。',
      ),
      note: said(
        'Students see their own dot by name. With fewer than 60 people some have several.',
        '学生能看到自己的那个点。不到 60 人时，有的人会有几个点。',
      ),
    },
    truth: {
      kind: 'text',
      title: said('What the book does not say', '书里没说的'),
      minutes: 2,
      view: 'plot=outcome',
      text: said(
        'Two things are worth knowing about these curves.\n\nFirst, the order of the layers is certain at the start only. With two hidden layers, in 7 of 30 draws the first layer was faster than the second for a part of the training. If your curves cross, that is no mistake.\n\nSecond, the deep network learns next to nothing in these 500 steps. It ends at 11.7% of the images, exactly as often as 7 occurs among them. It has learned how frequent each digit is, and nothing about any image.',
        '关于这些曲线，有两件事值得知道。\n\n第一，各层的先后次序只在开始时是确定的。两个隐藏层的网络，30 次抽取里有 7 次，第一层在训练中有一段比第二层还快。要是你的曲线交叉了，那并没有错。\n\n第二，深的网络在这 500 步里几乎什么都没学到。最后答对 11.7% 的图像，正好是数字 7 在其中所占的比例。它学会的是每个数字有多常见，对任何一幅图像都一无所知。',
      ),
    },
    falling: {
      kind: 'question',
      title: said('All curves fall', '所有曲线都在下降'),
      minutes: 2,
      question: said(
        'In the first 50 steps the speeds of all layers fall to less than a twentieth. Is that the vanishing gradient?',
        '头 50 步里，所有层的学习速度都降到了不足二十分之一。这就是梯度消失吗？',
      ),
      options: [
        {
          text: said('Yes: the gradient becomes small', '是：梯度变小了'),
          right: false,
          why: said(
            'It becomes small for all layers alike, because the cost falls. That happens in every training that goes well, too.',
            '所有层一起变小，是因为代价下降了。顺利的训练里也是这样。',
          ),
        },
        {
          text: said('No: that word compares layers at one moment', '不是：这个词比较的是同一时刻的各层'),
          right: true,
          why: said('Yes. Look from layer to layer, not from left to right.', '对。要一层一层地比，而不是从左往右看。'),
        },
        {
          text: said('Yes, but only in layer 1', '是，但只限于第 1 层'),
          right: false,
          why: said(
            'Layer 1 falls no more than the others. It starts lower.',
            '第 1 层并没有比别的层降得更多，只是一开始就低。',
          ),
        },
      ],
      text: said(
        'The gradient vanishes on its way back through the layers, at each single step. Falling over time is another matter.',
        '梯度消失，说的是在每一步里，梯度往回穿过各层时越来越小。随时间下降是另一回事。',
      ),
    },
    laboratory: {
      kind: 'text',
      title: said('A hundred networks at once', '一次看一百个网络'),
      minutes: 3,
      figure: 'start',
      text: said(
        'A hundred networks before their first step, with up to 50 hidden layers. Each dot is one layer of one of them. In powers of ten the layers lie on a straight line, since each passes on about the same share: a few layers more are not a little worse, but so many times worse.\n\nThe dashed line is what theory predicts from the activation and the variance of the weights alone. Change these, and look for weights with which the line is level. It holds before the first step only: training bends it.',
        '一百个还没有走第一步的网络，最多 50 个隐藏层。每个点是其中一个网络的一层。以数量级为单位，各层排在一条直线上，因为每层传下去的份额差不多：多几层，不是差一点，而是差许多倍。\n\n虚线是从理论算出来的，只用到激活函数和权重的方差。改一改这两样，找找什么样的权重能让这条线变平。它只在第一步之前成立：一开始训练，线就弯了。',
      ),
    },
  },
};
