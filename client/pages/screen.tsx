/** The projector's page: the plot, its sentence, and how to join. No controls; type that can be read from the back row. */
import '../shell/mantine-room.ts';
import { VisuallyHidden } from '@mantine/core';
import { QRCodeSVG } from 'qrcode.react';
import { useEffect, useState } from 'react';
import { chosenLanguage, speak } from '../i18n/language.ts';
import { useWords } from '../i18n/words.ts';
import { StateChip } from '../panels/state-chip.tsx';
import { StepCounter } from '../timeline/step-counter.tsx';
import { useShownRun } from '../panels/use-shown-run.ts';
import { useJoinLink } from '../panels/join-link.ts';
import { PlotHeading } from '../panels/plot-heading.tsx';
import { LayersScreen } from '../plots/layers/layers-screen.tsx';
import { JoinView } from '../people/join-view.tsx';
import { RoomProvider, useRoom, useRoomView } from '../room/context.tsx';
import { showCodeInAddress } from '../room/keys.ts';
import type { Trouble } from '../room/refusals.ts';
import { createRoomClient } from '../room/room-client.ts';
import type { Connection } from '../room/room-store.ts';
import { LiveRegion } from '../shell/live-region.tsx';
import { PageBar } from '../shell/page-bar.tsx';
import { ViewProvider } from '../view/context.tsx';
import { ClosedPage, closedBy } from './closed.tsx';
import '../panels/room.css';

/** Draws the projector's page of a room. */
export function ScreenPage({ code }: { readonly code: string }) {
  const [room] = useState(() => createRoomClient({ code, role: 'screen' }));
  useEffect(() => room.open(), [room]);
  return (
    <RoomProvider room={room}>
      <ViewProvider>
        <Screen />
      </ViewProvider>
    </RoomProvider>
  );
}

function Screen() {
  const { say } = useWords();
  const room = useRoom();
  const connection = useRoomView((view) => view.connection);
  const language = useRoomView((view) => view.state?.language ?? null);
  useEffect(() => {
    if (language !== null && chosenLanguage() === null) speak(language, false);
  }, [language]);
  const code = useRoomView((view) => view.state?.code ?? null);
  useEffect(() => {
    if (code !== null) showCodeInAddress(code);
  }, [code]);
  const trouble = troubleOf(connection, language !== null);
  if (trouble !== null) {
    const kind = closedBy(trouble) ?? 'network';
    // A screen has a token of its own; whoever was put out comes in anew.
    const again = connection.kind === 'ended' ? undefined : room.knock;
    return <ClosedPage code={room.code()} trouble={trouble} kind={kind} onAgain={again} patient />;
  }
  if (language === null) {
    return (
      <>
        <PageBar />
        <main className="door">
          <p role="status">{say('join.entering')}</p>
        </main>
      </>
    );
  }
  return <Projection />;
}

/** Why nothing can be projected; a connection that is lost later leaves the last picture where it is. */
function troubleOf(connection: Connection, answered: boolean): Trouble | null {
  if (connection.kind === 'refused') return connection.error;
  if (connection.kind === 'ended') return { code: 'room-ended', message: '' };
  return connection.kind === 'reconnecting' && !answered ? { code: 'network', message: '' } : null;
}

function Projection() {
  const { say } = useWords();
  const run = useShownRun();
  const code = useRoomView((view) => view.state?.code ?? '');
  const title = useRoomView((view) => view.state?.title ?? '');
  const link = useJoinLink(code);
  const isJoining = useRoomView((view) => view.state?.settings.joinOnScreen === true);
  if (run === null || isJoining) {
    return (
      <main className="projection">
        <VisuallyHidden component="h1">{title === '' ? say('bar.room', { code }) : title}</VisuallyHidden>
        <JoinView />
        {run === null && <p className="projection-waiting">{say('screen.waiting')}</p>}
        <LiveRegion />
      </main>
    );
  }
  return (
    <main className="projection">
      <header className="projection-bar">
        <h1 className="projection-title">{title === '' ? say('bar.room', { code }) : title}</h1>
        <StateChip />
        <span className="bar-space" />
        <StepCounter run={run} />
      </header>
      <section className="projection-plot">
        <PlotHeading run={run} />
        <LayersScreen key={run.id} run={run} />
      </section>
      <LiveRegion />
      <aside className="projection-join">
        <div>
          <div className="projection-label">{say('screen.join')}</div>
          <div className="projection-address">{new URL(link).host}</div>
          <div className="projection-code" data-testid="screen-code">
            {code}
          </div>
        </div>
        <div className="qr">
          <QRCodeSVG value={link} size={148} marginSize={2} title={say('share.qr', { link })} />
        </div>
      </aside>
    </main>
  );
}
