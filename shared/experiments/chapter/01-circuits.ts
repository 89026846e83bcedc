/** Two layers of gates would do, at a price; and what can be represented need not be learnable. */
import { type Experiment, said } from '../experiment.ts';
import { layers } from '../settings.ts';

const parity = (depth: number) => ({
  dataset: { name: 'parity' as const, bits: 4 },
  hidden: layers(depth, 16),
  output: 'softmax' as const,
  batchSize: 'full' as const,
  epochs: 5000,
  optimizer: { name: 'sgd' as const, learningRate: 0.3 },
});

export const circuits: Experiment = {
  id: 'circuits',
  number: 1,
  title: said('Two layers would do', '两层就够了'),
  question: said(
    'If two layers of gates can compute anything, why build deeper circuits?',
    '两层门电路什么都能算，为什么还要更深的电路？',
  ),
  minutes: 18,
  deeper: true,
  parts: {
    count: {
      kind: 'question',
      title: said('How many gates?', '要多少个门？'),
      minutes: 4,
      question: said(
        'Is the number of ones among 10 bits odd or even? With AND, OR and NOT gates of any number of inputs, in two layers only: how many gates does that take?',
        '10 个比特里，1 的个数是奇数还是偶数？只许用两层与门、或门和非门，每个门的输入不限，最少要多少个门？',
      ),
      options: [
        {
          text: said('About 10, one for each bit', '大约 10 个，每个比特一个'),
          right: false,
          why: said(
            'That is what a deep circuit needs: 9 gates of two inputs that each tell whether their inputs differ.',
            '深的电路才能这么省：9 个二输入异或门，每个判断两个输入是否不同。',
          ),
        },
        {
          text: said('About 100, one for each pair', '大约 100 个，每两个比特一个'),
          right: false,
          why: said(
            'Pairs are not enough: flipping any one bit changes the answer, so every gate of the first layer has to look at all of them.',
            '两两比较还不够：随便翻转哪一个比特，答案都会变，所以第一层的每个门都得看到全部比特。',
          ),
        },
        {
          text: said('513', '513 个'),
          right: true,
          why: said(
            'One AND for each of the 512 inputs with an odd number of ones, and one OR over them. One bit more doubles it.',
            '有 512 种输入含奇数个 1，每种各用一个与门，再用一个或门合起来。每多一个比特，就要翻一倍。',
          ),
        },
        {
          text: said('It cannot be done in two layers', '两层做不到'),
          right: false,
          why: said(
            'It can. Two layers of gates compute everything; the question is the price.',
            '做得到。两层门电路什么都能算，问题在于代价。',
          ),
        },
      ],
      hint: said(
        'Write down the truth table for 3 bits. How many rows have the answer “odd”? Can one gate of the first layer stand for two of them?',
        '写出 3 个比特的真值表。有几行的答案是“奇数”？第一层的一个门能同时管两行吗？',
      ),
      formulas: [
        {
          tex: '2^{\\,n-1}+1\\ \\text{gates in 2 layers}\\qquad n-1\\ \\text{gates in}\\ \\lceil\\log_2 n\\rceil\\ \\text{layers}',
          spoken: said(
            'Two to the power n minus 1, plus 1 gates in two layers; n minus 1 gates in log n layers.',
            '两层需要 2 的 n 减 1 次方再加 1 个门；log n 层只需要 n 减 1 个门。',
          ),
        },
      ],
      text: said(
        'Parity of n bits, in two layers and in a tree:\n\n[1]\n\nFor 8 bits that is 129 gates against 7, for 16 bits 32,769 against 15, for 32 bits 2,147,483,649 against 31. Depth does not make the impossible possible. It makes the impossible amount of hardware small.',
        'n 个比特的奇偶，用两层来算，和用一棵树来算：\n\n[1]\n\n8 个比特是 129 个门对 7 个，16 个比特是 32,769 个对 15 个，32 个比特是 2,147,483,649 个对 31 个。深度并不是把不可能变成可能，而是把多得不可能造出来的硬件变得很少。',
      ),
      note: said(
        'Let them write the table for 4 bits by hand first, 4 minutes. Most will answer “about 10”, thinking of the tree.',
        '先让学生手写 4 个比特的真值表，给 4 分钟。多数人会想到树形电路，答“大约 10 个”。',
      ),
    },
    build: {
      kind: 'text',
      title: said('Build it', '动手搭一搭'),
      minutes: 4,
      figure: 'circuit',
      text: said(
        'Move the depth from 2 layers to a tree and watch the number of gates. Take one gate of the two-layer circuit away: exactly one row of the truth table goes wrong. Each of those gates knows one single case; none of them is of use to another.',
        '把深度从两层一直调到一棵树，看看门的数量怎么变。再从两层电路里拿掉一个门：真值表里恰好有一行出错。每个门只认得一种情况，彼此帮不上忙。',
      ),
    },
    parts: {
      kind: 'text',
      title: said('Put together from parts', '一级一级搭起来'),
      minutes: 3,
      figure: 'multiplier',
      text: said(
        'Nobody designs a multiplier by writing down its table. One makes a circuit that adds two bits, makes of it one that adds a carry as well; a row of those adds two numbers, and several rows multiply. Every level uses what the level before has solved. Change the two numbers and follow the ones.\n\nThe table of two numbers of 8 bits, written out in two levels, takes 65,041 gates; put together from parts it is 320. Depth makes the circuit small, and it makes it something that a person can think of.',
        '没有人会照着真值表去设计乘法器。先做一个把两个比特相加的电路，再用它做出能连进位一起加的电路；一排这样的电路就能把两个数相加，几排合起来就能做乘法。每一级用的，都是前一级已经解决了的问题。改一改那两个数，看看 1 都走到哪里去了。\n\n两个 8 位数相乘，把真值表铺成两层要 65,041 个门；一级一级搭起来只要 320 个。有了深度，电路变小了，人也想得明白了。',
      ),
    },
    caution: {
      kind: 'text',
      title: said('What this does not prove', '这并没有证明什么'),
      minutes: 2,
      text: said(
        'The exponential price is proved for AND, OR and NOT gates in a fixed number of layers. The neurons of a network are something else: a single hidden layer of n threshold units computes the parity of n bits. So nobody has shown here that a shallow network needs exponentially many neurons for parity. What carries over is the idea: solving a part once and using it many times is what depth is for.',
        '指数级的代价，只是对层数固定、由与门、或门和非门组成的电路证明的。网络里的神经元不是这样的门：只用一个隐藏层，n 个阈值单元就能算出 n 个比特的奇偶。所以这里并没有证明浅的网络要指数多个神经元。能借鉴的是思路：把一个小问题解决一次，然后反复使用，这正是深度的用处。',
      ),
    },
    learn: {
      kind: 'question',
      title: said('To represent is not to learn', '能表示，不等于学得会'),
      minutes: 5,
      question: said(
        'All 16 cases of 4 bits are training examples. Networks with 1, 2, 3 and 4 hidden layers of 16 sigmoid neurons, each of which could represent parity: which of them learn it in 5,000 steps?',
        '4 个比特的 16 种情况全部用来训练。四个网络各有 1、2、3、4 个隐藏层，每层 16 个 sigmoid 神经元，都有能力表示奇偶。训练 5,000 步，哪些学得会？',
      ),
      options: [
        {
          text: said('All of them', '都学得会'),
          right: false,
          why: said(
            'All of them could. But a network has to find its weights from a random start.',
            '它们都有这个能力，但权重要从随机的起点一步步找到。',
          ),
        },
        {
          text: said('Only the deeper ones', '只有深的学得会'),
          right: false,
          why: said(
            'Depth would help a circuit. Here it is the other way round.',
            '对电路来说，深一些有帮助；在这里恰好相反。',
          ),
        },
        {
          text: said('Only those with 1 and 2 layers', '只有 1 层和 2 层的学得会'),
          right: true,
          why: said(
            'With 5 different draws of the weights, 1 and 2 layers learned all cases every time, 3 and 4 layers never.',
            '抽取 5 次权重，1 层和 2 层的每次都全学会了，3 层和 4 层的一次也没有。',
          ),
        },
        {
          text: said('None of them', '都学不会'),
          right: false,
          why: said(
            '16 neurons in one layer are enough, and gradient descent finds them.',
            '一层 16 个神经元就够了，梯度下降也找得到。',
          ),
        },
      ],
      runs: [parity(1), parity(2), parity(3), parity(4)],
      view: 'plot=compare&compare=accuracy&runs={runs}',
      checks: [
        {
          text: said('One hidden layer gets all 16 cases right in the end.', '一个隐藏层的网络最后 16 种情况全对。'),
          reading: { run: 0, metric: 'trainAccuracy', layer: null, step: 'last' },
          least: 1,
          most: null,
        },
        {
          text: said('Four hidden layers do no better than guessing.', '四个隐藏层的网络和瞎猜差不多。'),
          reading: { run: 3, metric: 'trainAccuracy', layer: null, step: 'last' },
          least: null,
          most: 0.7,
        },
        {
          text: said(
            'With four, layer 1 begins more than 20 times slower than layer 4.',
            '四层的网络一开始，第 1 层就比第 4 层慢 20 倍以上。',
          ),
          reading: { run: 3, metric: 'ratio', layer: null, step: 0 },
          least: 20,
          most: null,
        },
      ],
      tries: [
        {
          text: said(
            'Four layers with tanh and Xavier weights: one idea of another kind',
            '四层，换成 tanh 和 Xavier 初始化',
          ),
          change: { hidden: layers(4, 16), activation: 'tanh', initialization: { scheme: 'xavier-uniform' } },
        },
      ],
      text: said(
        'The deep networks could do it and do not learn it. With tanh and weights drawn as Xavier Glorot proposed, 4 hidden layers learn parity of 4, 5 and 6 bits in every one of five draws. So depth as such does not stand in the way. Something happens to the learning of deep sigmoid networks, and what that is is the question of this chapter.',
        '深的网络有能力，却学不会。换成 tanh，再按 Xavier Glorot 的办法抽取权重，4 个隐藏层的网络在 5 次抽取中每次都学会了 4、5、6 个比特的奇偶。可见挡路的不是深度本身。深的 sigmoid 网络在学习时出了什么事，正是这一章要回答的问题。',
      ),
      note: said(
        'The outcome plot at the end is enough; do not explain the speeds yet, experiment 5 does that.',
        '看最后的准确率就够了。学习速度先不解释，留给实验 5。',
      ),
    },
  },
};
