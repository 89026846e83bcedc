/** Inside a room: enters it, waits for its first answer, and hands what is drawn to the layout. */
import '../shell/mantine-room.ts';
import { useEffect, useEffectEvent, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { RoomLayout } from '../panels/room-layout.tsx';
import { RoomProvider, useRoomView } from '../room/context.tsx';
import { createRoomClient } from '../room/room-client.ts';
import type { Trouble } from '../room/refusals.ts';
import { PageBar } from '../shell/page-bar.tsx';
import { ViewProvider } from '../view/context.tsx';

type Props = {
  readonly code: string;
  readonly name?: string;
  readonly onTurnedAway: (trouble: Trouble) => void;
};

/** Enters the room for as long as the page is shown; code and name do not change meanwhile. */
export function InsidePage({ code, name, onTurnedAway }: Props) {
  const [room] = useState(() => createRoomClient({ code, role: 'person', ...(name === undefined ? {} : { name }) }));
  useEffect(() => room.open(), [room]);
  return (
    <RoomProvider room={room}>
      <ViewProvider>
        <AnsweredRoom onTurnedAway={onTurnedAway} />
      </ViewProvider>
    </RoomProvider>
  );
}

function AnsweredRoom({ onTurnedAway }: Pick<Props, 'onTurnedAway'>) {
  const { say } = useWords();
  const connection = useRoomView((view) => view.connection);
  const answered = useRoomView((view) => view.state !== null && view.you !== null);
  const title = useRoomView((view) => view.state?.title ?? '');
  const turnAway = useEffectEvent(onTurnedAway);
  useEffect(() => {
    if (connection.kind === 'refused') turnAway(connection.error);
    if (connection.kind === 'ended' && !answered) turnAway({ code: 'room-ended', message: '' });
  }, [connection, answered]);
  useEffect(() => {
    document.title = title === '' ? say('app.name') : `${title} · ${say('app.name')}`;
    return () => {
      document.title = say('app.name');
    };
  }, [title, say]);
  if (answered) return <RoomLayout />;
  return (
    <>
      <PageBar />
      <main className="door">
        <p role="status" data-testid="connection-state" data-state={connection.kind}>
          {connection.kind === 'reconnecting' ? say('error.network') : say('join.entering')}
        </p>
      </main>
    </>
  );
}
