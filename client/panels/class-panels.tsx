/** What the class is asked and asks: polls and questions, one below the other. */
import { useRoom } from '../room/context.tsx';
import { PollsPanel } from '../polls/polls-panel.tsx';
import { QuestionsPanel } from '../questions/questions-panel.tsx';

/** Draws the panels; without `polls` those have another place. */
export function ClassPanels({ polls }: { readonly polls: boolean }) {
  const { alone } = useRoom();
  return (
    <>
      {polls && <PollsPanel />}
      {!alone && <QuestionsPanel />}
    </>
  );
}
