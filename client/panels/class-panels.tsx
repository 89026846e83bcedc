/** What the class is asked, asks and says: polls, signs, questions and the chat, one below the other. */
import { ChatPanel } from '../chat/chat-panel.tsx';
import { ReactionBar } from '../chat/reactions.tsx';
import { PollsPanel } from '../polls/polls-panel.tsx';
import { QuestionsPanel } from '../questions/questions-panel.tsx';

/** Draws the panels; without `polls` those have another place. */
export const ClassPanels = ({ polls }: { readonly polls: boolean }) => (
  <>
    {polls && <PollsPanel />}
    <ReactionBar />
    <QuestionsPanel />
    <ChatPanel />
  </>
);
