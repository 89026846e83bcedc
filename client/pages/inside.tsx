/** Inside a room: enters it, waits for its first answer, and hands what is drawn to the layout. */
import '../shell/mantine-room.ts';
import { Button } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { RoomLayout } from '../panels/room-layout.tsx';
import { RoomProvider, useRoom, useRoomView } from '../room/context.tsx';
import { showCodeInAddress } from '../room/keys.ts';
import { createRoomClient } from '../room/room-client.ts';
import type { Trouble } from '../room/refusals.ts';
import { socketLine } from '../room/socket-line.ts';
import { PageBar } from '../shell/page-bar.tsx';
import { useTitle } from '../shell/use-title.ts';
import { ViewProvider } from '../view/context.tsx';
import { ClosedPage } from './closed.tsx';
import { WaitingPage } from './waiting.tsx';

type Props = {
  readonly code: string;
  readonly name?: string;
  readonly count?: number;
  readonly onTurnedAway: (trouble: Trouble) => void;
};

/** Enters the room for as long as the page is shown; who comes does not change meanwhile, and a new code of the room is followed. */
export function InsidePage({ code, name, count, onTurnedAway }: Props) {
  const [room] = useState(() =>
    createRoomClient(
      socketLine({
        code,
        role: 'person',
        ...(name === undefined ? {} : { name }),
        ...(count === undefined ? {} : { count }),
      }),
    ),
  );
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
  const room = useRoom();
  // Once a room has ended, its last picture stays for those who ask for it.
  const [looking, setLooking] = useState(false);
  const connection = useRoomView((view) => view.connection);
  const answered = useRoomView((view) => view.state !== null && view.you !== null);
  const title = useRoomView((view) => view.state?.title ?? '');
  const turnAway = useEffectEvent(onTurnedAway);
  useEffect(() => {
    if (connection.kind === 'refused') turnAway(connection.error);
    if (connection.kind === 'ended' && !answered) turnAway({ code: 'room-ended', message: '' });
  }, [connection, answered]);
  const code = useRoomView((view) => view.state?.code ?? null);
  useEffect(() => {
    if (code !== null) showCodeInAddress(code);
  }, [code]);
  useTitle(title);
  if (connection.kind === 'ended' && !looking) {
    return (
      <ClosedPage code={room.code()} trouble={{ code: 'room-ended', message: '' }} kind="room-ended">
        <Button size="md" variant="default" onClick={() => setLooking(true)} data-testid="closed-look">
          {say('closed.room-ended.look')}
        </Button>
      </ClosedPage>
    );
  }
  if (answered) return <RoomLayout />;
  if (connection.kind === 'waiting') return <WaitingPage name={connection.name} />;
  if (connection.kind === 'reconnecting') {
    const trouble = { code: 'network', message: '' } as const;
    return <ClosedPage code={room.code()} trouble={trouble} kind="network" onAgain={room.knock} patient />;
  }
  return (
    <>
      <PageBar />
      <main className="door">
        <p role="status" data-testid="connection-state" data-state={connection.kind}>
          {say('join.entering')}
        </p>
      </main>
    </>
  );
}
