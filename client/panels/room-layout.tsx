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
import { FollowProvider } from '../follow/context.tsx';
import { PlaybackProvider } from '../timeline/context.tsx';
import { Controls } from '../timeline/controls.tsx';
import { TimelineKeys } from '../timeline/keys.tsx';
import { Timeline } from '../timeline/timeline.tsx';
import { MoreSheet } from './more-sheet.tsx';
import { NoRunYet } from './no-run-yet.tsx';
import { RunList } from '../runs/run-list.tsx';
import { ClassPanels } from './class-panels.tsx';
import { TabBar } from './tab-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { useShownRun } from './use-shown-run.ts';
import { keepFocus } from '../shell/keep-focus.ts';
import { LiveRegion } from '../shell/live-region.tsx';
import { SkipLink } from '../shell/skip-link.tsx';
import { useChangeView, useView } from '../view/context.tsx';
import './room.css';

/** Draws the room. */
export function RoomLayout() {
  useAddressLook();
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
  const run = useShownRun();
  const sweep = useSweepOnStage();
  const aside = useMediaQuery('(min-width: 1440px)', window.innerWidth >= 1440, { getInitialValueInEffect: false });
  // The table of all runs takes the place of their cards, and has the room that the values of one run would take.
  const asTable = useView((view) => view.plot === 'runs') && run !== null;
  return (
    <div className="room wide">
      <TopBar />
      <Banners />
      <Controls />
      <div className={aside ? 'room-columns three' : 'room-columns'}>
        <aside className="room-side">
          {!asTable && <RunList />}
          <Board />
          {!aside && <ClassPanels />}
        </aside>
        <main className="room-main" id="main" tabIndex={-1}>
          <SweepStage />
          {run === null ? sweep === undefined && <NoRunYet /> : <PlotDeck run={run} />}
          {run !== null && !asTable && (
            <section className="card room-below">
              <Outcomes key={run.id} run={run} />
              <div className="readout-box">
                <Readout />
              </div>
            </section>
          )}
        </main>
        {aside && (
          <aside className="room-class">
            <ClassPanels />
          </aside>
        )}
      </div>
      {run !== null && <Timeline run={run} />}
    </div>
  );
}

function PhoneRoom() {
  const run = useShownRun();
  const sweep = useSweepOnStage();
  const tab = useView((view) => view.sheet);
  const change = useChangeView();
  return (
    <div className={`room phone on-${tab}`}>
      <TopBar />
      <Banners />
      <main className="phone-main" id="main" tabIndex={-1}>
        <div className="phone-plot">
          {tab === 'plot' && <SweepStage />}
          {run === null ? (
            tab === 'plot' && sweep === undefined && <NoRunYet />
          ) : (
            <>
              <PlotDeck run={run} />
              <Controls />
              <Timeline run={run} />
            </>
          )}
        </div>
        <div className="phone-sheet" role="tabpanel" id={`sheet-${tab}`} aria-labelledby={`tab-${tab}`}>
          {tab === 'plot' && run !== null && (
            <>
              <Readout />
              <Outcomes key={run.id} run={run} />
            </>
          )}
          {(tab === 'board' || (tab === 'plot' && run === null)) && <Board />}
          {tab === 'class' && <ClassPanels />}
          {tab === 'runs' && <RunList />}
          {tab === 'more' && <MoreSheet />}
        </div>
      </main>
      <TabBar tab={tab} onTab={(sheet) => change({ sheet })} />
    </div>
  );
}
