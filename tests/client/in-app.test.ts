/** Browsers of other apps are known by what they call themselves; browsers of their own are none. */
import { expect, test } from 'vitest';
import { appOfBrowser } from '../../client/shell/in-app.ts';

const android =
  'Mozilla/5.0 (Linux; Android 12; Pixel 6 Build/SD1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0';
const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 14_8 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';

test.each([
  ['WeChat', `${android} Chrome/107.0.5304.141 XWEB/5023 MMWEBSDK/20221011 Mobile Safari/537.36 MicroMessenger/8.0.30`],
  ['WeChat', `${phone} Mobile/15E148 MicroMessenger/8.0.30(0x18001e29) NetType/WIFI Language/zh_CN`],
  ['QQ', `${phone} Mobile/15E148 QQ/8.9.28.635 V1_IPH_SQ_8.9.28_1_APP_A Pixel/1170`],
  ['Instagram', `${phone} Mobile/18H17 Instagram 244.0.0.12.112 (iPhone12,1; iOS 14_8; en_US)`],
  ['Facebook', `${phone} Mobile/18H17 [FBAN/FBIOS;FBAV/372.0.0.27.111;FBBV/378914418;FBDV/iPhone12,1]`],
  ['Facebook', `${android} Chrome/103.0.5060.71 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/375.1.0.28.111;]`],
  ['Messenger', `${android} Chrome/103.0.5060.71 Mobile Safari/537.36 [FB_IAB/MESSENGER;FBAV/400.0.0.11.90;]`],
  ['LINE', `${phone} Mobile/15E148 Safari Line/12.10.0`],
  [null, `${phone} Version/14.1.2 Mobile/15E148 Safari/604.1`],
  [
    null,
    'Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/80.0.3987.149 Mobile Safari/537.36',
  ],
  [null, 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'],
  [null, `${android} Chrome/80.0.3987.149 MQQBrowser/13.2 Mobile Safari/537.36`],
])('%s is the app of %s', (app, userAgent) => {
  expect(appOfBrowser(userAgent)).toBe(app);
});
