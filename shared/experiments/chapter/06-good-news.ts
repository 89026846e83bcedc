/** A small gradient is no sign that a layer is done: it has hardly begun. */
import { type Experiment, said } from '../experiment.ts';
import { fullBatch, layers, longTraining } from '../settings.ts';

const frozen = (width: number) => ({ ...longTraining, epochs: 5, hidden: layers(2, width), frozen: [1] });
const free = (width: number) => ({ ...longTraining, epochs: 5, hidden: layers(2, width) });

export const goodNews: Experiment = {
  id: 'good-news',
  number: 6,
  title: said('Is a small gradient good news?', '梯度小，是好事吗？'),
  question: said('Has a layer with a tiny gradient finished learning?', '梯度极小的层，是不是已经学完了？'),
  minutes: 10,
  deeper: false,
  parts: {
    answers: {
      kind: 'question',
      title: said('What the networks say', '网络怎样回答'),
      minutes: 4,
      question: said(
        '“At a minimum the gradient is zero. The gradient of layer 1 is almost zero, so layer 1 is nearly done.” Is that so, for the network with four hidden layers after 500 steps?',
        '“到了极小值，梯度就是零。第 1 层的梯度差不多是零，所以第 1 层快学完了。”对训练了 500 步、有四个隐藏层的网络来说，是这样吗？',
      ),
      options: [
        {
          text: said('Yes, it is close to a minimum', '是，它接近极小值了'),
          right: false,
          why: said(
            'Its gradient was as small in the very first steps, when nothing had been learned at all.',
            '它的梯度在最初几步就这么小，而那时什么都还没学。',
          ),
        },
        {
          text: said('No, it stands still near where it was drawn', '不是，它停在刚抽取的位置附近'),
          right: true,
          why: said(
            'Yes: it has turned by less than a thousandth, and the network says the same to every image.',
            '对：它转过的不到千分之一，网络对每幅图像的回答都一样。',
          ),
        },
        {
          text: said('Yes, but only because of weight decay', '是，不过只是因为权重衰减'),
          right: false,
          why: said(
            'Weight decay shrinks every layer alike. That is not learning, and it is no minimum.',
            '权重衰减让每一层同样地缩小。这既不是学习，也不是极小值。',
          ),
        },
      ],
      runs: [
        { ...fullBatch, hidden: layers(2) },
        { ...fullBatch, hidden: layers(4) },
      ],
      view: 'plot=sees&sees=says&runs={runs}',
      hint: said(
        'Small means slow. A minimum would mean right answers. Ask what this network says to a 3 and to an 8.',
        '小，只说明慢；到了极小值，回答应当是对的。问问这个网络，看到 3 和看到 8 时各回答什么。',
      ),
      checks: [
        {
          text: said(
            'The turn of layer 1 in the deep network stays below one thousandth.',
            '深的网络里，第 1 层转过的角度量始终不到千分之一。',
          ),
          reading: { run: 1, metric: 'turn', layer: 1, step: 'last' },
          least: null,
          most: 0.001,
        },
        {
          text: said(
            'Its displacement is about 0.22 all the same: that is weight decay.',
            '可它的位移却有 0.22 左右：那是权重衰减造成的。',
          ),
          reading: { run: 1, metric: 'displacement', layer: 1, step: 'last' },
          least: 0.2,
          most: 0.25,
        },
        {
          text: said(
            'Layer 1 of the network with two hidden layers turns more than a hundred times further.',
            '两个隐藏层的网络，第 1 层转过的量要大一百多倍。',
          ),
          reading: { run: 0, metric: 'turn', layer: 1, step: 'last' },
          least: 0.03,
          most: null,
        },
      ],
      text: said(
        'The network with four hidden layers answers 7 to each of the 1,000 images; 117 of them are a 7. The gradient of its layer 1 is tiny because next to nothing of the error comes back to it, not because it is right.\n\nHow far has a layer come? Its displacement says 0.22, but weight decay alone shrinks every weight to 78% in these 500 steps, whatever is learned. The turn, 1 − cos of the angle between the weights now and at the start, does not see the shrinking. It says: less than a thousandth.',
        '四个隐藏层的网络对 1,000 幅图像个个都回答 7，其中真正是 7 的有 117 幅。它的第 1 层梯度极小，是因为误差几乎传不回来，而不是因为它已经对了。\n\n一层究竟走了多远？位移说是 0.22，但光是权重衰减，500 步里就会把每个权重缩小到 78%，不管学没学到东西。转角量（1 减去现在的权重与最初的权重之间夹角的余弦）不受缩小的影响。它说：不到千分之一。',
      ),
      note: said(
        'Show the answers first, then the weights of layer 1 as pictures: now, at the start, and their difference.',
        '先看回答，再看第 1 层权重画成的图：现在的、最初的、两者之差。',
      ),
    },
    frozen: {
      kind: 'runs',
      title: said('A first layer that may not learn', '不许学习的第一层'),
      minutes: 4,
      lead: said(
        'Does it matter that the first layer stays random? Here it is frozen: two hidden layers of 30, 50,000 images, 5 epochs; once with a first layer that may not learn, once with one that may.',
        '第一层一直随机，要紧吗？这里把它冻结：两个隐藏层各 30 个神经元，50,000 幅图像，5 轮；一次第一层不许学，一次许学。',
      ),
      runs: [frozen(30), free(30)],
      view: 'plot=compare&compare=accuracy&runs={runs}',
      checks: [
        {
          text: said('With the frozen layer fewer than 8 digits in 10 are right.', '冻结时，十个数字里答对不到八个。'),
          reading: { run: 0, metric: 'testAccuracy', layer: null, step: 'last' },
          least: null,
          most: 0.8,
        },
        {
          text: said('With the free one more than 95 in 100 are.', '不冻结时，100 个里答对超过 95 个。'),
          reading: { run: 1, metric: 'testAccuracy', layer: null, step: 'last' },
          least: 0.95,
          most: null,
        },
      ],
      tries: [
        { text: said('Frozen, 100 neurons a layer', '冻结，每层 100 个神经元'), change: { hidden: layers(2, 100) } },
        { text: said('Frozen, 300 neurons a layer', '冻结，每层 300 个神经元'), change: { hidden: layers(2, 300) } },
      ],
      text: said(
        'With 30 neurons a random first layer loses much: in three draws about 71% instead of 96%. It mixes the pixels at random, and what is lost in the mixing no later layer can bring back.\n\nWidth helps: with 100 neurons the frozen network reaches about 83%, with 300 about 86%, where the free ones reach 97%. Among many random neurons there are more that happen to be of use. But none has learned what a stroke is.',
        '只有 30 个神经元时，随机的第一层损失很大：抽取三次，大约 71%，而不是 96%。它把像素随机混在一起，混没了的东西，后面哪一层也找不回来。\n\n加宽有帮助：冻结的网络，每层 100 个神经元能到 83% 左右，300 个能到 86% 左右；不冻结的都能到 97%。随机的神经元多了，碰巧有用的也就多了。但没有一个学会了什么是笔画。',
      ),
    },
    measurements: {
      kind: 'question',
      title: said('How would you know?', '怎样才能知道？'),
      minutes: 2,
      item: 'minimum',
      question: said(
        '“The gradient in layer 1 is 0.000001, so we are at a minimum.” Which two measurements decide?',
        '“第 1 层的梯度是 0.000001，所以到极小值了。”看哪两个测量值就能判断？',
      ),
      options: [
        {
          text: said('The gradient of layer 1 later, and its weights', '第 1 层以后的梯度，和它的权重'),
          right: false,
          why: said('It will still be small later. That decides nothing.', '以后还是会很小，什么也判断不了。'),
        },
        {
          text: said('The turn of layer 1 and the accuracy', '第 1 层转过的量，和准确率'),
          right: true,
          why: said(
            'A layer that has not moved, in a network that is wrong, is not done. It has not begun.',
            '网络答得不对，这一层又没动过：那不是学完了，而是还没开始。',
          ),
        },
        {
          text: said('The learning rate and the number of steps', '学习率和步数'),
          right: false,
          why: said(
            'They say how far a layer could have come, not where it is.',
            '它们说的是能走多远，而不是走到了哪里。',
          ),
        },
        {
          text: said('The displacement and the weight decay', '位移和权重衰减'),
          right: false,
          why: said('Displacement mixes learning with shrinking.', '位移把学习和缩小混在了一起。'),
        },
      ],
      text: said(
        'Small gradient, wrong answers, weights where they began: that is a layer nobody talks to.',
        '梯度小，回答不对，权重还在原地：这是一个没人理睬的层。',
      ),
    },
  },
};
