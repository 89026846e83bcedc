/** What the class is asked, asks and says: polls, signs, questions and the chat, one below the other. */
import { ChatPanel } from '../chat/chat-panel.tsx';
import { ReactionBar } from '../chat/reactions.tsx';
import { PollsPanel } from '../polls/polls-panel.tsx';
import { QuestionsPanel } from '../questions/questions-panel.tsx';
import { useRoom } from '../room/context.tsx';

/** Draws the panels; without `polls` those have another place. Who is alone has nobody to talk to. */
export function ClassPanels({ polls }: { readonly polls: boolean }) {
  const { alone } = useRoom();
  return (
    <>
      {polls && <PollsPanel />}
      {!alone && (
        <>
          <ReactionBar />
          <QuestionsPanel />
          <ChatPanel />
        </>
      )}
    </>
  );
}
