/** What the class is asked and asks: polls and questions, one below the other. */
import { PollsPanel } from '../polls/polls-panel.tsx';
import { QuestionsPanel } from '../questions/questions-panel.tsx';

/** Draws the panels; without `polls` those have another place. */
export const ClassPanels = ({ polls }: { readonly polls: boolean }) => (
  <>
    {polls && <PollsPanel />}
    <QuestionsPanel />
  </>
);
