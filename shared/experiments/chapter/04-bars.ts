/** The gradient of every neuron, drawn as in the book. */
import { type Experiment, said } from '../experiment.ts';
import { fullBatch, layers } from '../settings.ts';

export const bars: Experiment = {
  id: 'bars',
  number: 4,
  title: said('Every neuron', '每一个神经元'),
  question: said('Is a layer slow because a few of its neurons are?', '一层学得慢，是因为其中几个神经元慢吗？'),
  minutes: 6,
  deeper: false,
  parts: {
    look: {
      kind: 'guess',
      title: said('A bar for each neuron', '每个神经元一根条'),
      minutes: 4,
      lead: said(
        'Two hidden layers of 30 neurons, the weights as they were drawn. For each neuron there is a number: how much the cost changes when its bias is raised a little.',
        '两个隐藏层各有 30 个神经元，权重是刚抽取的样子。每个神经元都有一个数：把它的偏置稍稍提高一点，代价会变多少。',
      ),
      configuration: { ...fullBatch, hidden: layers(2) },
      step: 0,
      asks: { slowest: false, line: false },
      view: 'plot=why&why=neurons',
      printed: [0.06574, 0.30922].map((value, n) => ({
        text: said(`Speed of layer ${n + 1} at the start`, `第 ${n + 1} 层开始时的速度`),
        value,
        reading: { run: 0, metric: 'speed' as const, layer: n + 1, step: 0 },
      })),
      checks: [
        {
          text: said(
            'Layer 2 begins more than 2.5 times faster than layer 1.',
            '第 2 层开始时比第 1 层快 2.5 倍以上。',
          ),
          reading: { run: 0, metric: 'ratio', layer: null, step: 0 },
          least: 2.5,
          most: null,
        },
      ],
      text: said(
        'Bars point up or down: the gradient has a sign. The neurons of layer 2 mostly have the longer bars, but not each of them is longer than each of layer 1. So one number stands for a layer: the length of all its bars taken together as a vector. That is its speed of learning.\n\nThe length is taken of the mean over all images, as in the book, not the mean of the lengths. Where images pull in different directions, they cancel.',
        '条有朝上的，也有朝下的：梯度有正负。第 2 层的条大多更长，但并不是每一根都比第 1 层的每一根长。所以用一个数来代表一层：把它所有的条看成一个向量，取其长度。这就是这一层的学习速度。\n\n先对所有图像取平均，再取长度，和书里一样，而不是先取长度再平均。不同图像拉的方向不同，就会互相抵消。',
      ),
      note: said(
        'The answer “about equal” is common. Let somebody find a neuron of layer 1 that beats one of layer 2.',
        '不少人会答“差不多”。可以请人找出一个比第 2 层某个神经元更快的第 1 层神经元。',
      ),
    },
    concept: {
      kind: 'question',
      title: said('What does a bar say?', '一根条说明什么？'),
      minutes: 2,
      question: said(
        'A neuron of layer 1 has a very short bar. What does that mean?',
        '第 1 层有个神经元的条非常短。这意味着什么？',
      ),
      options: [
        {
          text: said('Its bias is right already', '它的偏置已经合适了'),
          right: false,
          why: said(
            'Nothing has been learned yet: the weights and biases are as they were drawn.',
            '什么都还没学：权重和偏置都还是刚抽取的样子。',
          ),
        },
        {
          text: said('Changing it hardly changes the cost, as things stand', '照现在的情况，改动它几乎不影响代价'),
          right: true,
          why: said(
            'That is all that a gradient says: what a small change does just now.',
            '梯度说的只有这个：眼下，小小的改动会带来什么。',
          ),
        },
        {
          text: said('It is not important for the answer', '它对回答不重要'),
          right: false,
          why: said(
            'All that the network knows of the image comes through layer 1. What is behind it does not listen yet.',
            '网络对图像所知的一切，都要经过第 1 层。只是它后面的层还听不进去。',
          ),
        },
      ],
      text: said(
        'A short bar is no praise and no blame. It says that a step of gradient descent will leave this neuron almost where it is.',
        '条短，既不是表扬，也不是批评。它只说明：梯度下降走一步，这个神经元几乎原地不动。',
      ),
    },
  },
};
