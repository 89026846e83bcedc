/** The room on the page: on a wide screen everything beside the plot, on a phone the plot and one sheet at a time. */
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { Outcomes } from '../plots/outcomes.tsx';
import { Readout } from '../plots/readout.tsx';
import { SentenceLine } from '../plots/sentence-line.tsx';
import { SpeedPlot } from '../plots/speed-plot.tsx';
import type { RoomRun } from '../../shared/protocol/state.ts';
import { Banners } from './banners.tsx';
import { Board } from './board.tsx';
import { PlaybackProvider } from '../timeline/context.tsx';
import { Controls } from '../timeline/controls.tsx';
import { TimelineKeys } from '../timeline/keys.tsx';
import { Timeline } from '../timeline/timeline.tsx';
import { MoreSheet } from './more-sheet.tsx';
import { NoRunYet } from './no-run-yet.tsx';
import { PlotHeading } from './plot-heading.tsx';
import { RunList } from './run-list.tsx';
import { type Tab, TabBar } from './tab-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { useShownRun } from './use-shown-run.ts';
import './room.css';

/** Draws the room. */
export function RoomLayout() {
  const phone = useMediaQuery('(max-width: 839px)', window.innerWidth < 840, { getInitialValueInEffect: false });
  return (
    <PlaybackProvider>
      <TimelineKeys />
      {phone ? <PhoneRoom /> : <WideRoom />}
    </PlaybackProvider>
  );
}

function WideRoom() {
  const run = useShownRun();
  return (
    <div className="room wide">
      <TopBar />
      <Banners />
      <Controls />
      <div className="room-columns">
        <aside className="room-side">
          <RunList />
          <Board />
        </aside>
        <main className="room-main">
          {run === null ? <NoRunYet /> : <PlotCard run={run} />}
          {run !== null && (
            <section className="card room-below">
              <Outcomes key={run.id} run={run} />
              <div className="readout-box">
                <Readout />
              </div>
            </section>
          )}
        </main>
      </div>
      {run !== null && <Timeline run={run} />}
    </div>
  );
}

const PlotCard = ({ run }: { readonly run: RoomRun }) => (
  <section className="card plot-card">
    <PlotHeading run={run} />
    <SpeedPlot key={run.id} run={run} />
    <SentenceLine />
  </section>
);

function PhoneRoom() {
  const run = useShownRun();
  const [tab, setTab] = useState<Tab>('plot');
  return (
    <div className={`room phone on-${tab}`}>
      <TopBar />
      <Banners />
      <div className="phone-plot">
        {run === null ? (
          tab === 'plot' && <NoRunYet />
        ) : (
          <>
            <PlotCard run={run} />
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
        {tab === 'runs' && <RunList />}
        {tab === 'more' && <MoreSheet />}
      </div>
      <TabBar tab={tab} onTab={setTab} />
    </div>
  );
}
