/** Hangs a picture: a room's client that knows what it was handed and never knocks, and around it what the real page has. */
import '../../../client/shell/mantine.ts';
import '../../../client/shell/mantine-room.ts';
import '../../../client/shell/shell.css';
import '../../../client/panels/room.css';
import { MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { startLanguages } from '../../../client/i18n/language.ts';
import { useShownRun } from '../../../client/panels/use-shown-run.ts';
import { PlotDeck, ScreenDeck } from '../../../client/plots/deck.tsx';
import { Outcomes } from '../../../client/plots/outcome/outcomes.tsx';
import { RoomProvider } from '../../../client/room/context.tsx';
import { createRoomClient } from '../../../client/room/room-client.ts';
import { socketLine } from '../../../client/room/socket-line.ts';
import { theme, themeVariables } from '../../../client/theme.ts';
import { ViewProvider } from '../../../client/view/context.tsx';
import type { Frame, Hanging } from './hanging.ts';
import { noteText } from './noted-text.ts';

/** Draws what the test hands in under /hanging.json. */
export async function hang(): Promise<void> {
  noteText();
  await startLanguages();
  const { frame, state, you, tick } = (await (await fetch('/hanging.json')).json()) as Hanging;
  const room = createRoomClient(socketLine({ code: state.code, role: 'person' }));
  room.store.setState({ state, you, connection: { kind: 'live' } });
  room.frames.addTick(tick);
  room.stage.open();
  const root = document.getElementById('root');
  if (root === null) throw new Error('invariant violation: the page has no #root');
  createRoot(root).render(
    <MantineProvider theme={theme} cssVariablesResolver={themeVariables} defaultColorScheme="auto">
      <RoomProvider room={room}>
        <ViewProvider>
          <Hung frame={frame} />
        </ViewProvider>
      </RoomProvider>
    </MantineProvider>,
  );
}

function Hung({ frame }: { readonly frame: Frame }) {
  const run = useShownRun();
  if (run === null) return null;
  const isPhone = window.innerWidth < 840;
  switch (frame) {
    case 'deck':
      return (
        <div className={isPhone ? 'room phone on-plot' : 'room wide'}>
          <main className={isPhone ? 'phone-plot' : 'room-main'} style={{ height: '100dvh' }}>
            <PlotDeck run={run} />
          </main>
        </div>
      );
    case 'outcomes':
      return (
        <div className="room wide">
          <main className="room-main">
            <section className="card">
              <Outcomes run={run} />
            </section>
          </main>
        </div>
      );
    case 'screen':
      return (
        <main className="projection">
          <section className="projection-plot">
            <ScreenDeck run={run} />
          </section>
        </main>
      );
  }
}
