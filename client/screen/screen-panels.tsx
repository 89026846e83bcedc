/**
 * What stands beside the plot on the projector, for as long as there is something to show. A panel is a component that draws
 * nothing when it has nothing to say; another one takes its place in this list, the most pressing first.
 */
import type { ComponentType } from 'react';
import { useSweepOnStage } from '../board/sweep-stage.tsx';
import { TopProposals } from '../board/top-proposals.tsx';
import { ScreenPoll } from './screen-poll.tsx';
import { ScreenQuestions } from './screen-questions.tsx';
import './screen.css';

const panels: readonly (readonly [name: string, Panel: ComponentType])[] = [
  ['poll', ScreenPoll],
  ['questions', ScreenQuestions],
  ['proposals', ScreenProposals],
];

/** Proposals wait while the room looks at a sweep. */
function ScreenProposals() {
  return useSweepOnStage() === undefined ? <TopProposals /> : null;
}

/** Draws the panels that have something to show; without any the plot has all of the room. */
export const ScreenPanels = () => (
  <div className="projection-panels">
    {panels.map(([name, Panel]) => (
      <Panel key={name} />
    ))}
  </div>
);
