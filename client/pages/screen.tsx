/** The projector's page: the plot, its sentence, and how to join. No controls; type that can be read from the back row. */
import '../shell/mantine-room.ts';
import { QRCodeSVG } from 'qrcode.react';
import { useEffect, useState } from 'react';
import { chosenLanguage, speak } from '../i18n/language.ts';
import { useWords } from '../i18n/words.ts';
import { SweepStage, useSweepOnStage } from '../board/sweep-stage.tsx';
import { ChallengeStage, useChallengeOnStage } from '../challenges/stage.tsx';
import { GuessProjection } from '../guesses/guess-projection.tsx';
import { useStandingGuess } from '../guesses/hooks.ts';
import { useHasBeside } from '../lesson/beside.tsx';
import { ScreenBeside } from '../lesson/screen-beside.tsx';
import { shownText } from '../lesson/shown-text.ts';
import { StepFigure, useStepFigure } from '../lesson/step-figure.tsx';
import { StateChip } from '../panels/state-chip.tsx';
import { StepCounter } from '../timeline/step-counter.tsx';
import { useShownRun } from '../panels/use-shown-run.ts';
import { useJoinLink } from '../panels/join-link.ts';
import { FollowProvider } from '../follow/context.tsx';
import { ScreenDeck } from '../plots/deck.tsx';
import { JoinView } from '../people/join-view.tsx';
import { RoomProvider, useRoom, useRoomView } from '../room/context.tsx';
import { showCodeInAddress } from '../room/keys.ts';
import type { Trouble } from '../room/refusals.ts';
import { createRoomClient } from '../room/room-client.ts';
import { socketLine } from '../room/socket-line.ts';
import type { Connection } from '../room/room-store.ts';
import { LiveRegion } from '../shell/live-region.tsx';
import { PageBar } from '../shell/page-bar.tsx';
import { ScreenReactions } from '../chat/reactions.tsx';
import { ScreenHands } from '../screen/screen-hands.tsx';
import { ScreenPanels } from '../screen/screen-panels.tsx';
import { ViewProvider } from '../view/context.tsx';
import { ClosedPage, closedBy } from './closed.tsx';
import { WaitingPage } from './waiting.tsx';
import '../panels/room.css';

/** Draws the projector's page of a room. */
export function ScreenPage({ code }: { readonly code: string }) {
  const [room] = useState(() => createRoomClient(socketLine({ code, role: 'screen' })));
  useEffect(() => room.open(), [room]);
  return (
    <RoomProvider room={room}>
      <ViewProvider>
        <FollowProvider>
          <Screen />
        </FollowProvider>
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
  if (connection.kind === 'waiting') return <WaitingPage name={connection.name} />;
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
  const sweep = useSweepOnStage();
  const challenge = useChallengeOnStage();
  const code = useRoomView((view) => view.state?.code ?? '');
  const title = useRoomView((view) => view.state?.title ?? '');
  const link = useJoinLink(code);
  const guess = useStandingGuess();
  const beside = useHasBeside(run);
  const isJoining = useRoomView((view) => view.state?.settings.joinOnScreen === true);
  const joinsOnly = isJoining && guess === null;
  const figure = useStepFigure();
  const says = useRoomView(({ state }) => state?.lesson?.explaining === true && shownText(state.lesson) !== null);
  const isWaiting = run === null && guess === null && sweep === undefined && challenge === undefined && !says;
  return (
    <main className="projection">
      <header className="projection-bar">
        <h1 className="projection-title">{title === '' ? say('bar.room', { code }) : title}</h1>
        <StateChip />
        <ScreenHands />
        <ScreenReactions />
        <span className="bar-space" />
        {run !== null && !joinsOnly && <StepCounter run={run} />}
      </header>
      <div className="projection-body">
        <ScreenPanels />
        {guess !== null ? (
          <GuessProjection key={guess.id} guess={guess} run={run} />
        ) : joinsOnly || isWaiting ? (
          <JoinView projected />
        ) : sweep !== undefined ? (
          <section className="projection-plot">
            <SweepStage still />
          </section>
        ) : challenge !== undefined ? (
          <section className="projection-plot">
            <ChallengeStage still />
          </section>
        ) : (
          <div
            className={(beside || says) && (run !== null || figure !== null) ? 'projection-halves' : 'projection-whole'}
          >
            {figure !== null ? (
              <StepFigure key={figure} name={figure} plots={null} />
            ) : (
              run !== null && (
                <section className="projection-plot">
                  <ScreenDeck run={run} />
                </section>
              )
            )}
            {(beside || says) && (
              <section className="projection-aside" aria-label={say('lesson.beside')}>
                <ScreenBeside run={run} />
              </section>
            )}
          </div>
        )}
        {!isWaiting && !joinsOnly && (
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
        )}
      </div>
      <LiveRegion />
    </main>
  );
}
