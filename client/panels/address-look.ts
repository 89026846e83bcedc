/** A look of one's own stands in the address: a link with a moment opens at it, and whoever looks alone can copy one. */
import { useEffect, useEffectEvent } from 'react';
import { useRoom, useRoomView, useYou } from '../room/context.tsx';
import { leads } from '../../shared/protocol/roles.ts';
import { lookUp } from '../../shared/protocol/state.ts';
import { useChangeView, useViewNow } from '../view/context.tsx';

/** Keeps look and address in step while the page is shown. */
export function useAddressLook(): void {
  const room = useRoom();
  const you = useYou();
  const look = useRoomView((view) => view.look);
  const change = useChangeView();
  const viewNow = useViewNow();

  const open = useEffectEvent((): void => {
    const { at } = viewNow();
    const { state } = room.store.getState();
    if (at === null || state === null || lookUp(state.runs, at.run) === undefined) return;
    const role = lookUp(state.people, you.id)?.role;
    const isHost = role !== undefined && leads(role);
    // Nobody but a host sees by a link what the room has not come to yet.
    const step = isHost
      ? at.step
      : Math.min(at.step, Math.max(0, room.stage.furthest(at.run), room.stage.classStep(at.run)));
    room.look({ kind: 'alone', run: at.run, step });
  });
  useEffect(() => open(), []);

  const write = useEffectEvent((): void => {
    change({ at: look.kind === 'alone' ? { run: look.run, step: look.step } : null });
  });
  useEffect(() => {
    // The look of the address itself has been taken by now.
    write();
  }, [look]);
}
