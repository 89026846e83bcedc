/** The room on the page: on a wide screen everything beside the plot, on a phone the plot and one sheet at a time. */
import { useMediaQuery } from '@mantine/hooks';
import { useEffect } from 'react';
import { Outcomes } from '../plots/outcome/outcomes.tsx';
import { Readout } from '../plots/readout.tsx';
import { PlotDeck } from '../plots/deck.tsx';
import { useAddressLook } from './address-look.ts';
import { Banners } from './banners.tsx';
import { Board } from '../board/board.tsx';
import { SweepStage, useSweepOnStage } from '../board/sweep-stage.tsx';
import { ChallengeStage, useChallengeOnStage } from '../challenges/stage.tsx';
import { FollowProvider } from '../follow/context.tsx';
import { PlaybackProvider } from '../timeline/context.tsx';
import { Controls } from '../timeline/controls.tsx';
import { TimelineKeys } from '../timeline/keys.tsx';
import { Timeline } from '../timeline/timeline.tsx';
import { MoreSheet } from './more-sheet.tsx';
import { NoRunYet } from './no-run-yet.tsx';
import { PollsPanel } from '../polls/polls-panel.tsx';
import { useCurrentPoll, useLessonQuestion } from '../polls/use-polls.ts';
import { RunList } from '../runs/run-list.tsx';
import { ClassPanels } from './class-panels.tsx';
import { TabBar } from './tab-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { GuessPanel } from '../guesses/guess-panel.tsx';
import { usePlotBesideGuess, useRevealedGuess, useStandingGuess } from '../guesses/hooks.ts';
import { Verdict } from '../guesses/revealed.tsx';
import { Beside, useHasBeside } from '../lesson/beside.tsx';
import { NextBar } from '../lesson/next-bar.tsx';
import { StepFigure, useStepFigure } from '../lesson/step-figure.tsx';
import { StudentFrame, useHasFrame } from '../lesson/student-frame.tsx';
import { useSheetOfLesson } from '../lesson/use-sheet.ts';
import { useViewOfLesson } from '../lesson/use-view-of-lesson.ts';
import { useShownRun } from './use-shown-run.ts';
import { keepFocus } from '../shell/keep-focus.ts';
import { LiveRegion } from '../shell/live-region.tsx';
import { SkipLink } from '../shell/skip-link.tsx';
import { useWords } from '../i18n/words.ts';
import { useChangeView, useView } from '../view/context.tsx';
import './room.css';

/** Draws the room. */
export function RoomLayout() {
  useAddressLook();
  useViewOfLesson();
  useEffect(() => keepFocus(), []);
  const phone = useMediaQuery('(max-width: 839px)', window.innerWidth < 840, { getInitialValueInEffect: false });
  return (
    <PlaybackProvider>
      <FollowProvider>
        <SkipLink />
        <TimelineKeys />
        {phone ? <PhoneRoom /> : <WideRoom />}
        <LiveRegion />
      </FollowProvider>
    </PlaybackProvider>
  );
}

