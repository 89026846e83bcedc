/** What the class is asked and asks: polls and questions, one below the other. */
import { PollsPanel } from '../polls/polls-panel.tsx';
import { QuestionsPanel } from '../questions/questions-panel.tsx';

/** Draws the panels. */
export const ClassPanels = () => (
  <>
    <PollsPanel />
    <QuestionsPanel />
  </>
);
