/** What surrounds a room in this page: its line, what it was opened with, and how much of the page is loaded. */
import { createContext, useContext } from 'react';
import type { RoomClient } from '../room/room-client.ts';
import type { Opening } from './catalogue.ts';
import type { PageLine } from './page-line.ts';
import type { Warming } from './warming.ts';

export type Solo = {
  readonly line: PageLine;
  readonly room: RoomClient;
  readonly warming: Warming;
  readonly opening: Opening;
};

export const SoloContext = createContext<Solo | null>(null);

/** The surroundings of the calling component. */
export function useSolo(): Solo {
  const solo = useContext(SoloContext);
  if (solo === null) throw new Error('invariant violation: a panel of a room in this page outside of one');
  return solo;
}
