/** Following, for the components of a page: whether one looks on one's own, and how to return. */
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useRoom, useRoomView } from '../room/context.tsx';
import { callableOff } from '../shell/later.ts';
import { limitOf } from '../timeline/steps.ts';
import { useView, useViewStore } from '../view/context.tsx';
import { createFollower, type Follower } from './follower.ts';

const FollowContext = createContext<Follower | null>(null);

/** Has the page follow the room while it is shown. */
export function FollowProvider({ children }: { readonly children: ReactNode }) {
  const room = useRoom();
  const view = useViewStore();
  const [follower] = useState(() =>
    createFollower({
      view: { now: view.state.getState, change: view.change, subscribe: view.state.subscribe },
      room: {
        now: room.store.getState,
        subscribe: room.store.subscribe,
        look: room.look,
        limit: (run) => limitOf(room, run),
        show: async (text) => (await room.send('show-view', { view: text }, true)).ok,
      },
      clock: { now: () => performance.now(), after: (ms, act) => callableOff(act, ms) },
    }),
  );
  useEffect(() => follower.open(), [follower]);
  return <FollowContext value={follower}>{children}</FollowContext>;
}

/** The follower of this page. */
export function useFollower(): Follower {
  const follower = useContext(FollowContext);
  if (follower === null) throw new Error('invariant violation: a panel outside of a follower');
  return follower;
}

/** Whether the person at this page looks at something else than the class: another step or another view. */
export function useOnOwn(): boolean {
  const alone = useRoomView(({ look }) => look.kind === 'alone');
  return useView(({ free }) => free) || alone;
}
