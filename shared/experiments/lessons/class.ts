/** The lessons for a class, and one to take home, made of parts of the experiments. */
import type { ConfigurationInput } from '../../protocol/configuration-schema.ts';
import type { Lesson } from '../../protocol/lessons.ts';
import { circuits } from '../chapter/01-circuits.ts';
import { regions } from '../chapter/02-regions.ts';
import { accuracy } from '../chapter/03-accuracy.ts';
import { bars } from '../chapter/04-bars.ts';
import { speed } from '../chapter/05-speed.ts';
import { goodNews } from '../chapter/06-good-news.ts';
import { chain } from '../chapter/07-chain.ts';
import { luck } from '../chapter/08-luck.ts';
import { matrix } from '../chapter/09-matrix.ts';
import { chaos } from '../chapter/10-chaos.ts';
import { saturation } from '../chapter/11-saturation.ts';
import { momentum } from '../chapter/12-momentum.ts';
import { waysOut } from '../chapter/13-ways-out.ts';
import { rescue } from '../chapter/14-rescue.ts';
import { ticket } from '../chapter/ticket.ts';
import { from, said } from '../experiment.ts';

type ClassLesson = Lesson<ConfigurationInput>;

/** A quarter of an hour: the start of the speeds, and why. */
export const quarter: ClassLesson = {
  id: 'minutes-15',
  title: said('15 minutes: why early layers learn slowly', '15 分钟：为什么前面的层学得慢'),
  steps: [...from(speed, 'four', 'draws'), ...from(chain, 'product', 'ordinary', 'exploding')],
};

/** A lesson of 45 minutes. */
export const lesson45: ClassLesson = {
  id: 'minutes-45',
  title: said('45 minutes: why deep networks are hard to train', '45 分钟：深的网络为什么难训练'),
  steps: [
    ...from(accuracy, 'compare'),
    ...from(speed, 'four', 'draws', 'truth', 'falling'),
    ...from(goodNews, 'answers', 'measurements'),
    ...from(chain, 'product', 'ordinary', 'exploding'),
    ...from(waysOut, 'race'),
    ...from(ticket, 'twenty', 'clip', 'recurrent'),
  ],
};

/** The first of two lessons of 45 minutes: what is to be seen. */
export const double1: ClassLesson = {
  id: 'double-1',
  title: said('2 × 45 minutes, first half: what is to be seen', '2 × 45 分钟，上半场：看到了什么'),
  steps: [
    ...from(accuracy),
    ...from(speed, 'two', 'four', 'draws', 'truth', 'falling'),
    ...from(goodNews, 'answers', 'frozen'),
    ...from(bars),
  ],
};

/** The second one: why, and what to do about it. What it leaves out of its experiments is in them. */
export const double2: ClassLesson = {
  id: 'double-2',
  title: said('2 × 45 minutes, second half: why, and what helps', '2 × 45 分钟，下半场：为什么，怎么办'),
  steps: [
    ...from(chain, 'product', 'ordinary', 'exploding'),
    ...from(luck, 'draws'),
    ...from(chaos, 'cells'),
    ...from(waysOut, 'race', 'remedies'),
    ...from(rescue, 'patient', 'rescue', 'match'),
    ...from(ticket, 'twenty', 'clip', 'recurrent'),
  ],
};

/** For those who want to know more than a class has time for: why depth at all, and what Glorot, Sutskever and others found. */
export const home: ClassLesson = {
  id: 'home',
  title: said('At home, deeper: why depth, and what papers found', '在家里，深入一步：为什么要深，论文发现了什么'),
  steps: [...from(circuits), ...from(regions), ...from(matrix), ...from(saturation), ...from(momentum)],
};
