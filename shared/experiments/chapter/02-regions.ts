/** Pieces of the plane: what depth adds to a network of ReLU neurons, and what it does not promise. */
import { type Experiment, said } from '../experiment.ts';

export const regions: Experiment = {
  id: 'regions',
  number: 2,
  title: said('Folding space', '折叠空间'),
  question: said(
    'Into how many pieces can a network of ReLU neurons cut the plane?',
    'ReLU 神经元组成的网络，能把平面切成多少块？',
  ),
  minutes: 10,
  deeper: true,
  parts: {
    count: {
      kind: 'question',
      title: said('The same neurons, in one layer or two', '同样多的神经元，排成一层或两层'),
      minutes: 4,
      question: said(
        'A network of ReLU neurons is linear in pieces. With two inputs and 16 neurons: which arrangement can cut the plane into more pieces?',
        'ReLU 神经元组成的网络是分片线性的。两个输入、16 个神经元：怎样排列，最多能把平面切成更多块？',
      ),
      options: [
        {
          text: said('16 in one layer', '一层 16 个'),
          right: false,
          why: said('16 lines cut the plane into at most 137 pieces.', '16 条直线最多把平面切成 137 块。'),
        },
        {
          text: said('8 and 8 in two layers', '两层，各 8 个'),
          right: true,
          why: said(
            'Some such networks have at least 592 pieces: the first layer folds the plane, and each cut of the second shows in every fold.',
            '有的这样的网络至少有 592 块：第一层把平面折起来，第二层切一刀，折好的每一层都留下痕迹。',
          ),
        },
        {
          text: said('Both the same: 16 neurons are 16 neurons', '一样多：都是 16 个神经元'),
          right: false,
          why: said(
            'In one layer every neuron is a straight line. In the second, it bends at each line of the first.',
            '在第一层，每个神经元是一条直线；在第二层，它在第一层的每条线上都会拐弯。',
          ),
        },
      ],
      formulas: [
        {
          tex: '\\text{one layer of } n:\\quad 1+n+\\binom n2',
          spoken: said(
            'One layer of n neurons: at most 1 plus n plus n choose 2 pieces.',
            '一层 n 个神经元：最多 1 加 n 加 n 中取 2 的组合数块。',
          ),
        },
      ],
      text: said(
        'With two inputs, n straight lines cut the plane into at most\n\n[1]\n\npieces. A second layer sees the plane folded: what it cuts once is cut in every fold. So the number of pieces can grow exponentially with depth, and only like a polynomial with width.',
        '有两个输入时，n 条直线最多把平面切成\n\n[1]\n\n块。第二层看到的是折叠过的平面，切一刀，每一层折痕里都切开了。所以块数可以随深度指数增长，而随宽度只按多项式增长。',
      ),
    },
    draw: {
      kind: 'text',
      title: said('Look at them', '看看这些块'),
      minutes: 4,
      figure: 'regions',
      text: said(
        'Each colour is a piece in which the network is linear. They are counted exactly, inside the window that is drawn. Compare one layer with several of the same number of neurons, and draw the weights anew.',
        '每种颜色是一块，网络在这一块里是线性的。块数是在画出的窗口内精确数出来的。比较同样多的神经元排成一层和排成几层，再重新抽取权重看看。',
      ),
    },
    caution: {
      kind: 'text',
      title: said('More pieces are not more accuracy', '块数多，不等于更准'),
      minutes: 2,
      text: said(
        'The large numbers are what some network of this shape can reach. Networks with randomly drawn weights have far fewer pieces, and training does not bring them near the maximum. The number of pieces says how complicated a function may be, not how well it fits, and nothing about whether it can be learned.',
        '那些大数目，是同样形状的网络里某一个所能达到的。随机抽取权重的网络，块数少得多，训练也不会让它接近最大值。块数说的是函数可以有多复杂，不是拟合得有多好，更不是学不学得会。',
      ),
    },
  },
};
