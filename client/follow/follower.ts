/**
 * Following: keeps the view of a page with the one that the room is shown, as long as its person has not gone elsewhere, and shows
 * the room the view of whoever leads. To look at another step or at another plot is the same to it: to look on one's own.
 * Of the
 * student under the spotlight the step is followed, too. It knows neither React nor the socket. Rules V1 to V5.
 */
import { mayShow } from '../../shared/protocol/decide-lead.ts';
import { fixedLimits } from '../../shared/protocol/limits.ts';
import { isSealed } from '../../shared/protocol/guesses.ts';
import { lookUp, type RoomState, type RunId } from '../../shared/protocol/state.ts';
import type { You } from '../../shared/protocol/wire.ts';
import type { Look } from '../room/stage.ts';
import {
  type FollowedView,
  type Moment,
  readFollowed,
  readFollowedMoment,
  type View,
  writeFollowed,
} from '../view/view.ts';

export type Surroundings = {
  readonly view: {
    readonly now: () => View;
    readonly change: (patch: Partial<View>) => void;
    readonly subscribe: (listener: () => void) => () => void;
  };
  readonly room: {
    readonly now: () => { readonly state: RoomState | null; readonly you: You | null; readonly look: Look };
    readonly subscribe: (listener: () => void) => () => void;
    /** Looks at a step: that of the class, or another one. */
    readonly look: (look: Look) => void;
    /** The furthest step of a run that may be looked at; 0 where there is none. */
    readonly limit: (run: RunId) => number;
    /** Shows a view to the room; resolves with whether that was allowed. */
    readonly show: (text: string) => Promise<boolean>;
  };
  /** A steady clock in ms, and how to do something later unless it is called off. */
  readonly clock: { readonly now: () => number; readonly after: (ms: number, act: () => void) => () => void };
};

export type Follower = {
  /** Looks at what the class looks at: its view and its step. */
  back(): void;
  /** Goes elsewhere with the view, without taking anybody along. */
  leave(): void;
  /** Takes the room along to the view of this page. */
  lead(): void;
  /** Follows until the returned function is called. */
  open(): () => void;
};

/** Views go out at most so often. */
const showEvery = 500;

/** Builds the follower of a page. */
export function createFollower({ view, room, clock }: Surroundings): Follower {
  let lead: RoomState['lead'] | null = null;
  let look: Look | null = null;
  let callOff: (() => void) | null = null;
  let onTheWay = 0;
  let shownAt = -Infinity;
  let isOpen = false;

  const shows = (): boolean => {
    const { state, you } = room.now();
    return state !== null && you !== null && mayShow(state, you.id);
  };
  /** Whether it is this page's step that the room follows. */
  const isLit = (): boolean => {
    const { state, you } = room.now();
    return shows() && state?.lead.spotlight === you?.id;
  };
  const textOf = (seen: View): string => writeFollowed(seen, fixedLimits.viewLength, isLit() ? seen.at : null);
  let ownText = textOf(view.now());
  const isBound = (): boolean => room.now().state?.lead.locked === true && !shows();
  /** What the room is shown; null: nothing yet. Where nobody may leave, that is what pages show by default. */
  const shownView = (): FollowedView | null => {
    const text = room.now().state?.lead.view?.text ?? (isBound() ? '' : null);
    return text === null ? null : readFollowed(text);
  };
  /** The same, as this page would write it. */
  const roomText = (): string | null => {
    const shown = shownView();
    const at = readFollowedMoment(room.now().state?.lead.view?.text ?? '');
    return shown === null ? null : textOf({ ...view.now(), ...shown, at });
  };
  /** The step to which the student under the spotlight has taken the room; null: that of the class. */
  const ledTo = (): Moment | null => {
    const { state } = room.now();
    if (state === null || state.lead.spotlight === null || state.lead.view?.by !== state.lead.spotlight) return null;
    const at = readFollowedMoment(state.lead.view.text);
    if (at === null || isLit() || lookUp(state.runs, at.run) === undefined || isSealed(state, at.run)) return null;
    return { run: at.run, step: Math.min(at.step, room.limit(at.run)) };
  };
  const isOnOwn = (): boolean => view.now().free || room.now().look.kind === 'alone';

  /** Changes the view without taking it for something that the person did. */
  const change = (patch: Partial<View>): void => {
    ownText = textOf({ ...view.now(), ...patch });
    view.change(patch);
  };

  const follow = (): void => {
    const shown = shownView();
    // What has not yet been said to the room is newer than what the room says. A plot in full screen is not taken away.
    const isAhead = callOff !== null || onTheWay > 0;
    if (isOnOwn() || isAhead) return;
    lookLed();
    if (shown !== null && view.now().full === null && roomText() !== ownText) change(shown);
  };

  /** Looks at the step that the room is led to, or at its own. */
  const lookLed = (): void => {
    const to = ledTo();
    const { look: now } = room.now();
    if (to === null) {
      if (now.kind === 'led') room.look({ kind: 'class' });
    } else if (now.kind !== 'led' || now.run !== to.run || now.step !== to.step) room.look({ kind: 'led', ...to });
  };

  const show = (): void => {
    callOff = null;
    if (!shows() || view.now().free || ownText === (roomText() ?? '')) return follow();
    shownAt = clock.now();
    onTheWay += 1;
    void room.show(ownText).then((allowed) => {
      onTheWay -= 1;
      if (!allowed) change({ free: true });
      else if (isOpen) follow();
    });
  };
  const showSoon = (): void => {
    callOff ??= clock.after(Math.max(0, shownAt + showEvery - clock.now()), show);
  };

  const back = (): void => {
    if (room.now().look.kind === 'alone') room.look({ kind: 'class' });
    if (view.now().free) change({ free: false });
    follow();
  };

  const onView = (): void => {
    const text = textOf(view.now());
    if (text === ownText) return follow();
    ownText = text;
    if (shows()) {
      if (!view.now().free) showSoon();
    } else if (isBound()) follow();
    else if (roomText() !== null && text !== roomText()) change({ free: true });
  };

  const onRoom = (): void => {
    const now = room.now();
    if (now.state === null || now.you === null) return;
    const [was, next] = [lead, now.state.lead];
    if (was === next && look === now.look) return;
    lead = next;
    look = now.look;
    const { spotlight } = next;
    if (was !== null && next.calls > was.calls && !shows()) return back();
    if (isBound() && isOnOwn()) return back();
    // Whoever had chosen something before the room was shown anything keeps it.
    const isFirst = was !== null && was.view === null && next.view !== null;
    if (isFirst && ownText !== '' && ownText !== roomText() && !shows()) change({ free: true });
    if (was !== null && spotlight === now.you.id && was.spotlight !== spotlight) return takeAlong();
    follow();
  };

  const takeAlong = (): void => {
    ownText = textOf(view.now());
    // First, so that the page does not follow in between.
    showSoon();
    if (view.now().free) change({ free: false });
  };

  return {
    back,
    leave: () => change({ free: true }),
    lead: takeAlong,
    open() {
      isOpen = true;
      const releases = [view.subscribe(onView), room.subscribe(onRoom)];
      onRoom();
      return () => {
        isOpen = false;
        callOff?.();
        callOff = null;
        for (const release of releases) release();
      };
    },
  };
}
