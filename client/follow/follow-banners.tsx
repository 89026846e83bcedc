/** How the page stands to what the class looks at: on one's own, locked, in the spotlight. */
import { VisuallyHidden } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { wholeNumber } from '../../shared/words/numbers.ts';
import { useWords } from '../i18n/words.ts';
import { useFacts, useMay, useRoom, useRoomView, useShown, useWaiting, useYou } from '../room/context.tsx';
import { Icon } from '../shell/icons.tsx';
import { useSpoken } from '../shell/live-region.tsx';
import { lookUp } from '../../shared/protocol/state.ts';
import { useView } from '../view/context.tsx';
import { useFollower, useOnOwn } from './context.tsx';
import { SpotlightRequests } from './spotlight-requests.tsx';

/** Draws the banners that apply. */
export function FollowBanners() {
  const { say } = useWords();
  const onOwn = useOnOwn();
  const { locked } = useFacts().lead;
  const leads = useMay('lock-view');
  return (
    <>
      {locked && !leads && (
        <div className="banner" data-testid="locked-banner">
          <Icon name="lock" />
          <span>{say('lead.locked')}</span>
        </div>
      )}
      <SpotlightRequests />
      <SpotlightBanner />
      {onOwn && <OwnBanner />}
      <SpokenView />
      <SpokenCall />
    </>
  );
}

function OwnBanner() {
  const { say, language } = useWords();
  const follower = useFollower();
  const shown = useShown(500);
  const alone = useRoomView(({ look }) => look.kind === 'alone');
  const classRun = useRoomView(({ state }) => state?.runs[state.playhead?.run ?? ''] ?? null);
  if (shown === null) return null;
  const values = {
    label: shown.run.label,
    step: wholeNumber(shown.step, language),
    classStep: wholeNumber(shown.classStep, language),
    classLabel: classRun?.label ?? '',
  };
  const words = !alone ? 'lead.own' : classRun?.id === shown.run.id ? 'alone.banner' : 'alone.banner.other';
  return (
    <section className="banner alone" aria-label={say('show.alone')} data-testid="alone-banner">
      <span>{say(words, values)}</span>
      <button type="button" className="plain-button outlined" onClick={follower.back} data-testid="return-to-class">
        {say('alone.return')}
      </button>
    </section>
  );
}

function SpotlightBanner() {
  const { say } = useWords();
  const room = useRoom();
  const you = useYou();
  const { lead, people } = useFacts();
  const leads = useMay('lock-view');
  const leaving = useWaiting('spotlight');
  const lit = lead.spotlight === null ? undefined : lookUp(people, lead.spotlight);
  const isYou = lit?.id === you.id;
  const words = lead.locked ? say('lead.spotlight.you.locked') : say('lead.spotlight.you');
  useSpoken(isYou ? words : '', false);
  if (lit === undefined || (!isYou && !leads)) return null;
  return (
    <section className="banner alone" aria-label={say('lead.spotlight')} data-testid="spotlight-banner">
      <Icon name="lead" />
      <span>
        {isYou ? words : say(lead.locked ? 'lead.spotlight.locked' : 'lead.spotlight.on', { name: lit.name })}
      </span>
      <button
        type="button"
        className="plain-button outlined"
        disabled={leaving}
        onClick={() => void room.send('spotlight', { person: null })}
        data-testid="spotlight-end"
      >
        {say('lead.spotlight.leave')}
      </button>
    </section>
  );
}

/** Tells those who hear the page what somebody calls attention to. */
function SpokenCall() {
  const { say, language } = useWords();
  const { pointers } = useRoom();
  const { people, runs } = useFacts();
  const you = useYou();
  const called = useSyncExternalStore(pointers.subscribe, pointers.called);
  const run = called === null || called.spot === null ? undefined : lookUp(runs, called.spot.run);
  let words = '';
  if (called !== null && called.spot !== null && run !== undefined && called.by !== you.id) {
    const { layer, step } = called.spot;
    const values = {
      name: lookUp(people, called.by)?.name ?? '',
      run: run.label,
      step: wholeNumber(step, language),
    };
    words = layer === null ? say('lead.pinged', values) : say('lead.pinged.layer', { ...values, layer });
  }
  useSpoken(words, false);
  return <VisuallyHidden data-testid="called">{words}</VisuallyHidden>;
}

/** Tells those who hear the page that the class is shown something else. */
function SpokenView() {
  const { say } = useWords();
  const plot = useView((view) => view.plot);
  const shown = useFacts().lead.view !== null;
  const onOwn = useOnOwn();
  useSpoken(shown && !onOwn ? say('lead.spoken', { plot: say(`deck.${plot}`) }) : '', false);
  return null;
}
