/** axe-core on every page in every state that the room can show, on a narrow phone; on the other kind of screen it is a file of its own. */
import { afterAll, beforeAll } from 'vitest';
import { AxeRooms } from '../support/axe-rooms.ts';
import { walkWithAxe } from '../support/axe-walk.ts';
import { test } from '../support/chromium.ts';

const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

let rooms: AxeRooms;
beforeAll(async () => {
  rooms = await AxeRooms.open();
});
afterAll(() => rooms.close());

test.for(['en-US', 'zh-CN'])(
  'axe-core finds nothing on any page (phone, %s)',
  { timeout: 600_000 },
  async (locale, { browser }) => {
    await walkWithAxe(browser, rooms, { ...PHONE, locale });
  },
);
