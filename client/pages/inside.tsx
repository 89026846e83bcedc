/** Inside a room: enters it, waits for its first answer, and hands what is drawn to the layout. */
import '../shell/mantine-room.ts';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { RoomLayout } from '../panels/room-layout.tsx';
import { RoomProvider, useRoomView } from '../room/context.tsx';
import { enterRoom, type RoomClient } from '../room/room-client.ts';
import type { Trouble } from '../room/refusals.ts';
import { PageBar } from '../shell/page-bar.tsx';

type Props = {
  readonly code: string;
  readonly name?: string;
  readonly onTurnedAway: (trouble: Trouble) => void;
};

/** Enters the room for as long as the page is shown. */
export function InsidePage({ code, name, onTurnedAway }: Props) {
  const [room, setRoom] = useState<RoomClient | null>(null);
  useEffect(() => {
    const entered = enterRoom({ code, role: 'person', ...(name === undefined ? {} : { name }) });
    setRoom(entered);
    return () => entered.close();
  }, [code, name]);
  if (room === null) return null;
  return (
    <RoomProvider room={room}>
      <AnsweredRoom onTurnedAway={onTurnedAway} />
    </RoomProvider>
  );
}

function AnsweredRoom({ onTurnedAway }: Pick<Props, 'onTurnedAway'>) {
  const { say } = useWords();
  const connection = useRoomView((view) => view.connection);
  const answered = useRoomView((view) => view.state !== null && view.you !== null);
  const title = useRoomView((view) => view.state?.title ?? '');
  const turnAway = useRef(onTurnedAway);
  turnAway.current = onTurnedAway;
  useEffect(() => {
    if (connection.kind === 'refused') turnAway.current(connection.error);
    if (connection.kind === 'ended' && !answered) turnAway.current({ code: 'room-ended', message: '' });
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
