/** The phone's last sheet: what the wide screen has in its bars. */
import { Link, useLocation } from 'wouter';
import { useWords } from '../i18n/words.ts';
import { useFacts, useMay, useRoom } from '../room/context.tsx';
import { ReadyButton } from '../ready/ready-button.tsx';
import { LanguageToggle, SchemeToggle } from '../shell/toggles.tsx';
import { HelpButton } from './help.tsx';
import { HandButton } from '../people/hand-button.tsx';
import { StopButton } from '../timeline/controls.tsx';
import { ShowTimes } from '../timeline/show-times.tsx';
import { YouAre } from './you-are.tsx';
import { useShownRun } from './use-shown-run.ts';

const longestGoodbye = 1500;

/** Draws the sheet. */
export function MoreSheet() {
  const { alone } = useRoom();
  const may = useMay('speed');
  const run = useShownRun();
  return (
    <section className="panel more">
      {!alone && (
        <p className="soft">
          <YouAre />
        </p>
      )}
      {run !== null && (
        <div className="more-row">
          <ShowTimes />
          {may && <StopButton run={run} />}
        </div>
      )}
      {!alone && <HandButton worded />}
      <div className="more-row">
        <LanguageToggle />
        <SchemeToggle />
        <HelpButton />
        {!alone && <ReadyButton />}
      </div>
      {alone ? <LeaveAlone /> : <LeaveClass />}
    </section>
  );
}

/** The page of one's own, and the way out of the room. */
function LeaveClass() {
  const { say } = useWords();
  const room = useRoom();
  const leading = useMay('share-record');
  const { code } = useFacts();
  const [, go] = useLocation();
  const leave = (): void => {
    // Without a connection nobody can be told, and nobody is kept.
    const patience = new Promise((resolve) => setTimeout(resolve, longestGoodbye));
    void Promise.race([room.send('leave', {}, true), patience]).then(() => go('/'));
  };
  return (
    <>
      <p>
        <a className="plain-button outlined" href={`/r/${code}/me`} data-testid="my-page">
          {say(leading ? 'me.class' : 'me.title')}
        </a>
      </p>
      <button type="button" className="plain-button outlined" onClick={leave} data-testid="leave">
        {say('more.leave')}
      </button>
      <p className="soft">{say('more.leave.detail')}</p>
    </>
  );
}

/** The way back to all experiments. */
function LeaveAlone() {
  const { say } = useWords();
  return (
    <>
      <p>
        <Link href="/solo" className="plain-button outlined" data-testid="leave">
          {say('solo.leave')}
        </Link>
      </p>
      <p className="soft">
        {say('solo.stays')} {say('solo.leave.detail')}
      </p>
    </>
  );
}
