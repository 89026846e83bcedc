/** A room in this page: opens it in its worker, waits until it is there, and hands what is drawn to the layout of rooms. */
import '../shell/mantine-room.ts';
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { ImageChoice } from '../../shared/protocol/images.ts';
import { percent } from '../../shared/words/numbers.ts';
import { Alone, useWords } from '../i18n/words.ts';
import { RoomLayout } from '../panels/room-layout.tsx';
import { RoomProvider, useRoomView } from '../room/context.tsx';
import { createRoomClient } from '../room/room-client.ts';
import { ViewProvider } from '../view/context.tsx';
import { forgetBegun, noteBegun } from './begun.ts';
import { type Opening, wishFor } from './catalogue.ts';
import { SoloContext, useSolo } from './context.tsx';
import { pageLine, startRoomWorker } from './page-line.ts';
import { Door } from './door.tsx';
import { createWarming } from './warming.ts';

type Props = { readonly opening: Opening; readonly images: ImageChoice };

/** Opens the room for as long as the page is shown. */
export function SoloRoom({ opening, images }: Props) {
  const { say, language } = useWords();
  const [solo] = useState(() => {
    const order = { wish: wishFor(opening, language), name: say('solo.you'), images };
    const line = pageLine(order, startRoomWorker);
    return { line, room: createRoomClient(line), warming: createWarming(), opening };
  });
  useEffect(() => solo.room.open(), [solo]);
  useEffect(() => solo.warming.begin(), [solo]);
  return (
    <SoloContext value={solo}>
      <Alone value>
        <RoomProvider room={solo.room}>
          <ViewProvider>
            <Begun />
            <Answered />
          </ViewProvider>
        </RoomProvider>
      </Alone>
    </SoloContext>
  );
}

function Answered() {
  const { say, language } = useWords();
  const { line } = useSolo();
  const standing = useStore(line.standing);
  const answered = useRoomView((view) => view.state !== null && view.you !== null);
  if (standing.room.kind === 'fault' && !answered) {
    return (
      <Door title={say('solo.fault.title')} text={say('solo.fault.text')}>
        <p className="soft">{standing.room.message}</p>
        <Button size="md" onClick={() => location.reload()}>
          {say('solo.fault.again')}
        </Button>
      </Door>
    );
  }
  if (answered) return <RoomLayout />;
  const { images } = standing;
  if (images.kind === 'failed') {
    return (
      <Door title={say('solo.fault.title')} text={say('solo.fault.text')}>
        <Button size="md" onClick={() => line.images(true)}>
          {say('solo.fault.again')}
        </Button>
      </Door>
    );
  }
  const loading =
    images.kind === 'loading'
      ? say('solo.loading.share', { share: percent(images.share, language, 0) })
      : say('solo.loading');
  return (
    <Door title={say('solo.title')}>
      <p role="status" data-testid="solo-loading">
        {loading}
      </p>
    </Door>
  );
}

/** Once something has been trained, nobody leaves by accident, and whoever does is told so on coming back. */
function Begun() {
  const { opening } = useSolo();
  const begun = useRoomView(({ state }) => state !== null && Object.keys(state.runs).length > 0);
  useEffect(() => {
    if (!begun) return;
    noteBegun(opening.id);
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => {
      removeEventListener('beforeunload', warn);
      // Whoever goes on to another page knows that this one is over.
      forgetBegun(opening.id);
    };
  }, [begun, opening.id]);
  return null;
}
