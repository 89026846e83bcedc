/** The product for whole layers: gain of the weights times slope of the activation; and why a level ratio is not enough. */
import { type Experiment, said } from '../experiment.ts';
import { fullBatch, layers } from '../settings.ts';

const large = (width: number) => ({
  ...fullBatch,
  dataset: { name: 'mnist' as const, train: 1000, test: 2000 },
  hidden: layers(4, width),
  initialization: { scheme: 'standard-normal' as const },
});

export const matrix: Experiment = {
  id: 'matrix',
  number: 9,
  title: said('The matrix form', '矩阵形式'),
  question: said('What carries over from one neuron a layer to many?', '从每层一个神经元到每层许多个，什么仍然成立？'),
  minutes: 15,
  deeper: true,
  parts: {
    form: {
      kind: 'text',
      title: said('The same product, with matrices', '同样的乘积，换成矩阵'),
      minutes: 4,
      view: 'plot=why',
      formulas: [
        {
          tex: "\\delta^l=\\Sigma'(z^l)\\,(w^{l+1})^{T}\\,\\Sigma'(z^{l+1})\\,(w^{l+2})^{T}\\cdots\\Sigma'(z^L)\\,\\nabla_a C",
          spoken: said(
            'Delta of layer l is: the slopes of layer l, times the transposed weights of layer l plus 1, times the slopes of layer l plus 1, and so on, up to the slopes of the last layer, times the gradient of the cost with respect to its outputs.',
            '第 l 层的 delta，等于第 l 层的斜率，乘以第 l 加 1 层权重的转置，乘以第 l 加 1 层的斜率，如此下去，直到最后一层的斜率，再乘以代价对输出的梯度。',
          ),
        },
        {
          tex: '\\frac{\\lVert\\delta^{l}\\rVert}{\\lVert\\delta^{l+1}\\rVert}=\\underbrace{\\text{weight gain}}_{\\text{how the weights spread it}}\\times\\underbrace{\\text{slope}}_{\\text{what the neurons let through}}',
          spoken: said(
            'The ratio of neighbouring speeds is the weight gain, how the weights spread the gradient, times the slope, what the neurons let through.',
            '相邻两层速度之比，等于权重增益（权重怎样散布梯度）乘以斜率（神经元放过多少）。',
          ),
        },
      ],
      text: said(
        'For layers of many neurons the gradient is a product as well:\n\n[1]\n\n“Every factor below 1/4” does not carry over: a matrix with many entries can make a vector longer. What carries over is one factor for each layer:\n\n[2]\n\nThe bars of the plot Why show both, in decades; they add up exactly.',
        '每层有许多神经元时，梯度也是一个乘积：\n\n[1]\n\n“每个因子都小于 1/4”不再成立：矩阵的元素多了，可以把向量拉长。仍然成立的是，每层有一个因子：\n\n[2]\n\n图“为什么”里的条把两者都画了出来，以数量级为单位，加起来正好相等。',
      ),
    },
    factors: {
      kind: 'text',
      title: said('What a matrix does to a gradient', '一个矩阵对梯度做什么'),
      minutes: 3,
      figure: 'matrix',
      text: said(
        'A number makes everything larger or smaller alike. A matrix does not: it stretches some directions more than others, and its singular values say by how much. Hollow dots are those of one factor Σ′(z) wᵀ, filled ones those of the product of all factors so far.\n\nSince no slope of a sigmoid is above 1/4, no singular value of a factor is above a quarter of the largest one of its weights. And see how the filled dots spread: few directions are lucky in every layer. So it is not only the size of the gradient that gets lost on its way back, but most of what it had to say.',
        '一个数把什么都同样地放大或缩小。矩阵不是这样：有些方向拉得长，有些方向拉得短，奇异值说的就是各拉了多少。空心点是单个因子 Σ′(z) wᵀ 的奇异值，实心点是到这里为止所有因子乘积的奇异值。\n\nsigmoid 的斜率都不超过 1/4，所以一个因子的奇异值，都不超过它的权重最大奇异值的四分之一。再看实心点怎样越散越开：能在每一层都走运的方向很少。所以梯度往回传时，丢掉的不只是大小，它要说的话也丢了大半。',
      ),
    },
    level: {
      kind: 'question',
      title: said('Level it with large weights', '用大的权重拉平'),
      minutes: 5,
      question: said(
        'Weights from N(0,1) in layers of 30, 100 and 300 neurons. In the widest network all layers begin about equally fast. Which of the three will be right most often about new digits?',
        '权重取自 N(0,1)，每层分别有 30、100、300 个神经元。最宽的网络各层开始时几乎一样快。对没见过的数字，三个网络里哪个答对得最多？',
      ),
      options: [
        {
          text: said('300: its layers are equally fast', '300 个的：各层一样快'),
          right: false,
          why: said(
            'It learns its 1,000 images by heart, but about new ones it is right little more than half of the time.',
            '它把那 1,000 幅图像背了下来，但对新的图像，答对的只有一半多一点。',
          ),
        },
        {
          text: said('100', '100 个的'),
          right: true,
          why: said(
            'About 68%, and still far from the 90% that the same images allow with other first weights.',
            '约 68%；而同样这些图像，换一种初始权重能到 90% 左右，差得还远。',
          ),
        },
        {
          text: said('30: the fewest weights', '30 个的：权重最少'),
          right: false,
          why: said('It learns least: 37 to 52%.', '它学到的最少：37% 到 52%。'),
        },
      ],
      runs: [large(30), large(100), large(300)],
      view: 'plot=compare&runs={runs}',
      checks: [
        {
          text: said(
            'With 300 neurons a layer, layer 4 begins less than 4 times faster than layer 1.',
            '每层 300 个神经元时，第 4 层开始时比第 1 层快不到 4 倍。',
          ),
          reading: { run: 2, metric: 'ratio', layer: null, step: 0 },
          least: null,
          most: 4,
        },
        {
          text: said('More than half of its neurons are saturated.', '它有一半以上的神经元是饱和的。'),
          reading: { run: 2, metric: 'saturation', layer: 2, step: 'last' },
          least: 0.5,
          most: null,
        },
        {
          text: said('It is right about nearly all images that it learned from,', '它用来训练的图像几乎全答对，'),
          reading: { run: 2, metric: 'trainAccuracy', layer: null, step: 'last' },
          least: 0.97,
          most: null,
        },
        {
          text: said('and about fewer than 65% of new ones.', '新的图像却只答对不到 65%。'),
          reading: { run: 2, metric: 'testAccuracy', layer: null, step: 'last' },
          least: null,
          most: 0.65,
        },
      ],
      tries: [
        {
          text: said('300 neurons, weights four times as large: exploding', '300 个神经元，权重放大到四倍：爆炸'),
          change: { hidden: layers(4, 300), initialization: { scheme: 'standard-normal', gain: 4 } },
        },
      ],
      text: said(
        'A ratio near 1 does not mean that a network learns well. Here the large weights level the speeds, but they also drive most neurons into saturation: from the first layer on, each image becomes a pattern of zeros and ones that has little to do with what is drawn on it.\n\nA level gradient is needed. It is not enough.',
        '比值接近 1，并不说明网络学得好。这里，大的权重拉平了速度，却也让多数神经元饱和：从第一层起，每幅图像就变成一串 0 和 1，和画的是什么关系不大。\n\n梯度要平，但光平还不够。',
      ),
    },
    concept: {
      kind: 'question',
      title: said('What a ratio says', '比值说明什么'),
      minutes: 2,
      question: said(
        'Two networks have a ratio of 1 between last and first layer at the start. What do you know?',
        '两个网络开始时最后一层与第一层的速度比都是 1。由此知道什么？',
      ),
      options: [
        {
          text: said('Both will learn well', '两个都会学得好'),
          right: false,
          why: said('You have just seen one that does not.', '刚才就看到了一个学得不好的。'),
        },
        {
          text: said('No layer is left behind at the start', '开始时没有哪一层落后'),
          right: true,
          why: said('That, and no more.', '只说明这一点。'),
        },
        {
          text: said('Both have the same weights', '两个网络的权重一样'),
          right: false,
          why: said('Many choices of weights give the same ratio.', '同一个比值，可以来自许多种权重。'),
        },
      ],
      text: said(
        'The ratio is a diagnosis of one illness. A healthy network needs more: neurons that are not saturated, and a learning rate that suits it.',
        '这个比值只诊断一种毛病。健康的网络还需要：神经元不饱和，学习率合适。',
      ),
    },
  },
};
