/** More layers on the same digits: hardly better, slower to begin, and beyond some depth nothing at all. */
import { type Experiment, said } from '../experiment.ts';
import { layers, longTraining } from '../settings.ts';

export const accuracy: Experiment = {
  id: 'accuracy',
  number: 3,
  title: said('Deeper is not better', '更深并不更好'),
  question: said('What do more hidden layers bring?', '隐藏层多几个，能带来什么？'),
  minutes: 10,
  deeper: false,
  parts: {
    compare: {
      kind: 'question',
      title: said('One to four hidden layers', '一到四个隐藏层'),
      minutes: 6,
      question: said(
        'Four networks with 1, 2, 3 and 4 hidden layers of 30 sigmoid neurons learn from 50,000 handwritten digits, 30 times each. Which of them is right most often about digits that it has not seen?',
        '四个网络各有 1、2、3、4 个隐藏层，每层 30 个 sigmoid 神经元，用 50,000 幅手写数字训练 30 轮。对没见过的数字，哪个网络答对得最多？',
      ),
      options: [
        {
          text: said('The one with 1 hidden layer', '1 个隐藏层的'),
          right: false,
          why: said('It begins best, but it is not ahead in the end.', '它起步最快，但最后并不领先。'),
        },
        {
          text: said('The one with 2', '2 个隐藏层的'),
          right: false,
          why: said(
            'It was in the book and often is. But the lead is as small as what another draw of the weights does.',
            '书里是它，这里也常常是它。但领先的这一点，和重新抽取一次权重带来的差别一样小。',
          ),
        },
        {
          text: said('The one with 4', '4 个隐藏层的'),
          right: false,
          why: said('It can represent more. It does not learn more.', '它能表示的更多，但并没有学到更多。'),
        },
        {
          text: said('There is no clear winner', '分不出明显的胜负'),
          right: true,
          why: said(
            'All end between 95.8 and 97.1%, and the order changes with the draw of the weights.',
            '最后都在 95.8% 到 97.1% 之间，重新抽取权重，名次就会变。',
          ),
        },
      ],
      runs: [1, 2, 3, 4].map((count) => ({ ...longTraining, hidden: layers(count) })),
      view: 'plot=compare&compare=accuracy&runs={runs}&axis=epoch',
      hint: said(
        'A layer more can do all that the network could before: it only has to pass on what it gets. Does that make it better?',
        '多一层，至少不会少做什么：照原样传下去就行。可这就会更好吗？',
      ),
      checks: [
        {
          text: said(
            'After the first epoch, 1 hidden layer is right more than 9 times out of 10.',
            '第一轮之后，1 个隐藏层的网络十次里答对九次以上。',
          ),
          reading: { run: 0, metric: 'testAccuracy', layer: null, step: 5000 },
          least: 0.9,
          most: null,
        },
        {
          text: said(
            'After 50,000 images, 4 hidden layers are still right less than half of the time.',
            '看过 50,000 幅图像之后，4 个隐藏层的网络答对的还不到一半。',
          ),
          reading: { run: 3, metric: 'testAccuracy', layer: null, step: 5000 },
          least: null,
          most: 0.5,
        },
        {
          text: said('In the end 4 hidden layers are above 95%, too.', '到最后，4 个隐藏层的网络也超过了 95%。'),
          reading: { run: 3, metric: 'testAccuracy', layer: null, step: 'last' },
          least: 0.95,
          most: null,
        },
      ],
      printed: [0.9648, 0.969, 0.9657, 0.9653].map((value, n) => ({
        text: said(`Accuracy, ${n + 1} hidden ${n === 0 ? 'layer' : 'layers'}`, `准确率，${n + 1} 个隐藏层`),
        value,
        reading: { run: n, metric: 'testAccuracy' as const, layer: null, step: 'last' as const },
      })),
      text: said(
        'More layers bring next to nothing here, and four need longer to get going: the network waits at chance, and then escapes. At 4 layers, depth costs time, not final accuracy. The differences in the end are smaller than what another draw of the weights makes.',
        '在这里，多加几层几乎没有好处，四层的网络起步还更慢：它先停在瞎猜的水平，然后才挣脱出来。四层时，深度耗掉的是时间，而不是最后的准确率。最后的差别，比重新抽取一次权重带来的差别还小。',
      ),
      note: said(
        'Expect “the deepest one”. Point at the first epoch: that is the surprise. If late, skip the step with 6 to 10 layers and say its result.',
        '预计很多人会选最深的。请指给大家看第一轮，那里最出人意料。时间不够，就跳过 6 到 10 层那一步，直接说出结果。',
      ),
    },
    failure: {
      kind: 'runs',
      title: said('Six, eight, ten', '六层、八层、十层'),
      minutes: 4,
      lead: said(
        'The same training with 6, 8 and 10 hidden layers: 150,000 steps each.',
        '同样的训练，换成 6、8、10 个隐藏层，各 150,000 步。',
      ),
      runs: [6, 8, 10].map((count) => ({ ...longTraining, hidden: layers(count) })),
      view: 'plot=compare&compare=accuracy&runs={runs}&axis=epoch',
      checks: [6, 8, 10].map((count, n) => ({
        text: said(
          `With ${count} hidden layers it is never better than guessing.`,
          `${count} 个隐藏层的网络一直和瞎猜一样。`,
        ),
        reading: { run: n, metric: 'testAccuracy' as const, layer: null, step: 'last' as const },
        least: null,
        most: 0.15,
      })),
      text: said(
        'Here depth becomes failure: in three draws of the weights, networks with 6, 8 and 10 hidden layers were right about 10 to 11% of the digits from beginning to end, as often as if they always gave the same answer. They are able to do what the shallow ones do. They do not learn it.\n\nWhat goes on inside them shows itself in the first 500 steps. That is what we look at next; this was 150,000.',
        '到了这里，深度就成了失败：抽取三次权重，6、8、10 个隐藏层的网络从头到尾都只答对 10% 到 11% 的数字，和永远给同一个回答一样。浅的网络会做的，它们也有能力做，却学不会。\n\n里面发生了什么，头 500 步就看得出来。接下来就看这 500 步；刚才的是 150,000 步。',
      ),
      note: said(
        'These three runs need about 15 seconds of one processor together.',
        '这三次训练合起来大约要占用一个处理器 15 秒。',
      ),
    },
    concept: {
      kind: 'question',
      title: said('What follows?', '这说明什么？'),
      minutes: 3,
      question: said(
        'With 6 hidden layers the network answers no better than chance. What does that show?',
        '有 6 个隐藏层的网络，答得和瞎猜一样。这说明什么？',
      ),
      options: [
        {
          text: said('Deep networks can do less', '深的网络能力更弱'),
          right: false,
          why: said(
            'Its layers could pass on what they get, and it would be as good as a shallow one. What it can do is not what it learns.',
            '它的层只要照原样传下去，就和浅的网络一样好。能做到的，不等于学得会的。',
          ),
        },
        {
          text: said('It overfits: too many weights for so few images', '过拟合：权重太多，图像太少'),
          right: false,
          why: said(
            'Then it would be right about the images it learns from. It is wrong about those as well.',
            '过拟合的网络，训练用的图像应当答得对。它连这些也答不对。',
          ),
        },
        {
          text: said('Something stops it from learning', '有什么东西妨碍了它学习'),
          right: true,
          why: said('Yes. What that is can be measured, layer by layer.', '对。究竟是什么，可以逐层测出来。'),
        },
        {
          text: said('It only needs more epochs', '再多训练几轮就好'),
          right: false,
          why: said(
            '30 epochs change nothing at all, and its first layers receive a gradient that is more than 10,000 times smaller still by then. Waiting is no plan.',
            '30 轮下来毫无变化，那时前几层得到的梯度又小了 10,000 倍以上。光等是没有用的。',
          ),
        },
      ],
      text: said(
        'A network that cannot do something and one that does not learn it look the same from outside. To tell them apart we look inside: how fast does each layer learn?',
        '做不到和学不会，从外面看是一样的。要分清，就得往里面看：每一层学得有多快？',
      ),
    },
  },
};
