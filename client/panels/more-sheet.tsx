/** The phone's last sheet: what the wide screen has in its bars. */
import { useLocation } from 'wouter';
import { useWords } from '../i18n/words.ts';
import { useMay, useRoom, useYou } from '../room/context.tsx';
import { LanguageToggle, SchemeToggle } from '../shell/toggles.tsx';
import { HelpButton } from './help.tsx';
import { StopButton } from './host-controls.tsx';
import { ShowTimes } from './show-times.tsx';
import { useShownRun } from './use-shown-run.ts';

/** Draws the sheet. */
export function MoreSheet() {
  const { say } = useWords();
  const you = useYou();
  const room = useRoom();
  const may = useMay('speed');
  const run = useShownRun();
  const [, go] = useLocation();
  const leave = (): void => {
    void room.send('leave', {}, true);
    go('/');
  };
  return (
    <section className="panel more">
      <p className="soft">
        {say('bar.you', { name: you.name })} ({say(`role.${you.role}`)})
      </p>
      {may && run !== null && (
        <div className="more-row">
          <ShowTimes />
          <StopButton run={run} />
        </div>
      )}
      <div className="more-row">
        <LanguageToggle />
        <SchemeToggle />
        <HelpButton />
      </div>
      <button type="button" className="plain-button outlined" onClick={leave}>
        {say('more.leave')}
      </button>
      <p className="soft">{say('more.leave.detail')}</p>
    </section>
  );
}
