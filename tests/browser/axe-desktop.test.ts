/** axe-core on every page in every state that the room can show, on a desktop; on the other kind of screen it is a file of its own. */
import { afterAll, beforeAll } from 'vitest';
import { AxeRooms } from '../support/axe-rooms.ts';
import { walkWithAxe } from '../support/axe-walk.ts';
import { test } from '../support/chromium.ts';

const DESKTOP = { viewport: { width: 1280, height: 800 } };

let rooms: AxeRooms;
beforeAll(async () => {
  rooms = await AxeRooms.open();
});
afterAll(() => rooms.close());

test.for(['en-US', 'zh-CN'])(
  'axe-core finds nothing on any page (desktop, %s)',
  { timeout: 600_000 },
  async (locale, { browser }) => {
    await walkWithAxe(browser, rooms, { ...DESKTOP, locale });
  },
);
