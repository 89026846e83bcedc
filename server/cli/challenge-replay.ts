/** Replays a challenge: every point that its events tell is measured again, a match's once its key is told. */
import type { Mnist } from '../../shared/core/dataset.ts';
import { kernelsNamed } from '../../shared/core/kernels/choice.ts';
import type { Kernels } from '../../shared/core/kernels/kernels.ts';
import {
  type Challenge,
  type ChallengePoint,
  isMatch,
  type MatchKey,
  missingOf,
  pointFor,
  runOfIndex,
} from '../../shared/protocol/challenges.ts';
import { detailedPointOf } from '../../shared/protocol/sweeps.ts';
import { loadKernels } from '../data/kernels.ts';
import type { Verdict } from './session-replay.ts';
import { lastMeasured } from './sweep-replay.ts';

/** Says whether all points of a challenge come out again as they are told; `tell` hears the share that is done. */
export function replayChallenge(challenge: Challenge, mnist: () => Mnist, tell: (share: number) => void): Verdict {
  const { id: name, points, engine } = challenge;
  const kernels = kernelsNamed(engine, loadKernels);
  if (kernels === null) return { word: 'other engine', name, text: engine };
  const key = isMatch(challenge) ? challenge.truth : null;
  if (isMatch(challenge) && key === null) return { word: 'waits', name, text: 'the match is not revealed' };
  if (points.length === 0) return { word: 'nothing', name, text: 'no point to compare' };
  for (const [n, told] of points.entries()) {
    const ours = measured(challenge, told[0], key, kernels, mnist);
    if (JSON.stringify(ours) !== JSON.stringify(told)) {
      return { word: 'differs', name, text: `at ${told[0]}: ${said(ours)} here, ${said(told)} in the file` };
    }
    tell((n + 1) / points.length);
  }
  const open = missingOf(challenge).length > 0 ? '; there is more to come' : '';
  return { word: 'equal', name, text: `${points.length} points${open}` };
}

/** The point of one index, measured as a server measures it; null where the challenge has no such index. */
function measured(
  challenge: Challenge,
  index: number,
  key: MatchKey | null,
  kernels: Kernels,
  mnist: () => Mnist,
): ChallengePoint | null {
  const run = runOfIndex(challenge, index, key);
  const last = run === null ? undefined : lastMeasured(run, !isMatch(challenge), kernels, mnist);
  return last === undefined ? null : pointFor(challenge, detailedPointOf(index, last));
}

const said = (point: ChallengePoint | null): string => (point === null ? 'nothing' : point.slice(1).join(', '));
