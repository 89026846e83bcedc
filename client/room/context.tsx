/** The room that the panels are in, and the hooks by which they read it. */
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { mayCommand } from '../../shared/protocol/roles.ts';
import type { CommandType } from '../../shared/protocol/commands.ts';
import type { RoomState } from '../../shared/protocol/state.ts';
import type { You } from '../../shared/protocol/wire.ts';
import type { RoomClient } from './room-client.ts';
import type { RoomView } from './room-store.ts';
import type { Shown } from './stage.ts';

const RoomContext = createContext<RoomClient | null>(null);

/** Puts panels into a room. */
export const RoomProvider = ({ room, children }: { readonly room: RoomClient; readonly children: ReactNode }) => (
  <RoomContext value={room}>{children}</RoomContext>
);

/** The room around the calling component. */
export function useRoom(): RoomClient {
  const room = useContext(RoomContext);
  if (room === null) throw new Error('invariant violation: a panel outside of a room');
  return room;
}

/** Reads a part of what is known of the room; the component is drawn again when that part changes. */
export function useRoomView<T>(select: (view: RoomView) => T): T {
  return useStore(useRoom().store, select);
}

/** The room's facts; only for components that are drawn once the server has answered. */
export function useFacts(): RoomState {
  const state = useRoomView((view) => view.state);
  if (state === null) throw new Error('invariant violation: a panel before the room has answered');
  return state;
}

/** Who the person at this page is. */
export function useYou(): You {
  const you = useRoomView((view) => view.you);
  if (you === null) throw new Error('invariant violation: a panel before the room has answered');
  return you;
}

/** Whether the person at this page may send a command at all. */
export const useMay = (type: CommandType): boolean => mayCommand(useYou().role, type);

/** Whether a command of a type, about a proposal or run where given, still waits for its answer. */
export const useWaiting = (type: CommandType, about?: string): boolean =>
  useRoomView(({ waiting }) =>
    Object.values(waiting).some((sent) => sent.type === type && (about === undefined || sent.about === about)),
  );

/** What is on show, at most `every` ms apart: for words and tables, which nobody reads sixty times a second. */
export function useShown(every: number): Shown | null {
  const { stage } = useRoom();
  const [shown, setShown] = useState(stage.current);
  useEffect(() => {
    let last = -Infinity;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const publish = (): void => {
      timer = null;
      last = performance.now();
      setShown(stage.current());
    };
    const release = stage.subscribe((now) => {
      const moving = now?.motion === 'playing';
      if (!moving || performance.now() - last >= every) {
        if (timer !== null) clearTimeout(timer);
        publish();
      } else {
        timer ??= setTimeout(publish, every);
      }
    });
    return () => {
      release();
      if (timer !== null) clearTimeout(timer);
    };
  }, [stage, every]);
  return shown;
}

/**
 * Something that follows from what is on show, looked at again at most every `every` ms; the component is drawn again only when
 * it has changed. `derive` must keep its identity while it would give the same.
 */
export function useFromShown<T>(every: number, derive: (shown: Shown | null) => T): T {
  const { stage } = useRoom();
  const [derived, setDerived] = useState(() => ({ derive, value: derive(stage.current()) }));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let last = -Infinity;
    const look = (): void => {
      timer = null;
      last = performance.now();
      const value = derive(stage.current());
      setDerived((known) =>
        known.derive === derive && JSON.stringify(known.value) === JSON.stringify(value) ? known : { derive, value },
      );
    };
    const release = stage.subscribe(() => {
      timer ??= setTimeout(look, Math.max(0, last + every - performance.now()));
    });
    return () => {
      release();
      if (timer !== null) clearTimeout(timer);
    };
  }, [stage, every, derive]);
  if (derived.derive === derive) return derived.value;
  // It follows from something else now, such as another run.
  const value = derive(stage.current());
  setDerived({ derive, value });
  return value;
}
