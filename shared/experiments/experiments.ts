/** The experiments of the chapter, in its order. */
import { circuits } from './chapter/01-circuits.ts';
import { regions } from './chapter/02-regions.ts';
import { accuracy } from './chapter/03-accuracy.ts';
import { bars } from './chapter/04-bars.ts';
import { speed } from './chapter/05-speed.ts';
import { goodNews } from './chapter/06-good-news.ts';
import { chain } from './chapter/07-chain.ts';
import { luck } from './chapter/08-luck.ts';
import { matrix } from './chapter/09-matrix.ts';
import { chaos } from './chapter/10-chaos.ts';
import { saturation } from './chapter/11-saturation.ts';
import { momentum } from './chapter/12-momentum.ts';
import { waysOut } from './chapter/13-ways-out.ts';
import { rescue } from './chapter/14-rescue.ts';
import type { Experiment } from './experiment.ts';

export const experiments: readonly Experiment[] = [
  circuits,
  regions,
  accuracy,
  bars,
  speed,
  goodNews,
  chain,
  luck,
  matrix,
  chaos,
  saturation,
  momentum,
  waysOut,
  rescue,
];