function WideRoom() {
  const { say } = useWords();
  const run = useShownRun();
  const sweep = useSweepOnStage();
  const challenge = useChallengeOnStage();
  const guess = useStandingGuess();
  const framed = useHasFrame();
  const hasBeside = useHasBeside(run);
  const beside = framed || (hasBeside && guess === null);
  const spacious = useMediaQuery('(min-width: 1440px)', window.innerWidth >= 1440, { getInitialValueInEffect: false });
  const hasAside = beside || spacious;
  // A poll that people are in the middle of comes first.
  const current = useCurrentPoll();
  const asked = useLessonQuestion();
  // Before there is a run, what the lesson asks stands in the place of the plot.
  const isInPlace = run === null && asked !== null && asked.id === current?.id;
  const pressing = current !== null && !isInPlace;
  // The table of all runs takes the place of their cards, and has the room that the values of one run would take.
  const asTable = useView((view) => view.plot === 'runs') && run !== null;
  const figure = useStepFigure();
  const besideGuess = usePlotBesideGuess();
  const plotted = guess === null || besideGuess;
  return (
    <div className="room wide">
      <TopBar />
      <Banners />
      <NextBar />
      {plotted && <Controls />}
      <div className={`room-columns${hasAside ? ' with-aside' : ''}`}>
        <aside className="room-side" aria-label={say('side.label')}>
          {!spacious && pressing && <PollsPanel />}
          {!asTable && <RunList />}
          <Board />
          {!spacious && <ClassPanels polls={!pressing && !isInPlace} />}
        </aside>
        <main className="room-main" id="main" tabIndex={-1}>
          {guess === null && <SweepStage />}
          {guess === null && <ChallengeStage />}
          {guess === null && run === null && sweep === undefined && figure === null && challenge === undefined && (
            <NoRunYet />
          )}
          {guess === null && figure !== null && (
            <StepFigure key={figure} name={figure} plots={run === null ? null : <PlotDeck run={run} />} />
          )}
          {guess !== null && (
            <div className={plotted && run !== null ? 'guess-and-plot' : 'guess-alone'}>
              <GuessPanel key={guess.id} guess={guess} />
              {plotted && run !== null && (
                <div className="guess-plot">
                  <PlotDeck run={run} />
                </div>
              )}
            </div>
          )}
          {guess === null && run !== null && figure === null && challenge === undefined && <PlotDeck run={run} />}
          {run !== null && !asTable && guess === null && figure === null && challenge === undefined && (
            <section className="card room-below">
              <Outcomes key={run.id} run={run} />
              {/* What is higher than its place is pushed with the arrows. */}
              {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
              <div className="readout-box" tabIndex={0} role="group" aria-label={say('readout.label')}>
                <Readout />
              </div>
            </section>
          )}
        </main>
        {hasAside && (
          // In the order of the Tab key, so that the arrows can push what is higher than the page.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          <aside className="room-aside" tabIndex={0} aria-label={say('lesson.beside')}>
            {spacious && pressing && <PollsPanel />}
            {framed ? <StudentFrame /> : beside && <Beside run={run} />}
            {spacious && <ClassPanels polls={!pressing && !isInPlace} />}
          </aside>
        )}
      </div>
      {run !== null && plotted && <Timeline run={run} />}
    </div>
  );
}

function PhoneRoom() {
  const run = useShownRun();
  const sweep = useSweepOnStage();
  const challenge = useChallengeOnStage();
  const guess = useStandingGuess();
  const revealed = useRevealedGuess(run?.id ?? null);
  const tab = useView((view) => view.sheet);
  const change = useChangeView();
  const figure = useStepFigure();
  const hasBeside = useHasBeside(run);
  const asked = useLessonQuestion();
  // Before there is a run, the words of the step have the place of the plot, and need not be said twice.
  const isInPlace = run === null && guess === null && sweep === undefined && asked === null && !hasBeside;
  useSheetOfLesson();
  return (
    <div className={`room phone on-${tab}`}>
      <TopBar />
      <Banners />
      <main className="phone-main" id="main" tabIndex={-1}>
        <div className="phone-plot">
          {tab === 'plot' && <SweepStage />}
          {tab === 'plot' && <ChallengeStage />}
          {tab === 'plot' && challenge !== undefined ? null : run === null ? (
            (tab === 'plot' || (tab === 'guess' && !hasBeside)) && guess === null && sweep === undefined && <NoRunYet />
          ) : tab === 'guess' && (guess !== null || figure !== null) ? null : (
            <>
              <PlotDeck run={run} />
              <Controls />
              <Timeline run={run} />
            </>
          )}
        </div>
        {/* In the order of the Tab key, so that words alone can be pushed, too. */}
        <div className="phone-sheet" role="tabpanel" tabIndex={0} id={`sheet-${tab}`} aria-labelledby={`tab-${tab}`}>
          {((tab === 'guess' && guess !== null) || (tab === 'plot' && run === null && guess !== null)) && (
            <GuessPanel key={guess.id} guess={guess} />
          )}
          {tab === 'guess' && guess === null && (
            <>
              {!isInPlace && <Beside run={run} />}
              {figure !== null && <StepFigure key={figure} name={figure} plots={null} />}
            </>
          )}
          {tab === 'plot' && run !== null && challenge === undefined && (
            <>
              {revealed !== null && guess === null && <Verdict guess={revealed} run={run} />}
              <Readout />
              <Outcomes key={run.id} run={run} />
            </>
          )}
          {(tab === 'board' || (tab === 'plot' && run === null && challenge === undefined)) && <Board />}
          {tab === 'class' && <ClassPanels polls />}
          {tab === 'runs' && <RunList />}
          {tab === 'more' && <MoreSheet />}
        </div>
      </main>
      <NextBar />
      <TabBar tab={tab} onTab={(sheet) => change({ sheet })} />
    </div>
  );
}
